// Photos of a form with data-uploads (an address, see exhibitors/views_uploads.py) are made small and sent in pieces
// while the rest is being typed. A lost connection costs one piece; a press on the button waits for what is under way.
// Where nothing answers there (data-uploads is empty, or a proxy refuses), the small photo goes with the form itself.
(() => {
  const form = document.querySelector("form[data-uploads]");
  const template = document.getElementById("photo-upload");
  if (!form || !template || !window.photos || !window.DataTransfer) return;
  const PIECE = 128 * 1024;
  const PATIENCE = 90 * 1000; // for one piece
  const PAUSES = [1, 2, 4, 8, 15, 30];
  const draft = form.dataset.draft || "";
  const texts = template.dataset;
  const sending = new Set();
  let held; // the button whose press waits

  class Refused extends Error {} // the server said why
  class Lost extends Error {} // no answer, or none that makes sense: later
  class Gone extends Error {} // it knows nothing of this upload any more
  class Unknown extends Error {} // nobody takes pieces here

  async function ask(address, method, body, headers = {}) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method, body, signal: limit.signal, redirect: "manual",
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, ...headers },
      }).catch(() => { throw new Lost(); });
      if (answer.status >= 500 || answer.status === 429) throw new Lost();
      if (answer.type === "opaqueredirect") throw new Refused(texts.signedOut);
      if (answer.status === 404 && address !== form.dataset.uploads) throw new Gone();
      const said = await answer.json().catch(() => { throw answer.ok ? new Lost() : new Unknown(); });
      if (answer.ok || answer.status === 409) return said;
      throw said.message ? new Refused(said.message) : new Unknown();
    } finally {
      clearTimeout(timer);
    }
  }

  class Row {
    constructor(box) {
      this.element = template.content.firstElementChild.cloneNode(true);
      this.box = box;
      const list = box.querySelector("[data-uploading]") || box.appendChild(document.createElement("div"));
      list.dataset.uploading = "";
      list.append(this.element);
      this.bar = this.element.querySelector("progress");
      this.status = this.element.querySelector("[role=status]");
      this.retry = this.element.querySelector("[data-retry]");
      this.cancel = this.element.querySelector("[data-cancel]");
      this.cancel.addEventListener("click", () => { this.isCancelled = true; });
      this.cancelled = new Promise((resolve) => this.cancel.addEventListener("click", () => resolve("cancel")));
    }

    say(text, { wrong = false, again = false } = {}) {
      if (this.status.textContent !== text) this.status.textContent = text;
      this.element.classList.toggle("upload--wrong", wrong);
      this.retry.hidden = !again;
    }

    // Until so many seconds are over, the network is back, or somebody presses.
    pause(seconds) {
      return Promise.race([this.cancelled, new Promise((resolve) => {
        setTimeout(resolve, seconds * 1000);
        addEventListener("online", resolve, { once: true });
        this.retry.addEventListener("click", resolve, { once: true });
      })]);
    }
  }

  async function send(record, row) {
    let tries = 0;
    let offset; // unknown until the server has said it
    for (;;) {
      try {
        let said;
        if (!record.address) {
          said = await ask(form.dataset.uploads, "POST", new URLSearchParams({ size: record.blob.size }));
          record.address = said.address;
          await photos.store.put(record);
        } else if (offset === undefined) {
          said = await ask(record.address, "GET");
        } else {
          const piece = record.blob.slice(offset, offset + PIECE);
          said = await ask(record.address, "PATCH", piece, {
            "Upload-Offset": offset, "Content-Type": "application/octet-stream",
          });
        }
        tries = 0;
        offset = said.offset;
        row.bar.value = Math.round(100 * offset / record.blob.size);
        row.say(texts.sending);
        if (said.picture) return said.picture;
        if (row.isCancelled) return null;
      } catch (error) {
        if (error instanceof Gone) {
          record.address = offset = undefined;
          if (tries++ > 2) throw new Unknown();
        } else if (error instanceof Lost) {
          offset = undefined;
          row.say(texts.waiting, { again: tries > 0 || !navigator.onLine });
          if (await row.pause(PAUSES[Math.min(tries++, PAUSES.length - 1)]) === "cancel") return null;
        } else throw error;
      }
    }
  }

  async function handle(record, box, row) {
    try {
      row.say(texts.sending);
      const picture = form.dataset.uploads ? await send(record, row) : null;
      if (row.isCancelled) {
        if (record.address) ask(record.address, "DELETE").catch(() => {});
        await photos.store.remove(record.id);
        row.element.remove();
        if (isSingle(box)) box.querySelector("[data-preview]").replaceChildren();
      } else if (picture) {
        await photos.store.put({ ...record, blob: undefined, picture });
        keep(box, record, picture);
        row.element.remove();
      } else {
        goWithTheForm(box, record, row);
      }
    } catch (error) {
      if (error instanceof Unknown) goWithTheForm(box, record, row);
      else {
        photos.store.remove(record.id);
        row.say(error.message || texts.failed, { wrong: true });
        row.cancel.addEventListener("click", () => row.element.remove());
        row.bar.remove();
        row.hasFailed = true;
      }
    } finally {
      sending.delete(row);
      goOn(row);
    }
  }

  const isSingle = (box) => box.hasAttribute("data-picture-input");
  const nameOf = (input) => input.name.replace(/_camera$/, "");
  const inputOf = (box, name) => box.querySelector(`input[type=file][name="${name}"]`);

  function goWithTheForm(box, record, row) {
    const input = inputOf(box, record.field);
    const files = new DataTransfer();
    if (!isSingle(box)) [...input.files].forEach((file) => files.items.add(file));
    files.items.add(new File([record.blob], record.name, { type: record.blob.type }));
    input.files = files.files;
    row.bar.remove();
    row.cancel.remove();
    row.say(texts.later.replace("{name}", record.name));
  }

  function show(frame, source, spare) {
    const image = document.createElement("img");
    image.alt = "";
    image.onload = () => URL.revokeObjectURL(source);
    image.onerror = () => { image.onerror = null; if (spare) image.src = spare; else image.remove(); };
    image.src = source;
    frame.replaceChildren(image);
  }

  // What the server has is named in the form by its digest, like a photo of a form that came back with an error.
  function keep(box, record, picture) {
    const source = record.blob ? URL.createObjectURL(record.blob) : picture.preview;
    if (isSingle(box)) {
      let kept = box.querySelector(`input[type=hidden][name="${record.field}_kept"]`);
      if (!kept) {
        kept = Object.assign(document.createElement("input"), { type: "hidden", name: `${record.field}_kept` });
        box.append(kept);
      }
      kept.value = picture.digest;
      show(box.querySelector("[data-preview]"), source, picture.preview);
    } else {
      const item = box.querySelector("template[data-kept]").content.firstElementChild.cloneNode(true);
      const tick = item.querySelector("input");
      tick.value = picture.digest;
      tick.addEventListener("change", () => {
        if (tick.checked) photos.store.put({ ...record, blob: undefined, picture });
        else photos.store.remove(record.id);
      });
      show(item.querySelector("[data-preview]"), source, picture.preview);
      box.querySelector(".picture-list__kept").append(item);
    }
    say(box, (picture.hints || []).map((hint) => isSingle(box) ? hint : `${record.name}: ${hint}`));
  }

  function say(box, hints) {
    const list = box.querySelector("[data-hints]");
    if (!list) return;
    if (isSingle(box)) list.replaceChildren();
    for (const hint of hints) list.append(Object.assign(document.createElement("li"), { textContent: hint }));
    list.hidden = !list.childElementCount;
  }

  // One after the other: phones have little memory and slow networks.
  let line = Promise.resolve();
  function begin(box, field, file) {
    const row = new Row(box);
    row.say(texts.preparing);
    sending.add(row);
    line = line.then(() => row.isCancelled ? drop(row) : prepare(row, box, field, file));
  }

  function drop(row) {
    row.element.remove();
    sending.delete(row);
    goOn(row);
  }

  async function prepare(row, box, field, file) {
    if (isSingle(box)) {
      box.querySelectorAll(".upload").forEach((other) => other !== row.element && other.querySelector("[data-cancel]")?.click());
      for (const record of await photos.store.of(draft)) if (record.field === field) await photos.store.remove(record.id);
    }
    const blob = await photos.shrink(file);
    if (isSingle(box)) show(box.querySelector("[data-preview]"), URL.createObjectURL(blob));
    const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const record = { id, draft, field, blob, name: file.name, at: Date.now() };
    await photos.store.put(record);
    await handle(record, box, row);
  }

  form.addEventListener("change", (event) => {
    const input = event.target;
    const box = input.closest?.("[data-picture-input], [data-picture-list]");
    if (!box || input.type !== "file" || !input.files.length) return;
    const files = [...input.files];
    input.value = "";
    for (const file of files) begin(box, nameOf(input), file);
  });

  // The form goes when its photos are there; until then it stays as it is, whatever the network does.
  form.addEventListener("submit", (event) => {
    if (!sending.size) return;
    event.preventDefault();
    held = event.submitter || form.querySelector("button:not([type=button])");
    for (const row of sending) row.element.querySelector("[data-held]").hidden = false;
    [...sending][0].element.scrollIntoView({ block: "center" });
  });

  function goOn(row) {
    if (row.hasFailed && held) {
      held = undefined;
      row.element.scrollIntoView({ block: "center" });
    }
    if (held && !sending.size) {
      const button = held;
      held = undefined;
      form.requestSubmit(button);
    }
  }

  // What this form had when the page was closed.
  (async () => {
    if (!draft || !window.indexedDB) return;
    for (const record of await photos.store.of(draft)) {
      const input = form.querySelector(`input[type=file][name="${record.field}"]`);
      const box = input?.closest("[data-picture-input], [data-picture-list]");
      if (!box) continue;
      if (record.picture) {
        const named = box.querySelector(`[name="${record.field}_kept"][value="${record.picture.digest}"]`);
        if (!named) keep(box, record, record.picture);
      } else if (record.blob) {
        if (isSingle(box)) show(box.querySelector("[data-preview]"), URL.createObjectURL(record.blob));
        const row = new Row(box);
        sending.add(row);
        line = line.then(() => handle(record, box, row));
      }
    }
  })();
})();
