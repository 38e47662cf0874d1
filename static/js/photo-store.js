// Photos of a form with data-draft stay in this browser's database until the form has been sent: phones close the page
// while their camera is open, and networks go. Without a database they live as long as the page.
window.photos = {};
(() => {
  const KEPT = 2 * 24 * 3600 * 1000; // as long as the server keeps what was not finished
  let opening;

  const open = () => opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("foto", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "id" });
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // signing out deletes it
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });

  async function run(mode, work) {
    try {
      const database = await open();
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction("photos", mode);
        const request = work(transaction.objectStore("photos"));
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } catch {
      return undefined; // a private window, or a full disk
    }
  }

  const remove = (id) => run("readwrite", (store) => store.delete(id));

  photos.store = {
    put: (record) => record.draft ? run("readwrite", (store) => store.put(record)) : undefined,
    remove,
    // Those of this form, oldest first; what is too old goes.
    async of(draft) {
      const all = await run("readonly", (store) => store.getAll()) || [];
      for (const record of all) if (Date.now() - record.at > KEPT) remove(record.id);
      return all.filter((record) => record.draft === draft && Date.now() - record.at <= KEPT)
        .sort((one, other) => one.at - other.at);
    },
  };

  document.querySelectorAll("[data-draft-done]").forEach(async (done) => {
    if (!window.indexedDB) return;
    for (const record of await photos.store.of(done.dataset.draftDone)) remove(record.id);
  });
})();
