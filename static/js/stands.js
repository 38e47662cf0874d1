// Remembers, in this browser alone, at which stands its owner has been, and marks them on the floor plan.
(() => {
  const KEY = "stands";
  const LIMIT = 400;
  let seen;
  try {
    seen = JSON.parse(localStorage.getItem(KEY) || "[]");
    if (!Array.isArray(seen)) seen = [];
  } catch {
    return; // storage is switched off: nothing to remember, nothing to mark
  }
  const here = document.body.dataset.stand;
  const mark = () => {
    const known = new Set(seen);
    document.querySelectorAll("[data-stand]").forEach((stand) => {
      if (stand === document.body || !known.has(stand.dataset.stand)) return;
      stand.classList.add("plan__stand--seen");
      const word = stand.querySelector("[data-seen]");
      if (word) word.hidden = false;
    });
  };
  mark();
  if (here && !seen.includes(here)) {
    seen = [...seen, here].slice(-LIMIT);
    try { localStorage.setItem(KEY, JSON.stringify(seen)); } catch { /* full: forget this one */ }
  }
})();
