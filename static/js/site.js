// Small helpers of every page. Nothing here is needed to read, buy or sign in.
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // Without https there is no clipboard: select the value, so that a long press copies it.
      const value = button.previousElementSibling;
      if (value) getSelection().selectAllChildren(value);
      return;
    }
    const label = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const copier = event.target.closest("[data-copy]");
    if (copier) copy(copier);
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    }
  });

  const busy = (on) => document.getElementById("progress")?.classList.toggle("is-busy", on);

  // Signing out takes away what the cash desk keeps here for its user; only sales that wait to be sent stay.
  const forget = () => new Promise((resolve) => {
    setTimeout(resolve, 1500);
    sessionStorage.clear();
    Object.keys(localStorage).filter((key) => key.startsWith("ketikan:")).forEach((key) => localStorage.removeItem(key));
    window.caches?.delete("kasir-foto");
    indexedDB.deleteDatabase("foto");
    const opening = indexedDB.open("kasir");
    opening.onupgradeneeded = () => opening.transaction.abort(); // there never was a cash desk in this browser
    opening.onerror = resolve;
    opening.onsuccess = () => {
      const work = opening.result.transaction(["meta", "data", "sales"], "readwrite");
      work.objectStore("meta").clear();
      work.objectStore("data").clear();
      work.objectStore("sales").openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (cursor?.value.state === "sent") cursor.delete();
        cursor?.continue();
      };
      work.oncomplete = work.onerror = resolve;
    };
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!/\/akun\/logout\/$/.test(form.getAttribute("action") || "") || form.dataset.forgotten) return;
    event.preventDefault();
    form.dataset.forgotten = "1";
    forget().catch(() => {}).then(() => form.submit());
  });

  // A second press on the same button sends nothing twice; the server refuses it as well.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    // Without a network the page would be gone with all that was typed and every photo that was chosen.
    if (navigator.onLine === false) { event.preventDefault(); sayOffline(); return; }
    form.dataset.sent = "1";
    busy(true);
  });
  addEventListener("pageshow", () => {
    busy(false);
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "cart-badge" && event.detail.elt.id !== "q") busy(true);
  });
  document.addEventListener("htmx:afterRequest", () => busy(false));

  function sayOffline() {
    const template = document.getElementById("network-error");
    const main = document.getElementById("isi");
    if (!template) return;
    main.querySelector(":scope > .network-error")?.remove();
    const box = document.createElement("div");
    box.className = "page network-error";
    box.tabIndex = -1;
    box.append(template.content.cloneNode(true));
    main.prepend(box);
    box.scrollIntoView({ block: "nearest" });
  }
  addEventListener("online", () => document.querySelector(".network-error")?.remove());

  // htmx leaves the page as it is when a request fails; say so above what was asked for.
  const tell = (event) => {
    if (event.detail.elt.id !== "cart-badge" && event.detail.elt.dataset.silent === undefined) sayOffline();
  };
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:responseError", tell);
})();
