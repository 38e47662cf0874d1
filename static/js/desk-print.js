// Prints a receipt on narrow paper: 58 or 80 mm, as the button says. Without this the browser's own print does it.
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print]");
    if (!button) return;
    document.documentElement.dataset.paper = button.dataset.print;
    print();
  });
})();
