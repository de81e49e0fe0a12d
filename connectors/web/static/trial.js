// A question tested: the answer comes without leaving the page, and the address is that of the test.
import "./once.js";
import { token } from "./stream.js";

const form = document.getElementById("trial");
const result = document.getElementById("tried-result");
const HEADERS = { "X-Fragment": "1", "X-CSRF-Token": token, Accept: "application/json" };
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
    const response = await fetch(form.action, { method: "POST", body, headers: HEADERS, signal: mine.signal });
    const text = await response.text();
    if (mine !== running) return;
    if (response.ok) show(text);
    else waiting.textContent = JSON.parse(text).error;
  } catch {
    if (mine === running) waiting.textContent = form.dataset.offline;
  } finally {
    if (mine === running) result.removeAttribute("aria-busy");
  }
}

function show(html) {
  result.innerHTML = html;
  const address = result.firstElementChild?.dataset.address;
  if (address && "page" in form.dataset) history.replaceState(null, "", address);
}

// Saved as a golden question: said in the place of the button.
async function save(sent) {
  const button = sent.querySelector("button");
  button.disabled = true;
  const said = document.createElement("span");
  said.className = "small told-here";
  said.setAttribute("role", "status");
  sent.querySelector("[role=status]")?.remove();
  sent.append(said);
  try {
    const response = await fetch(sent.action, { method: "POST", body: new FormData(sent), headers: HEADERS });
    if (response.ok) {
      said.innerHTML = await response.text();
      button.remove();
      return;
    }
    said.textContent = (await response.json()).error;
  } catch {
    said.textContent = form.dataset.offline;
  }
  button.disabled = false;
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
result.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-golden]")) return;
  event.preventDefault();
  save(event.target);
});
