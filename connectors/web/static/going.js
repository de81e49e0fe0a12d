// Long work in the background: how far it is, without reloading; its result when it is over.
import "./once.js";

const going = document.getElementById("going");
const SECOND = 1000;

async function follow() {
  try {
    const response = await fetch(`${going.dataset.place}/progress`, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const at = await response.json();
      if (!at.running) {
        location.replace(going.dataset.place);
        return;
      }
      if (at.total) show(at);
    }
  } catch {
    // The server is away for a moment: asked again.
  }
  setTimeout(follow, SECOND);
}

function show({ done, total }) {
  const bar = going.querySelector("progress");
  bar.max = total;
  bar.value = done;
  going.querySelector("[data-sentence]").textContent = going.dataset.words.replace("{done}", done).replace("{total}", total);
}

if (going) setTimeout(follow, SECOND);
if (location.hash.startsWith("#golden-")) document.querySelector(`${location.hash} details`)?.setAttribute("open", "");
