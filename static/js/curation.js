// Keys of the curator's desk: a approves, k returns, t rejects, s suspends, l leads on, b unfolds what is folded, u brings
// back what was put aside; 1 to 9 put what is written often at its field (once more takes it away). A verb that needs a
// reason puts the cursor where it is written; Ctrl+Enter there decides. Without JavaScript the buttons do the same.
const reason = document.querySelector("#id_reason");
let chosen = null;

const written = () =>
  [...document.querySelectorAll(".judge textarea, .judge input[type=text]")].some((field) => field.value.trim());

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && chosen) {
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Enter" && event.target.matches("input[type=text]")) {
      event.preventDefault(); // the first button approves; a note is not meant so
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.hasAttribute("data-needs-reason") && reason && !written()) {
    chosen = target;
    reason.focus();
  } else target.click();
});

for (const phrase of document.querySelectorAll("[data-into]")) {
  phrase.hidden = false;
  phrase.addEventListener("click", () => {
    const field = document.getElementById(phrase.dataset.into);
    const text = phrase.dataset.text;
    const said = field.value.trim();
    field.value = said.includes(text) ? said.replace(text, "").trim() : `${said} ${text}`.trim();
    const blank = field.closest("details");
    if (blank && field.value) blank.open = true;
    phrase.setAttribute("aria-pressed", field.value.includes(text));
  });
}

// All that is folded at once, and once more folds it again.
for (const button of document.querySelectorAll("[data-unfolds]")) {
  const folded = [...document.querySelectorAll(button.dataset.unfolds)];
  button.hidden = !folded.length;
  button.addEventListener("click", () => {
    const open = folded.some((one) => !one.open);
    for (const one of folded) one.open = open;
  });
}

// One decision for one press.
document.querySelector(".judge")?.addEventListener("submit", (event) => {
  if (event.currentTarget.dataset.sent) event.preventDefault();
  event.currentTarget.dataset.sent = "1";
});
window.addEventListener("pageshow", () => delete document.querySelector(".judge")?.dataset.sent);
