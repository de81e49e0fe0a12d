// A correction is sent with its progress; all conversations are chosen at once.
import { events, token } from "./stream.js";
import "./once.js";

const form = document.getElementById("recall");
const all = document.getElementById("all");
const bar = form.querySelector("progress");
const sentence = form.querySelector("[data-sentence]");
const button = form.querySelector("button[type=submit]");
const boxes = [...form.querySelectorAll("input[name=conversation]:not(:disabled)")];

async function send() {
  busy(true);
  sentence.textContent = form.dataset.sending;
  try {
    const headers = { Accept: "text/event-stream", "X-CSRF-Token": token };
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    if (!response.ok) return failed((await response.json()).error);
    for await (const [name, data] of events(response)) {
      if (name === "progress") bar.value = data.done / (data.total || 1);
      else if (name === "error") return failed(data.error);
      else if (name === "done") return location.assign(data.location);
    }
    failed(form.dataset.offline);
  } catch {
    failed(form.dataset.offline);
  }
}

function busy(on) {
  bar.hidden = !on;
  bar.removeAttribute("value");
  button.disabled = on;
}

function failed(error) {
  busy(false);
  sentence.textContent = error;
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // the page comes back with what the model wrote
  event.preventDefault();
  delete form.dataset.sent;
  if (button && !button.disabled) send();
});
all?.addEventListener("change", () => {
  for (const box of boxes) box.checked = all.checked;
});
form.addEventListener("change", () => {
  if (!all) return;
  all.checked = boxes.every((box) => box.checked);
  all.indeterminate = !all.checked && boxes.some((box) => box.checked);
});
