// How far a version is being tried; when it has ended, the page shows what came of it.
import "./once.js";

const EVERY = 600;
const form = document.getElementById("running");
const bar = form?.querySelector("progress");
const sentence = form?.querySelector("[data-sentence]");

async function look() {
  try {
    const response = await fetch(form.dataset.progress);
    if (!response.ok) return location.reload();
    const { state, done, total, words } = await response.json();
    if (state !== "running") return location.reload();
    if (total) {
      bar.max = total;
      bar.value = done;
    }
    if (sentence.textContent !== words) sentence.textContent = words;
  } catch {
    sentence.textContent = form.dataset.offline;
  }
  setTimeout(look, EVERY);
}

if (form) setTimeout(look, EVERY);
