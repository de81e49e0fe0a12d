// The figures beside the filters: they are counted after the page is there.
const counts = document.querySelector("[data-counts]");
if (counts) {
  try {
    const response = await fetch(counts.dataset.counts, { headers: { Accept: "application/json" } });
    const found = response.ok ? await response.json() : {};
    for (const place of document.querySelectorAll("[data-count]")) {
      const words = found[place.dataset.count];
      if (words) place.textContent = words;
    }
  } catch {
    // offline, or on the way to another page: the list is there without them
  }
}

// An answer further back than what is shown: the server knows on which part of the conversation it stands.
const named = /^#answer-([0-9a-f]{8,64})$/.exec(location.hash);
if (named && document.querySelector(".exchange") && !document.getElementById(`answer-${named[1]}`) && !location.search.includes("before=")) {
  location.replace(`/answers/${named[1]}`);
}
