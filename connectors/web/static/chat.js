// The conversation: asks, shows each sentence as it comes, then the finished reply as the server renders it.
import { events, post } from "./stream.js";
import { history, showWhere } from "./chat_history.js";
import { $, field, log, nearEnd, remember, speak, spoken, startNews, tab, toEnd, words } from "./chat_page.js";
import { listen } from "./chat_reply.js";

const form = $("composer");
let asking = null; // the AbortController of the question that is being answered
let last = ""; // the last question of this page

// --- what was said before

async function restore() {
  if (tab.named) return toPlace(); // the server has shown it
  log.setAttribute("aria-busy", "true");
  await refill().finally(() => log.removeAttribute("aria-busy"));
}

async function refill() {
  const response = await fetch(`/messages?conversation=${encodeURIComponent(tab.name)}`).catch(() => null);
  if (!response?.ok) return;
  const html = await response.text();
  if (html.trim()) {
    log.innerHTML = html;
    $("welcome").hidden = true;
    toPlace();
  }
}

function toPlace() {
  const named = location.hash.startsWith("#answer-") && document.getElementById(location.hash.slice(1));
  if (named) named.scrollIntoView();
  else if (log.childElementCount) toEnd();
}

/** What was typed and not sent, or sent and not answered, is there again after a reload or a sign-in. */
function recall() {
  for (const form of log.querySelectorAll("form[data-reasons]")) form.remove(); // it was asked then
  const kept = remember();
  const asked = [...log.querySelectorAll(".person [data-text]")].at(-1)?.textContent;
  if (kept && kept !== asked && !field.value) field.value = kept;
  if (kept === asked) remember("");
  grow();
}

// --- asking

function copyOf(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

function add(element) {
  log.append(element);
  toEnd();
  return element;
}

function busy(controller) {
  asking = controller;
  $("stop").hidden = !controller;
  $("send").hidden = Boolean(controller);
}

async function ask(question) {
  if (asking || !question.trim()) return;
  const longest = Number(words.dataset.longest);
  if (question.length > longest) {
    field.value = question;
    return complain(words.dataset.tooLong.replace("{limit}", longest.toLocaleString()).replace("{length}", question.length.toLocaleString()));
  }
  $("complaint").hidden = true;
  busy(new AbortController());
  await restored; // what was said before comes first
  last = question;
  remember(question);
  $("welcome").hidden = true;
  spoken.replaceChildren();
  const asked = copyOf("asked");
  asked.querySelector("[data-text]").textContent = question;
  add(asked);
  const waiting = add(copyOf("waiting"));
  speak(waiting.querySelector("[data-status]").textContent);
  try {
    await follow(question, waiting);
    if (remember() === question) remember("");
  } catch (error) {
    if (error.name === "AbortError") stopped(waiting, question);
    else fail(waiting, question, error);
  } finally {
    busy(null);
  }
}

function complain(sentence) {
  $("complaint").textContent = sentence;
  $("complaint").hidden = false;
  field.focus();
}

function told(sentence, status) {
  return Object.assign(new Error(sentence), { sentence, status });
}

async function follow(question, waiting) {
  const response = await post("/api/v1/ask", { question, conversation: tab.name }, {
    headers: { Accept: "text/event-stream" },
    signal: asking.signal,
  });
  if (!response.ok) throw told((await response.json().catch(() => ({}))).error, response.status);
  for await (const [name, data] of events(response)) {
    if (name === "status") waiting.querySelector("[data-status]").textContent = data.text;
    else if (name === "text") sentence(waiting, data);
    else if (name === "error") throw told(data.error);
    else if (name === "done") return finish(waiting, data);
  }
  throw told(words.dataset.offline); // it broke off before the end
}

function sentence(waiting, { text, html }) {
  const follow = nearEnd();
  const body = waiting.querySelector("[data-text]");
  body.hidden = false;
  body.innerHTML = html; // all of it so far, made safe by the server
  body.streamed = (body.streamed ?? "") + text;
  waiting.querySelector(".status").hidden = true;
  speak(text);
  if (follow) toEnd();
}

function finish(waiting, done) {
  const follow = nearEnd();
  const streamed = waiting.querySelector("[data-text]").streamed ?? "";
  const holder = document.createElement("template");
  holder.innerHTML = done.html;
  const reply = holder.content.firstElementChild;
  waiting.replaceWith(reply);
  if (streamed.trim() !== done.answer.trim()) speak(reply.querySelector("[data-text]").textContent);
  for (const part of reply.querySelectorAll(".notice, .nearest h3")) speak(part.textContent);
  if (follow) toEnd();
  showWhere();
  history.refresh();
}

function stopped(waiting, question) {
  const status = waiting.querySelector(".status");
  const retry = $("failed").content.querySelector("[data-retry]").cloneNode(true);
  retry.addEventListener("click", () => { retry.remove(); ask(question); field.focus(); });
  status.hidden = false;
  status.textContent = words.dataset.stopped;
  status.append(retry);
  waiting.removeAttribute("aria-busy");
  speak(words.dataset.stopped);
}

function fail(waiting, question, error) {
  const failed = copyOf("failed");
  const out = error.status === 401 || error.status === 403; // signed out, or another session's page
  failed.querySelector("[data-sentence]").textContent = out ? words.dataset.signedOut : error.sentence || words.dataset.offline;
  failed.querySelector("[data-reload]").hidden = !out;
  failed.querySelector("[data-retry]").hidden = out;
  failed.querySelector("[data-reload]").addEventListener("click", () => location.reload());
  failed.querySelector("[data-retry]").addEventListener("click", () => {
    failed.previousElementSibling?.remove(); // the question: it is asked again
    failed.remove();
    ask(question);
  });
  waiting.replaceWith(failed);
  toEnd();
}

// --- the field

field.addEventListener("keydown", (event) => {
  // While Hangul is being composed, Enter ends the syllable: it must not send. Old Safari says so by 229 alone.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowUp" && !field.value && last) {
    event.preventDefault();
    field.value = last;
    grow();
    field.setSelectionRange(last.length, last.length);
  }
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog:modal")) return;
  if (event.key === "Escape" && asking) return asking.abort();
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey)
    || (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey);
  if (!wanted) return;
  event.preventDefault();
  field.focus();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value;
  if (asking || !question.trim()) return;
  field.value = "";
  grow();
  ask(question);
});

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

field.addEventListener("input", () => {
  grow();
  remember(field.value);
  $("complaint").hidden = true;
});
$("stop").addEventListener("click", () => { asking?.abort(); field.focus(); });
$("new").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
  event.preventDefault();
  asking?.abort();
  tab.begin();
  log.replaceChildren();
  spoken.replaceChildren();
  $("welcome").hidden = false;
  showWhere();
  field.focus();
});

listen(ask);
const restored = restore().catch(() => {}).then(recall).then(() => {
  last = [...log.querySelectorAll(".person [data-text]")].at(-1)?.textContent ?? last;
  showWhere();
  startNews();
});
