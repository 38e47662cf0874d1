// What the cash desk keeps in this browser's database: who works here, that person's goods, and the sales with their
// fate. Everything is under its owner ("person-exhibitor"); signing out leaves nothing but sales that wait.
window.desk = {};
(() => {
  const NAME = "kasir";
  const SENT_KEPT = 50;
  let opening;

  const open = () => opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore("meta", { keyPath: "name" });
      database.createObjectStore("data", { keyPath: "owner" });
      database.createObjectStore("sales", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // One transaction on one store; resolves when it is on the disk.
  async function run(name, mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: "strict" });
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  const all = () => run("sales", "readonly", (store) => store.getAll());
  const person = (owner) => owner.split("-")[0];

  desk.store = {
    who: () => run("meta", "readonly", (store) => store.get("who")),
    data: (owner) => run("data", "readonly", (store) => store.get(owner)),
    keepData: (data) => run("data", "readwrite", (store) => store.put(data)),
    put: (sale) => run("sales", "readwrite", (store) => store.put(sale)),
    sale: (key) => run("sales", "readonly", (store) => store.get(key)),
    remove: (key) => run("sales", "readwrite", (store) => store.delete(key)),
    all,
    // Its fate is still open: it is not on the server, neither as sold nor as thrown away.
    isOpen: (sale) => !["sent", "discarded"].includes(sale.state),
    async of(owner) {
      const sales = (await all()).filter((sale) => sale.owner === owner);
      return sales.sort((one, other) => one.sold_at < other.sold_at ? 1 : -1);
    },
    // From now on this person works for this exhibitor here: what others left goes, except what waits to be sent.
    async setWho(owner, exhibitor) {
      await run("meta", "readwrite", (store) => store.put({ name: "who", owner, exhibitor }));
      for (const kept of await run("data", "readonly", (store) => store.getAllKeys())) {
        if (kept !== owner) await run("data", "readwrite", (store) => store.delete(kept));
      }
      for (const sale of await all()) {
        if (!desk.store.isOpen(sale) && person(sale.owner) !== person(owner)) await desk.store.remove(sale.key);
      }
    },
    async prune(owner) {
      const sent = (await desk.store.of(owner)).filter((sale) => !desk.store.isOpen(sale));
      for (const sale of sent.slice(SENT_KEPT)) await desk.store.remove(sale.key);
    },
  };
})();
