// Shows the photo that was just taken or chosen; the form works without it.
document.addEventListener("change", (event) => {
  const input = event.target;
  const box = input.closest?.("[data-picture-input]");
  if (!box || input.type !== "file" || !input.files.length) return;
  // One photo counts: the input used last.
  box.querySelectorAll("input[type=file]").forEach((other) => { if (other !== input) other.value = ""; });
  const preview = box.querySelector("[data-preview]");
  const image = document.createElement("img");
  image.alt = input.files[0].name;
  image.src = URL.createObjectURL(input.files[0]);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  preview.replaceChildren(image);
});
