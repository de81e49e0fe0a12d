// What is done with a reply: rate it, copy it, ask again, look at its sources, ask a person.
import { post } from "./stream.js";
import { $, field, put, speak, spoken, startNews, words } from "./chat_page.js";

let ask = () => {};

export function listen(asks) {
  ask = asks;
}

const SHOWN_MS = 3000;

function note(reply, text) {
  spoken.replaceChildren();
  speak(text);
  const line = reply.querySelector("[data-note]");
  line.textContent = text;
  clearTimeout(line.timer);
  line.timer = setTimeout(() => { line.textContent = ""; }, SHOWN_MS);
}

// --- opinions

/** The form that asks why; it is made when it is needed. */
function reasons(reply) {
  const there = reply.querySelector("form[data-reasons]");
  if (there) return there;
  const form = $("reasons").content.firstElementChild.cloneNode(true);
  form.elements.answer.value = reply.dataset.answer;
  form.hidden = true;
  reply.querySelector("footer").after(form);
  return form;
}

function opinion(reply) {
  const form = reasons(reply);
  return { reason: form.elements.reason.value || null, comment: form.elements.comment.value.trim() || null };
}

async function rate(reply, rating, { close = false } = {}) {
  const more = rating < 0 ? opinion(reply) : {};
  const response = await post("/api/v1/feedback", { answer_id: reply.dataset.answer, rating, ...more }).catch(() => null);
  if (!response?.ok) return note(reply, words.dataset.notSaved);
  for (const button of reply.querySelectorAll("[data-rate]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === rating));
  }
  const form = reasons(reply);
  if (rating >= 0) form.reset();
  if (close && form.contains(document.activeElement)) reply.querySelector("[data-rate='-1']").focus();
  form.hidden = rating >= 0 || close;
  note(reply, rating ? words.dataset.thanks : words.dataset.takenBack);
  if (!form.hidden) form.scrollIntoView({ block: "nearest" });
}

// --- copying

function textOf(reply) {
  const sources = [...reply.querySelectorAll(".source")].map((source, at) => {
    const [title, where] = [".title", ".where"].map((name) => source.querySelector(name).textContent.trim());
    return `[${at + 1}] ${title} — ${where}`;
  });
  const text = reply.querySelector("[data-text]").innerText.trim();
  return sources.length ? `${text}\n\n${words.dataset.sources}\n${sources.join("\n")}` : text;
}

async function copy(reply) {
  await navigator.clipboard.writeText(textOf(reply));
  note(reply, words.dataset.copied);
}

function again(reply) {
  let before = reply.previousElementSibling;
  while (before && !before.matches(".person")) before = before.previousElementSibling;
  const question = before?.querySelector("[data-text]").textContent;
  if (question) ask(question);
}

// --- a source at its place

async function openSource(link) {
  const response = await fetch(link.href, { headers: { "x-fragment": "1" } }).catch(() => null);
  if (!response?.ok) return location.assign(link.href);
  const panel = $("panel");
  panel.querySelector("[data-content]").innerHTML = await response.text();
  panel.showModal();
  panel.scrollTop = 0;
  panel.querySelector("mark")?.scrollIntoView({ block: "center" });
}

// --- a person

async function askPerson(form) {
  const problem = form.querySelector("[data-problem]");
  const headers = { "x-fragment": "1", Accept: "application/json" };
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  button.disabled = false;
  if (response?.ok) {
    put(await response.text());
    startNews();
    field.focus({ preventScroll: true }); // the end of a long conversation is not where "passed on" is said
    return document.getElementById(`answer-${body.get("answer")}`)?.scrollIntoView({ block: "nearest" });
  }
  const said = response ? (await response.json().catch(() => ({}))).error : "";
  if (problem) Object.assign(problem, { textContent: said || words.dataset.notSaved, hidden: false });
}

// --- listening

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-source]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    return openSource(link);
  }
  const button = event.target.closest("button");
  if (!button) return;
  const reply = button.closest("[data-answer]");
  if ("close" in button.dataset) button.closest("dialog").close();
  else if ("ask" in button.dataset) { ask(button.textContent.trim()); field.focus(); }
  else if ("copy" in button.dataset) copy(reply).catch(() => {});
  else if ("again" in button.dataset) again(reply);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const reply = form.closest("[data-answer]");
  if ("rating" in form.dataset) {
    event.preventDefault();
    const button = event.submitter;
    const pressed = button.getAttribute("aria-pressed") === "true";
    rate(reply, pressed ? 0 : Number(button.dataset.rate));
  } else if ("reasons" in form.dataset) {
    event.preventDefault();
    rate(reply, -1, { close: true });
  } else if ("person" in form.dataset) {
    event.preventDefault();
    askPerson(form);
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.closest(".request")) event.target.scrollIntoView({ block: "nearest" });
}, true);

document.addEventListener("change", (event) => {
  if (event.target.dataset.reason) rate(event.target.closest("[data-answer]"), -1);
});

for (const dialog of document.querySelectorAll("dialog.panel, dialog.drawer")) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); }); // beside it
}
