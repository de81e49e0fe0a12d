// Uploads: one request a file, with the bytes sent and the entries indexed as they really are.
import { EventReader, token } from "./stream.js";

const $ = (id) => document.getElementById(id);
const [form, field, results, words] = ["upload", "files", "results", "words"].map($);
const waiting = [];
let sending = false;
document.documentElement.classList.add("scripted");

function row(name) {
  const made = $("sending").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-name]").textContent = name;
  show(made, words.dataset.waiting, 0);
  results.prepend(made);
  return made;
}

function show(line, sentence, share) {
  line.querySelector("[data-sentence]").textContent = sentence;
  const bar = line.querySelector("progress");
  if (share === null) bar?.removeAttribute("value"); // it moves, but nobody knows how far
  else if (bar) bar.value = share;
}

function finish(line, state, sentence, reading = "") {
  line.className = `result ${state}`;
  line.querySelector("progress").remove();
  line.querySelector("[data-sentence]").textContent = sentence;
  line.querySelector("[data-reading]").textContent = reading;
  line.querySelector("[data-reading]").hidden = !reading;
}

function send(file, line) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much of an upload has been sent
    const reader = new EventReader();
    let read = 0;
    const take = () => {
      const piece = request.responseText.slice(read);
      read += piece.length;
      for (const [name, data] of reader.push(piece)) happened(line, name, data);
    };
    request.open("POST", "/api/v1/knowledge");
    request.setRequestHeader("Accept", "text/event-stream");
    request.setRequestHeader("X-CSRF-Token", token);
    request.upload.onprogress = ({ loaded, total }) => {
      show(line, `${words.dataset.sending} ${Math.floor((100 * loaded) / total)}%`, loaded / total);
    };
    request.upload.onload = () => show(line, words.dataset.reading, null);
    request.onprogress = () => { if (request.status === 200) take(); };
    request.onloadend = () => {
      if (request.status === 200) take();
      if (line.querySelector("progress")) finish(line, "unreadable", refusal(request));
      resolve();
    };
    const body = new FormData();
    body.append("files", file);
    request.send(body);
  });
}

function refusal(request) {
  try {
    return JSON.parse(request.responseText).error || words.dataset.offline;
  } catch {
    return words.dataset.offline;
  }
}

function happened(line, name, data) {
  if (name === "progress") {
    show(line, `${words.dataset.indexing} ${data.done.toLocaleString()} / ${data.total.toLocaleString()}`, data.done / (data.total || 1));
  } else if (name === "done") {
    const [result] = data.files;
    finish(line, result.state, result.message, result.reading);
  } else if (name === "error") {
    finish(line, "unreadable", data.error);
  }
}

async function refresh() {
  const response = await fetch("/documents/list").catch(() => null);
  if (response?.ok) $("list").innerHTML = await response.text();
}

async function upload(files) {
  waiting.push(...Array.from(files, (file) => [file, row(file.name)]));
  if (sending) return;
  sending = true;
  while (waiting.length) {
    await send(...waiting.shift());
    await refresh();
  }
  sending = false;
}

field.addEventListener("change", () => {
  upload(field.files);
  field.value = "";
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  field.click();
});

// A file dropped beside the frame must not replace the page.
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length) upload(event.dataTransfer.files);
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.remove[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.remove[open]")) open.open = false;
});
