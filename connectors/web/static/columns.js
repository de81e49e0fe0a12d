// Every choice shows at once what would be read.
import "./once.js";

const place = document.getElementById("columns");
let asked = 0;

async function look() {
  const form = place.querySelector("form");
  const mine = ++asked;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "look");
  place.setAttribute("aria-busy", "true");
  const response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" } }).catch(() => null);
  if (mine !== asked) return;
  place.removeAttribute("aria-busy");
  const words = form.querySelector("[data-sentence]");
  if (!response?.ok) {
    if (words && response) words.textContent = (await response.json().catch(() => ({}))).error ?? words.textContent;
    return;
  }
  const focused = document.activeElement?.id;
  const scrolled = Array.from(place.querySelectorAll(".grid"), (grid) => [grid.scrollLeft, grid.scrollTop]);
  place.innerHTML = await response.text();
  place.querySelectorAll(".grid").forEach((grid, at) => {
    if (scrolled[at]) [grid.scrollLeft, grid.scrollTop] = scrolled[at];
  });
  if (focused) document.getElementById(focused)?.focus();
}

place.addEventListener("change", (event) => {
  const at = /^(?:role|first|nameless)-(\d+)$/.exec(event.target.name ?? "")?.[1];
  if (at) place.querySelector(`[name="how-${at}"][value="table"]`).checked = true; // whoever chooses a column means it
  look();
});
place.addEventListener("submit", (event) => {
  if (!event.submitter?.hasAttribute("data-look")) return;
  event.preventDefault();
  event.stopPropagation();
  look();
}, true);
