// Publishing with the progress of the indexing; a publication that does not go through says why and can be repeated.
import { events, token } from "./stream.js";
import "./once.js";

const form = document.getElementById("publish");
const bar = form?.querySelector("progress");
const sentence = form?.querySelector("[data-sentence]");
const words = form?.querySelector("#words").dataset;
let running = false;

function chosen() {
  const data = new FormData(form);
  const versions = data.getAll("version").map(Number);
  const seen = Object.fromEntries(versions.map((version) => [version, Number(data.get(`seen-${version}`))]));
  return { versions, seen };
}

function busy(on) {
  running = on;
  bar.hidden = !on;
  bar.removeAttribute("value");
  for (const button of form.querySelectorAll("button")) button.disabled = on;
}

async function publish() {
  busy(true);
  sentence.textContent = words.publishing;
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": token, Accept: "text/event-stream" };
  try {
    const body = JSON.stringify(chosen());
    const response = await fetch("/api/v1/knowledge/publish", { method: "POST", headers, body });
    if (!response.ok) return failed((await response.json()).error, response.status);
    for await (const [name, data] of events(response)) {
      if (name === "progress") show(data);
      else if (name === "error") return failed(data.error, data.status);
      else if (name === "done") return leave(data.location);
    }
    failed(words.offline);
  } catch {
    failed(words.offline);
  }
}

function show({ done, total }) {
  bar.value = done / (total || 1);
  sentence.textContent = `${words.indexing} ${done.toLocaleString()} / ${total.toLocaleString()}`;
}

function failed(error, status) {
  if (status === 409) { // others were here first: the page shows what is different now
    running = false;
    location.assign(`${location.pathname}?moved=1`);
    return;
  }
  busy(false);
  sentence.textContent = error;
}

function leave(address) {
  running = false;
  location.assign(address);
}

form?.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // discarding takes no time
  event.preventDefault();
  delete form.dataset.sent;
  if (!running) publish();
});
window.addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault();
});
