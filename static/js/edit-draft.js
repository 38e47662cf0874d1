// What is typed into a form with data-keep, and not saved yet, stays on this device when the page is closed or the network
// goes, and is offered back the next time: never put over what is saved without being asked. Files, passwords and what
// is hidden or marked data-keep-not are not kept. A message with data-draft-done ends it, so does signing out (site.js), so
// do three days, and so does another member who opens such a form on the same phone (data-keep-by).
(() => {
  const PREFIX = "ketikan:";
  const KEPT = 3 * 24 * 3600 * 1000;
  const LEFT_OUT = ["hidden", "submit", "button", "reset", "image", "file", "password"];
  const form = document.querySelector("form[data-keep]");
  const own = form && `${PREFIX}${form.dataset.keepBy}:`;
  try {
    const ended = [...document.querySelectorAll("[data-draft-done]")].map((done) => `:${done.dataset.draftDone}`);
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      if (ended.some((end) => key.endsWith(end)) || (own && !key.startsWith(own))) localStorage.removeItem(key);
      else if (!(Date.now() - (JSON.parse(localStorage.getItem(key))?.at || 0) < KEPT)) localStorage.removeItem(key);
    }
  } catch {
    return; // without storage (private mode) the page works as it is
  }
  if (!form) return;
  const key = own + form.dataset.keep;
  const isBound = form.dataset.keepBound !== undefined; // shown again with errors: what stands there is typed, not saved

  const fields = new Map(); // name → its controls
  for (const field of form.elements) {
    if (field.name && !LEFT_OUT.includes(field.type) && !field.closest("[data-picture-list], [data-keep-not]")) {
      fields.set(field.name, [...(fields.get(field.name) || []), field]);
    }
  }
  const ticks = (field) => ["checkbox", "radio"].includes(field.type);
  const chosen = (field, when) => field.type.startsWith("select")
    ? [...field.options].filter((option) => option[when === "now" ? "selected" : "defaultSelected"]).map((option) => option.value)
    : [when === "now" ? field.value : field.defaultValue];
  const read = (name, when) => fields.get(name).flatMap((field) => ticks(field)
    ? (field[when === "now" ? "checked" : "defaultChecked"] ? [field.value] : []) : chosen(field, when)).join("\n");
  const write = (name, text) => {
    const values = text.split("\n");
    for (const field of fields.get(name)) {
      if (ticks(field)) field.checked = values.includes(field.value);
      else if (field.type.startsWith("select")) { for (const option of field.options) option.selected = values.includes(option.value); }
      else field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  // A select without a chosen option shows its first.
  const saved = new Map([...fields.keys()].map((name) => [name, fields.get(name)[0].type === "select-one" ? read(name, "now") : read(name, "saved")]));
  const typed = () => Object.fromEntries([...fields.keys()].filter((name) => read(name, "now") !== saved.get(name)).map((name) => [name, read(name, "now")]));

  const load = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  let offered = {}; // what is offered back and not decided upon
  let base = {}; // what the page said where that was typed
  const keep = () => {
    const values = { ...offered, ...typed() };
    const now = Object.fromEntries(Object.keys(values).map((name) => [name, base[name] ?? saved.get(name)]));
    try {
      if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values, base: now }));
      else localStorage.removeItem(key);
    } catch { /* the disk is full: nothing is kept */ }
  };

  const found = load();
  if (found?.values) {
    base = found.base || {};
    const still = Object.entries(found.values).filter(([name, text]) => fields.has(name) && text !== read(name, "now"));
    if (isBound) offered = Object.fromEntries(Object.entries(found.values).filter(([name]) => fields.has(name)));
    else if (still.length) offer(Object.fromEntries(still), found.at);
    else localStorage.removeItem(key);
  }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  function offer(values, at) {
    const box = document.getElementById("edit-draft").content.firstElementChild.cloneNode(true);
    const labels = Object.keys(values).map((name) => {
      const field = fields.get(name)[0];
      const label = ticks(field) ? field.closest("fieldset")?.querySelector("legend") || field.labels?.[0] : field.labels?.[0];
      return (label?.firstChild?.textContent || label?.textContent || name).trim();
    });
    const about = box.querySelector("[data-about]");
    const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    about.textContent = about.dataset.about.replace("{when}", when).replace("{fields}", [...new Set(labels)].join(", "));
    box.querySelector("[data-moved]").hidden = Object.keys(values).every((name) => base[name] === undefined || base[name] === saved.get(name));
    offered = values;
    const end = () => { offered = {}; base = {}; box.remove(); keep(); };
    box.querySelector("[data-drop]").addEventListener("click", () => { end(); form.querySelector("input:not([type=hidden]), textarea, select")?.focus(); });
    box.querySelector("[data-restore]").addEventListener("click", () => {
      const fresh = typed(); // typed since the page opened: newer than what is offered
      const restored = Object.keys(values).filter((name) => fresh[name] === undefined);
      for (const name of restored) write(name, values[name]);
      end();
      fields.get(restored[0] || Object.keys(values)[0])[0].focus();
    });
    form.before(box);
  }
})();
