// An entry is edited in its place: its form opens where it stands, and closes again without leaving the page.
import "./once.js";

/** Show the form of an entry in its place; without the server, its own page says what is wrong. */
async function open(link) {
  const entry = link.closest(".entry");
  link.setAttribute("aria-busy", "true");
  const response = await fetch(link.href, { headers: { "X-Fragment": "1" } }).catch(() => null);
  link.removeAttribute("aria-busy");
  if (!response?.ok || response.redirected) return location.assign(link.href);
  const form = document.createElement("div");
  form.className = "editing";
  form.innerHTML = await response.text();
  for (const part of entry.children) part.hidden = true;
  entry.append(form);
  form.querySelector("textarea").focus();
}

function close(form) {
  const entry = form.closest(".entry");
  form.remove();
  for (const part of entry.children) part.hidden = false;
  entry.querySelector("[data-edit]")?.focus();
}

/** Whether something was typed that is not saved. */
function changed(form) {
  return Array.from(form.querySelectorAll("input, textarea"))
    .some((field) => field.type !== "hidden" && field.value !== field.defaultValue);
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("[data-edit]");
  if (link) {
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) open(link);
  }
  const editing = event.target.closest("[data-close]")?.closest(".editing");
  if (editing) {
    event.preventDefault();
    close(editing);
  }
});
document.addEventListener("keydown", (event) => {
  const editing = event.target.closest?.(".editing");
  if (event.key === "Escape" && editing && !event.isComposing && !changed(editing)) close(editing);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest(".entry-form")?.requestSubmit();
});
window.addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll(".entry-form")) {
    if (!form.dataset.sent && changed(form)) event.preventDefault();
  }
});
