// Golden questions: how far the run is, without reloading; its result when it is over.
import "./once.js";

const going = document.getElementById("going");
const words = document.querySelector("[data-going]")?.dataset.going;
const SECOND = 1000;

async function follow() {
  try {
    const response = await fetch("/documents/golden/progress", { headers: { Accept: "application/json" } });
    if (response.ok) {
      const at = await response.json();
      if (!at.running) {
        location.replace("/documents/golden");
        return;
      }
      const bar = going.querySelector("progress");
      bar.max = at.total || 1;
      bar.value = at.done;
      going.querySelector("[data-sentence]").textContent = words.replace("{done}", at.done).replace("{total}", at.total);
    }
  } catch {
    // The server is away for a moment: asked again.
  }
  setTimeout(follow, SECOND);
}

if (going) setTimeout(follow, SECOND);
if (location.hash.startsWith("#golden-")) document.querySelector(`${location.hash} details`)?.setAttribute("open", "");
