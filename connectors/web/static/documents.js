// Uploads, one file after the other: the bytes sent, then what the server says it does; cancelled, repeated, kept apart.
import { EventReader, token } from "./stream.js";
import { refresh } from "./shelf.js";
import { filesIn, pathOf } from "./folders.js";

const $ = (id) => document.getElementById(id);
const [form, field, folder, results, words] = ["upload", "files", "folder", "results", "words"].map($);
const waiting = [];
let working = false;
let sending = null; // the line of the file that is on its way
const part = (line, name) => line.querySelector(`[data-${name}]`);

/** Return the line of a file; `job` is what is to be sent. */
function row(job) {
  const line = $("sending").content.firstElementChild.cloneNode(true);
  part(line, "name").textContent = job.name;
  part(line, "cancel").addEventListener("click", () => cancel(line, job));
  part(line, "retry").addEventListener("click", () => again(line, job));
  part(line, "both").addEventListener("click", () => keepBoth(line, job));
  show(line, words.dataset.waiting, 0);
  results.prepend(line);
  return line;
}

function show(line, sentence, share) {
  part(line, "sentence").textContent = sentence;
  const bar = line.querySelector("progress");
  if (share === null) bar?.removeAttribute("value"); // it moves, but nobody knows how far
  else if (bar) bar.value = share;
}

function finish(line, state, sentence, { reading = "", preview = "", columns = "", replaces = false, retry = false } = {}) {
  line.className = `result ${state}`;
  line.querySelector("progress").hidden = true;
  part(line, "sentence").textContent = sentence;
  part(line, "reading").textContent = reading;
  part(line, "reading").hidden = !reading;
  part(line, "preview").href = preview;
  part(line, "preview").hidden = !preview;
  part(line, "columns").href = columns;
  part(line, "columns").hidden = !columns;
  part(line, "both").hidden = !(preview && replaces);
  part(line, "retry").hidden = !retry;
  part(line, "cancel").hidden = true;
}

function again(line, job) {
  line.className = "result sending";
  line.querySelector("progress").hidden = false;
  for (const name of ["preview", "columns", "both", "retry", "reading"]) part(line, name).hidden = true;
  part(line, "cancel").hidden = false;
  show(line, words.dataset.waiting, 0);
  waiting.push([line, job]);
  work();
}

function cancel(line, job) {
  const place = waiting.findIndex(([each]) => each === line);
  if (place >= 0) waiting.splice(place, 1);
  job.cancelled = true;
  job.request?.abort();
  if (place >= 0) finish(line, "cancelled", words.dataset.cancelled, { retry: true });
}

/** Take back what would replace the document of this name, and send the file under a name of its own. */
async function keepBoth(line, job) {
  part(line, "both").hidden = true;
  line.classList.add("sending");
  const headers = { "X-CSRF-Token": token };
  const gone = await fetch(`/api/v1/knowledge/staged/${job.version}`, { method: "DELETE", headers }).catch(() => null);
  if (!gone?.ok) {
    line.classList.remove("sending");
    part(line, "sentence").textContent = gone ? (await gone.json()).error : words.dataset.offline;
    return;
  }
  const dot = job.name.lastIndexOf(".");
  const [stem, suffix] = dot > 0 ? [job.name.slice(0, dot), job.name.slice(dot)] : [job.name, ""];
  const number = Number(/ \((\d+)\)$/.exec(stem)?.[1] ?? 1) + 1;
  job.name = `${stem.replace(/ \(\d+\)$/, "")} (${number})${suffix}`;
  part(line, "name").textContent = job.name;
  again(line, job);
}

function send(line, job) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much of an upload has been sent
    const reader = new EventReader();
    let read = 0;
    const take = () => {
      const piece = request.responseText.slice(read);
      read += piece.length;
      for (const [name, data] of reader.push(piece)) happened(line, job, name, data);
    };
    job.request = request;
    job.cancelled = false;
    job.finished = false;
    request.open("POST", "/api/v1/knowledge");
    request.setRequestHeader("Accept", "text/event-stream");
    request.setRequestHeader("X-CSRF-Token", token);
    request.upload.onprogress = ({ loaded, total }) => {
      show(line, `${words.dataset.sending} ${Math.floor((100 * loaded) / total)}%`, loaded / total);
    };
    request.upload.onload = () => show(line, words.dataset.reading, null);
    request.onprogress = () => { if (request.status === 200) take(); };
    request.onloadend = () => {
      if (request.status === 200) take();
      if (job.cancelled && !job.finished) finish(line, "cancelled", words.dataset.cancelled, { retry: true });
      else if (!job.finished) finish(line, "unreadable", refusal(request), { retry: true });
      sending = null;
      resolve();
    };
    const body = new FormData();
    body.append("publish", job.publish);
    body.append("path", job.name);
    body.append("files", job.file, job.name.split("/").pop());
    request.send(body);
  });
}

function refusal(request) {
  try {
    return JSON.parse(request.responseText).error || words.dataset.offline;
  } catch {
    return words.dataset.offline;
  }
}

function happened(line, job, name, data) {
  if (name === "step") {
    show(line, words.dataset[data.step] ?? "", null);
  } else if (name === "progress") {
    show(line, `${words.dataset.indexing} ${data.done.toLocaleString()} / ${data.total.toLocaleString()}`, data.done / (data.total || 1));
  } else if (name === "done") {
    job.finished = true;
    sending = null;
    const [first, ...others] = data.files;
    told(line, job, first);
    for (const other of others) told(row({ ...job, name: other.name }), { ...job }, other); // out of an archive
  } else if (name === "error") {
    job.finished = true;
    sending = null;
    finish(line, "unreadable", data.error, { retry: true });
  }
}

function told(line, job, result) {
  job.version = result.staged ? result.version : null;
  part(line, "name").textContent = result.name;
  finish(line, result.state, result.message, {
    reading: result.reading,
    preview: result.staged ? `/documents/staged/${result.version}` : "",
    columns: result.unread ? `/documents/columns?file=${result.unread}` : "",
    replaces: result.state === "changed" && result.name === job.name,
    retry: result.state === "unreadable",
  });
}

async function work() {
  if (working) return;
  working = true;
  while (waiting.length) {
    const [line, job] = waiting.shift();
    sending = line;
    await send(line, job);
    await refresh();
  }
  working = false;
}

function upload(found) {
  const publish = new FormData(form).get("publish") ?? "0";
  const limit = Number(words.dataset.limit) * 1_000_000;
  for (const { file, name } of found) {
    const job = { file, name: name.normalize("NFC"), publish };
    const line = row(job);
    if (file.size > limit) finish(line, "unreadable", words.dataset.tooLarge.replace("{name}", job.name));
    else waiting.push([line, job]);
  }
  work();
}

for (const input of [field, folder]) {
  input?.addEventListener("change", () => {
    upload(Array.from(input.files, (file) => ({ file, name: pathOf(file) })));
    input.value = "";
  });
}
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  field.click();
});
window.addEventListener("beforeunload", (event) => {
  if (sending || waiting.length) event.preventDefault(); // the browser asks whether to leave
});

// A file dropped beside the frame must not replace the page.
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  form?.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form?.classList.remove("over");
});
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  form?.classList.remove("over");
  if (!form) return;
  const found = await filesIn(event.dataTransfer);
  if (found.length) upload(found);
});
