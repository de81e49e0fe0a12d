// Server-sent events out of text that arrives in pieces, as fetch and XMLHttpRequest give it.

export class EventReader {
  #rest = "";

  /** Return the events that `piece` completes, as [name, data] pairs. */
  push(piece) {
    const blocks = (this.#rest + piece).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop();
    return blocks.map(parse).filter(([name]) => name);
  }
}

function parse(block) {
  let name = "";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trim());
  }
  return [name, data.length ? JSON.parse(data.join("\n")) : {}];
}

/** Yield the events of a fetch response. */
export async function* events(response) {
  const reader = new EventReader();
  const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await pieces.read();
    if (done) return;
    yield* reader.push(value);
  }
}

export const token = document.querySelector('meta[name="csrf-token"]').content;

/** Post JSON with our page's token; resolves to the response, whatever its status. */
export function post(path, body, options = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": token, ...options.headers };
  return fetch(path, { method: "POST", body: JSON.stringify(body), ...options, headers });
}
