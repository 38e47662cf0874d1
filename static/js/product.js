// The page of a product: price and photo follow the chosen variant, thumbnails move the strip, photos open in place.
// Without this every variant shows its price, thumbnails are links to their photo, and a photo is a link to itself.
(() => {
  const strip = document.querySelector("[data-strip]");
  const price = document.querySelector("[data-price]:not(input)");

  function show(id) {
    const photo = document.getElementById(id);
    if (!photo || !strip) return;
    strip.scrollTo({ left: photo.offsetLeft - strip.offsetLeft, behavior: "smooth" });
  }

  function follow(choice) {
    if (price) price.textContent = choice.dataset.price;
    const was = document.querySelector("s[data-was]");
    if (was) {
      was.hidden = !choice.dataset.was;
      if (choice.dataset.was) was.lastChild.textContent = ` ${choice.dataset.was}`;
    }
    const quantity = document.getElementById("quantity");
    if (quantity && choice.dataset.stock) quantity.max = choice.dataset.stock;
    if (choice.dataset.photo) show(choice.dataset.photo);
  }

  function open(link) {
    const dialog = document.createElement("dialog");
    dialog.className = "zoom";
    dialog.setAttribute("aria-label", link.getAttribute("aria-label"));
    const image = new Image();
    image.src = link.href;
    image.alt = link.querySelector("img").alt;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "zoom__close";
    close.textContent = "×";
    close.setAttribute("aria-label", strip.dataset.close);
    dialog.append(image, close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  document.addEventListener("change", (event) => {
    if (event.target.name === "variant") follow(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const thumb = event.target.closest(".gallery__thumbs a");
    const photo = event.target.closest("[data-zoom]");
    if (thumb) { event.preventDefault(); show(thumb.hash.slice(1)); }
    if (photo && HTMLDialogElement.prototype.showModal) { event.preventDefault(); open(photo); }
  });
})();
