// The search field: arrow keys walk through the suggestions, Escape and leaving close them. Forms leave out what is
// empty, so that addresses stay short. Searching works without any of this.
(() => {
  const form = document.querySelector("[data-suggest]");
  const field = form?.querySelector("input[type=search]");
  const box = form?.querySelector(".suggest");

  if (field && box) {
    const links = () => [...box.querySelectorAll("a")];
    const close = () => box.replaceChildren();

    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.childElementCount) {
        event.preventDefault();
        close();
        field.focus();
        return;
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const found = links();
      if (!step || !found.length) return;
      event.preventDefault();
      const next = found.indexOf(document.activeElement) + step;
      (next < 0 ? field : found[Math.min(next, found.length - 1)]).focus();
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) setTimeout(() => { if (!form.contains(document.activeElement)) close(); }, 150);
    });
    // What was asked for before the field was emptied or left comes too late.
    document.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.target !== box) return;
      if (field.value.trim().length < 2 || !form.contains(document.activeElement)) event.detail.serverResponse = "";
    });
  }

  document.addEventListener("formdata", (event) => {
    if (!event.target.matches("[data-tidy]")) return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
})();
