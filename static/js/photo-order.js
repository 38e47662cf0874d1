// Photos are put in order by holding one and moving it; the page's arrows do the same without this. Nothing is sent until
// "save" is pressed, so that several can be moved on a slow network.
(() => {
  const list = document.querySelector("[data-photo-list]");
  const form = document.querySelector("[data-photo-order]");
  if (!list || !form || !window.PointerEvent) return;
  document.documentElement.classList.add("can-drag");
  const HOLD = 250; // a shorter touch scrolls the page
  let held;

  const items = () => [...list.querySelectorAll("[data-photo]")];

  function lift(item, pointer, y) {
    held = { item, pointer, y };
    item.classList.add("is-lifted");
    list.setPointerCapture(pointer); // not the item: it moves within the page
    navigator.vibrate?.(10);
  }

  function place(y) {
    const { item } = held;
    const others = items().filter((other) => other !== item);
    const after = others.find((other) => {
      const box = other.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    if (after ? after.previousElementSibling !== item : list.lastElementChild !== item) list.insertBefore(item, after || null);
    // Near an edge of the screen the page moves along.
    if (y < 80) scrollBy(0, -12);
    if (y > innerHeight - 120) scrollBy(0, 12);
  }

  function drop() {
    if (!held) return;
    const { item } = held;
    item.classList.remove("is-lifted");
    held = undefined;
    const keys = items().map((one) => one.dataset.photo).join(",");
    if (keys === form.dataset.was) return;
    form.elements.order.value = keys;
    form.hidden = false;
    form.querySelector("[data-said]").textContent = list.dataset.moved.replace("{n}", items().indexOf(item) + 1);
  }

  form.dataset.was = items().map((one) => one.dataset.photo).join(",");
  let waiting;
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-photo]");
    if (!item || event.button || event.target.closest("button, a")) return;
    clearTimeout(waiting);
    if (event.pointerType === "mouse") { event.preventDefault(); lift(item, event.pointerId, event.clientY); return; }
    const { pointerId, clientY } = event;
    waiting = setTimeout(() => lift(item, pointerId, clientY), HOLD);
  });
  list.addEventListener("pointermove", (event) => {
    if (held?.pointer === event.pointerId) place(event.clientY);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    list.addEventListener(end, () => { clearTimeout(waiting); drop(); });
  }
  // A finger that holds a photo does not scroll the page; one that moves before that does.
  list.addEventListener("touchmove", (event) => {
    if (held) event.preventDefault(); else clearTimeout(waiting);
  }, { passive: false });
  list.addEventListener("contextmenu", (event) => { if (held) event.preventDefault(); });
  list.addEventListener("dragstart", (event) => event.preventDefault());
})();
