// A question tested beside the list: the answer comes without leaving the page.
import "./once.js";
import { token } from "./stream.js";

const form = document.getElementById("trial");
const result = document.getElementById("tried-result");
let running = null;

async function test() {
  running?.abort();
  running = new AbortController();
  const mine = running;
  result.setAttribute("aria-busy", "true");
  const waiting = document.createElement("p");
  waiting.className = "small";
  waiting.textContent = form.dataset.running;
  result.replaceChildren(waiting);
  try {
    const body = new FormData(form);
    const headers = { "X-Fragment": "1", "X-CSRF-Token": token, Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", body, headers, signal: mine.signal });
    const text = await response.text();
    if (mine !== running) return;
    if (response.ok) result.innerHTML = text;
    else waiting.textContent = JSON.parse(text).error;
  } catch {
    if (mine === running) waiting.textContent = form.dataset.offline;
  } finally {
    if (mine === running) result.removeAttribute("aria-busy");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  test();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  form.requestSubmit();
});
