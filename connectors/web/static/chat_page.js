// What all parts of the chat's page share: the log, the conversation's name, what is spoken, what is told later.

export const $ = (id) => document.getElementById(id);
export const [log, field, spoken, words] = ["log", "question", "spoken", "words"].map($);
const NAME = "dapbot.conversation";
const TYPED = "dapbot.typed";
const LOOK = 60_000;
const LOOK_WAITING = 10_000; // while a person's answer is waited for

function stored(key, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(key) ?? "";
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch { /* no storage: a reload begins anew */ }
  return value ?? "";
}

/** The conversation of this tab: it outlives a reload; nobody else has its name. */
export const tab = {
  name: "",
  named: false, // by the address: the server has shown it
  begin() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    this.name = stored(NAME, Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join(""));
    this.named = false;
    $("composer").elements.conversation.value = this.name;
    if (location.search || location.hash) window.history.replaceState(null, "", "/");
  },
};
const address = new URLSearchParams(location.search).get("conversation");
if (address) {
  tab.name = stored(NAME, address);
  tab.named = true;
} else {
  tab.name = stored(NAME);
  if (!tab.name) tab.begin();
}
$("composer").elements.conversation.value = tab.name;

/** What is typed and not answered yet. */
export const remember = (text) => stored(TYPED, text);

export function nearEnd() {
  const page = document.documentElement;
  return page.scrollHeight - page.clientHeight - window.scrollY < 160;
}

export function toEnd() {
  window.scrollTo(0, document.documentElement.scrollHeight);
}

export function speak(text) {
  const line = document.createElement("span");
  line.textContent = `${text} `;
  spoken.append(line);
}

// --- what was told since: a person's answer, a correction, how a request stands

export function put(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const follow = nearEnd();
  for (const state of holder.content.querySelectorAll("[data-request]")) {
    const there = log.querySelector(`[data-request="${CSS.escape(state.dataset.request)}"]`);
    if (there && there.dataset.stage !== state.dataset.stage) there.replaceWith(state);
  }
  for (const told of holder.content.querySelectorAll("[data-notice]")) {
    if (log.querySelector(`[data-notice="${CSS.escape(told.dataset.notice)}"]`)) continue;
    log.append(told);
    speak(told.textContent);
    if (follow) toEnd();
  }
}

async function look() {
  if (document.hidden || !log.querySelector("[data-answer]")) return;
  const after = Math.max(0, ...[...log.querySelectorAll("[data-notice]")].map((each) => Number(each.dataset.notice)));
  const asked = tab.name;
  const response = await fetch(`/messages/news?conversation=${encodeURIComponent(asked)}&after=${after}`).catch(() => null);
  if (response?.ok && asked === tab.name) put(await response.text());
}

let timer = 0;

export function startNews() {
  clearTimeout(timer);
  const waits = log.querySelector('[data-stage="waiting"], [data-stage="answered"]');
  timer = setTimeout(() => look().finally(startNews), waits ? LOOK_WAITING : LOOK);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) look().finally(startNews); });
