// Settings: what own words would look like as they are typed; one click at a time; a model that is tried says so.
const samples = JSON.parse(document.querySelector("[data-samples]")?.dataset.samples ?? "{}");

for (const shown of document.querySelectorAll("[data-preview]")) {
  const field = document.getElementById(shown.dataset.preview);
  const show = () => {
    const text = field.value.trim() || shown.dataset.original;
    shown.textContent = text.replace(/\{(\w+)\}/g, (whole, name) => samples[shown.closest("[lang]").lang][name] ?? whole);
  };
  field.addEventListener("input", show);
}

const form = document.querySelector("[data-section]");
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const saying = event.submitter?.dataset.trying;
  if (saying) form.querySelector("[data-sentence]").textContent = saying;
});
window.addEventListener("pageshow", () => form && delete form.dataset.sent);

const opened = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (opened instanceof HTMLDetailsElement) opened.open = true;
