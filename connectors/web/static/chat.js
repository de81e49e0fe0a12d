// The conversation: asks, shows each sentence as it comes, then the finished reply as the server renders it.
import { events, post } from "./stream.js";

const $ = (id) => document.getElementById(id);
const [log, form, field, spoken, words] = ["log", "composer", "question", "spoken", "words"].map($);
const KEPT = "dapbot.conversation";
let conversation = kept();
let asking = null; // the AbortController of the question that is being answered

// --- the conversation of this tab: it outlives a reload, and nobody else has its name

function kept() {
  try {
    return sessionStorage.getItem(KEPT) || begin();
  } catch {
    return form.elements.conversation.value; // no storage: a reload begins anew
  }
}

function begin() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const name = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  try {
    sessionStorage.setItem(KEPT, name);
  } catch { /* as above */ }
  return name;
}

async function restore() {
  log.setAttribute("aria-busy", "true");
  await refill().finally(() => log.removeAttribute("aria-busy"));
}

async function refill() {
  const response = await fetch(`/messages?conversation=${encodeURIComponent(conversation)}`).catch(() => null);
  if (!response?.ok) return;
  const html = await response.text();
  if (html.trim()) {
    log.innerHTML = html;
    $("welcome").hidden = true;
    toEnd();
  }
}

// --- asking

function copyOf(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

function nearEnd() {
  const page = document.documentElement;
  return page.scrollHeight - page.clientHeight - window.scrollY < 160;
}

function toEnd() {
  window.scrollTo(0, document.documentElement.scrollHeight);
}

function add(element) {
  log.append(element);
  toEnd();
  return element;
}

function speak(text) {
  const line = document.createElement("span");
  line.textContent = `${text} `;
  spoken.append(line);
}

function busy(controller) {
  asking = controller;
  $("stop").hidden = !controller;
  $("send").hidden = Boolean(controller);
}

async function ask(question) {
  if (asking || !question.trim()) return;
  busy(new AbortController());
  await restored; // what was said before comes first
  $("welcome").hidden = true;
  spoken.replaceChildren();
  const asked = copyOf("asked");
  asked.querySelector("[data-text]").textContent = question;
  add(asked);
  const waiting = add(copyOf("waiting"));
  speak(waiting.querySelector("[data-status]").textContent);
  try {
    await follow(question, waiting);
  } catch (error) {
    if (error.name === "AbortError") stopped(waiting);
    else fail(waiting, question, error.sentence || words.dataset.offline);
  } finally {
    busy(null);
  }
}

function told(sentence) {
  return Object.assign(new Error(sentence), { sentence });
}

async function follow(question, waiting) {
  const response = await post("/api/v1/ask", { question, conversation }, {
    headers: { Accept: "text/event-stream" },
    signal: asking.signal,
  });
  if (!response.ok) throw told((await response.json().catch(() => ({}))).error);
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
}

function stopped(waiting) {
  const status = waiting.querySelector(".status");
  status.hidden = false;
  status.textContent = words.dataset.stopped;
  waiting.removeAttribute("aria-busy");
  speak(words.dataset.stopped);
}

function fail(waiting, question, text) {
  const failed = copyOf("failed");
  failed.querySelector("[data-sentence]").textContent = text;
  failed.querySelector("[data-retry]").addEventListener("click", () => {
    failed.previousElementSibling?.remove(); // the question: it is asked again
    failed.remove();
    ask(question);
  });
  waiting.replaceWith(failed);
  toEnd();
}

// --- what is done with a reply

async function rate(reply, rating, reason) {
  const response = await post("/api/v1/feedback", { answer_id: reply.dataset.answer, rating, reason }).catch(() => null);
  if (!response?.ok) return;
  for (const button of reply.querySelectorAll("[data-rate]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === rating));
  }
  const reasons = reply.querySelector("[data-reasons]");
  reasons.hidden = rating > 0 || Boolean(reason);
  note(reply, words.dataset.thanks);
}

async function copy(reply) {
  await navigator.clipboard.writeText(reply.querySelector("[data-text]").innerText.trim());
  note(reply, words.dataset.copied);
}

function note(reply, text) {
  spoken.replaceChildren();
  speak(text);
  const line = reply.querySelector("[data-note]");
  line.textContent = text;
  clearTimeout(line.timer);
  line.timer = setTimeout(() => { line.textContent = ""; }, 3000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const reply = button?.closest("[data-answer]");
  if (!button) return;
  if ("ask" in button.dataset) { ask(button.textContent.trim()); field.focus(); }
  else if ("copy" in button.dataset) copy(reply).catch(() => {});
  else if (button.dataset.rate) rate(reply, Number(button.dataset.rate));
  else if (button.dataset.reason) rate(reply, -1, button.dataset.reason);
});

// --- the field

field.addEventListener("keydown", (event) => {
  // While Hangul is being composed, Enter ends the syllable: it must not send. Old Safari says so by 229 alone.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
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

field.addEventListener("input", grow);
$("stop").addEventListener("click", () => { asking?.abort(); field.focus(); });
$("new").addEventListener("click", () => {
  asking?.abort();
  conversation = begin();
  log.replaceChildren();
  spoken.replaceChildren();
  $("welcome").hidden = false;
  field.focus();
});

const restored = restore().catch(() => {});
