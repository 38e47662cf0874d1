// Prints the receipt alone on narrow paper: 58 or 80 mm, as the button says. Without this the browser's own print does.
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print]");
    if (!button) return;
    const slip = (button.closest("dialog") || document).querySelector("[data-slip]").cloneNode(true);
    slip.classList.add("slip--printed");
    document.documentElement.dataset.paper = button.dataset.print;
    document.body.append(slip);
    addEventListener("afterprint", () => slip.remove(), { once: true });
    print();
  });
})();
