// The checks: begun in place, followed as findings come in.
const groups = document.getElementById("groups");
const status = document.querySelector("[data-running]");
let following = false;

async function follow() {
  if (following) return;
  following = true;
  status.textContent = status.dataset.running;
  try {
    for (;;) {
      const response = await fetch("/admin/checks/state", { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) break;
      show(await response.text());
      if (response.headers.get("x-running") !== "1") break;
      await new Promise((done) => setTimeout(done, 500));
    }
  } catch {
    // the server is away: what was found stays
  } finally {
    following = false;
    status.textContent = "";
  }
}

function show(html) {
  if (html === groups.dataset.shown) return;
  const focused = document.activeElement?.closest("[id] form")?.action;
  groups.dataset.shown = html;
  groups.innerHTML = html;
  if (focused) [...groups.querySelectorAll("form")].find((form) => form.action === focused)?.querySelector("button").focus();
}

document.querySelector("main").addEventListener("submit", async (event) => {
  if (!event.target.action.includes("/admin/checks")) return;
  event.preventDefault();
  try {
    const response = await fetch(event.target.action, { method: "POST", body: new FormData(event.target) });
    if (response.ok) follow();
  } catch {
    event.target.submit();
  }
});

if (groups.querySelector('[aria-busy="true"]')) follow();
