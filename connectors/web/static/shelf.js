// The list of documents: found by name while one types, and read again while something is being indexed.
import "./once.js";

const list = document.getElementById("list");
const EVERY = 1500;
let timer = 0;
let asked = 0;

export async function refresh(words = list?.querySelector("#find")?.value ?? "") {
  if (!list) return;
  clearTimeout(timer);
  const mine = ++asked;
  const response = await fetch(`/documents/list?q=${encodeURIComponent(words)}${list.querySelector("[data-mine]") ? "&mine=true" : ""}`).catch(() => null);
  if (mine !== asked || busyWith()) return again(EVERY);
  if (response?.ok) replace(await response.text());
  again(EVERY);
}

/** Whether somebody is in the middle of something that a new list would take away. */
function busyWith() {
  return list.querySelector("details[open], [data-sent]") !== null;
}

function replace(html) {
  const field = list.querySelector("#find");
  const typing = field && field === document.activeElement;
  const [value, place] = typing ? [field.value, field.selectionStart] : [];
  list.innerHTML = html;
  const fresh = list.querySelector("#find");
  if (!typing || !fresh) return;
  fresh.value = value;
  fresh.focus();
  fresh.setSelectionRange(place, place);
}

function again(delay) {
  clearTimeout(timer);
  if (list?.querySelector("[data-busy]")) timer = setTimeout(refresh, delay);
}

list?.addEventListener("input", (event) => {
  if (event.target.id !== "find" || event.isComposing) return;
  search(event.target.value);
});
list?.addEventListener("compositionend", (event) => {
  if (event.target.id === "find") search(event.target.value);
});

function search(words) {
  clearTimeout(timer);
  timer = setTimeout(refresh, 250, words);
}

again(EVERY);
