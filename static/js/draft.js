// What is typed into a form with data-draft stays in this tab until it is sent, also when the network drops or the page
// is left by mistake. Never the token, the key or what the server showed; nothing leaves the tab.
(() => {
  const form = document.querySelector("form[data-draft]");
  const done = document.querySelector("[data-draft-done]");
  try {
    if (done) {
      Object.keys(sessionStorage).filter((key) => key.startsWith(`draft:${done.dataset.draftDone}`))
        .forEach((key) => sessionStorage.removeItem(key));
    }
    if (!form) return;
    const name = `draft:${form.dataset.draft}`;
    const kept = () => [...form.elements].filter((field) =>
      field.name && !["hidden", "submit", "password", "file"].includes(field.type));
    const save = () => {
      const typed = {};
      for (const field of kept()) {
        if (["checkbox", "radio"].includes(field.type)) { if (field.checked) typed[field.name] = field.value; }
        else typed[field.name] = field.value;
      }
      sessionStorage.setItem(name, JSON.stringify(typed));
    };
    const draft = JSON.parse(sessionStorage.getItem(name) || "{}");
    const whole = form.dataset.draftWhole !== undefined; // nothing but what is typed here ever stands in this form
    for (const field of kept()) {
      if (whole && ["number", "select-one"].includes(field.type) && draft[field.name]) field.value = draft[field.name];
      const text = ["text", "tel", "email", "textarea"].includes(field.type);
      if (text && !field.value && draft[field.name]) {
        field.value = draft[field.name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      // What the page chose itself stays; a choice of the reader's comes back where nothing is chosen.
      const asked = field.type === "radio" && draft[field.name] === field.value;
      if (asked && !kept().some((other) => other.name === field.name && other.checked)) field.checked = true;
    }
    form.addEventListener("input", save);
    form.addEventListener("change", save);
  } catch {
    // Without storage (private mode) the page works as it is.
  }
})();
