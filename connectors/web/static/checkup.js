// The checkup: its progress as it is, then the report, without leaving the page.
import { events, token } from "./stream.js";
import "./once.js";

const form = document.getElementById("check");
const [bar, sentence, button] = ["progress", "[data-sentence]", "button"].map((name) => form.querySelector(name));
const report = document.getElementById("report");

async function check() {
  bar.hidden = false;
  bar.removeAttribute("value");
  button.disabled = true;
  sentence.textContent = form.dataset.checking;
  try {
    const headers = { Accept: "text/event-stream", "X-CSRF-Token": token };
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    if (!response.ok) return say((await response.json()).error);
    for await (const [name, data] of events(response)) {
      if (name === "progress") bar.value = data.done / (data.total || 1);
      else if (name === "error") return say(data.error);
      else if (name === "done") {
        report.innerHTML = data.html;
        return say("");
      }
    }
    say(form.dataset.offline);
  } catch {
    say(form.dataset.offline);
  } finally {
    bar.hidden = true;
    button.disabled = false;
  }
}

function say(text) {
  sentence.textContent = text;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!button.disabled) check();
});
