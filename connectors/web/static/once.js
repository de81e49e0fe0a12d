// A form that changes something is sent once, however often its button is pressed.
const SLOW = 500;
document.documentElement.classList.add("scripted");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const pressed = event.submitter;
  setTimeout(() => { // after the browser has taken up which button it was
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
  if (!form.dataset.wait || !pressed) return;
  pressed.dataset.said = pressed.textContent;
  setTimeout(() => { // large documents take a while
    if (form.dataset.sent) pressed.textContent = form.dataset.wait;
  }, SLOW);
});

// Back from the next page: the form may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.said) button.textContent = button.dataset.said;
    }
  }
});

// Small windows that ask whether one is sure close by a click beside them, or by Escape.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.remove[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.remove[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
