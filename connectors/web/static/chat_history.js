// The list of conversations: a drawer, or a column where there is room for one.
import { $, field, tab } from "./chat_page.js";

const drawer = $("history");
const list = $("chats");
const wide = window.matchMedia("(min-width: 84rem)");
let loaded = false;

async function load(address = "/history", options = {}) {
  const response = await fetch(address, { ...options, headers: { "x-fragment": "1" } }).catch(() => null);
  if (!response?.ok) return false;
  list.innerHTML = await response.text();
  loaded = true;
  showWhere();
  return true;
}

/** Mark the conversation that is open. */
export function showWhere() {
  for (const link of list.querySelectorAll("[data-chat]")) {
    if (link.dataset.chat === tab.name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export const history = {
  refresh() {
    const busy = list.querySelector("details[open]") || list.querySelector("[name=q]")?.value;
    if (drawer.open && !busy && !list.contains(document.activeElement)) load();
  },
};

async function show() {
  if (!await load()) return location.assign("/history");
  drawer.showModal();
}

function fit() {
  if (wide.matches && !drawer.open) {
    drawer.open = true; // show() would take the focus
    if (!loaded) load();
  } else if (!wide.matches && drawer.open) drawer.close();
}

$("open-history").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show();
});

drawer.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-chat-more]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  load(link.getAttribute("href"));
});

drawer.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("chatChange" in form.dataset) && !("chatFind" in form.dataset)) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if ("chatFind" in form.dataset) {
    load(`/history?${body}`).then(() => list.querySelector("[name=q]")?.focus());
    return;
  }
  const gone = form.action.endsWith("/remove") && form.closest("li")?.querySelector("[data-chat]")?.dataset.chat;
  load(form.action, { method: "POST", body }).then((done) => {
    if (!done) return location.assign("/history");
    if (gone === tab.name) $("new").click(); // what is open is not shown on after it was taken away
    list.querySelector(".said-bar button, .said-bar, a")?.focus();
  });
});

wide.addEventListener("change", fit);
fit();
drawer.addEventListener("close", () => { if (!wide.matches) field.focus({ preventScroll: true }); });
