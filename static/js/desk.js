// The app of the cash desk: the grid of goods, the basket's bar, and what became of each sale. It works from what
// desk-store.js keeps, so that it is the same with and without a network; the plain form below it is for browsers
// without JavaScript or without a database.
(() => {
  const { desk } = window;
  const root = document.querySelector("[data-desk]");
  if (!root || !window.indexedDB) return;
  const { dataset } = root;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const digits = new Intl.NumberFormat(dataset.language === "en" ? "en-US" : "id-ID");
  const clock = new Intl.DateTimeFormat(dataset.language === "en" ? "en-GB" : "id-ID", {
    dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Jakarta",
  });
  const SHOWN = 120; // tiles; more are found by searching
  let who = null, data = null, state = "", sales = [];

  desk.addresses = { data: dataset.data, delivery: dataset.delivery, discard: dataset.discard, qris: dataset.qris };
  desk.number_ = (amount) => digits.format(amount);
  desk.rupiah = (amount) => `${amount < 0 ? "-" : ""}Rp${digits.format(Math.abs(amount))}`;
  desk.moment = (iso) => `${clock.format(new Date(iso))} WIB`;
  desk.word = (name, values = {}) => root.querySelector(`[data-word="${name}"]`).textContent
    .replace(/\{(\w+)\}/g, (_whole, key) => values[key]);
  desk.clone = (name) => root.querySelector(`template[data-template="${name}"]`).content.firstElementChild.cloneNode(true);
  desk.data = () => data;

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 64;
    bytes[8] = bytes[8] & 63 | 128;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // Pieces that were sold here and that the server does not know of yet, by good.
  function untold() {
    const pieces = new Map();
    for (const sale of sales) {
      if (sale.state !== "queued") continue;
      for (const { id, quantity } of sale.lines) pieces.set(id, (pieces.get(id) || 0) + quantity);
    }
    return pieces;
  }

  // What changes while selling: how many are in the basket, and the stock less what waits to be told.
  function renewTile(item, good, pieces) {
    const stock = good.stock === null ? null : good.stock - (pieces.get(good.id) || 0);
    const count = desk.basket.count(good.id);
    const told = item.querySelector("[data-stock]");
    told.textContent = stock === null ? desk.word("to-order") : stock > 0 ? desk.word("stock", { n: desk.number_(stock) }) : desk.word("no-stock");
    told.classList.toggle("tile__stock--none", stock !== null && (stock <= 0 || stock < count));
    const badge = item.querySelector("[data-count]");
    badge.hidden = !count;
    badge.textContent = count;
  }

  function tile(good) {
    const item = desk.clone("tile");
    item.querySelector("[data-name]").textContent = good.label ? `${good.name}, ${good.label}` : good.name;
    item.querySelector("[data-price]").textContent = desk.rupiah(desk.basket.unitPrice(good, 1));
    if (good.photo) {
      const photo = new Image();
      photo.alt = "";
      photo.loading = "lazy";
      photo.src = good.photo;
      photo.onerror = () => photo.remove();
      item.querySelector("[data-photo]").append(photo);
    }
    item.querySelector("button").dataset.good = good.id;
    return item;
  }

  function drawGoods() {
    const wanted = part("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const text = (good) => `${good.name} ${good.label} ${good.sku}`.toLowerCase();
    const found = data.goods.filter((good) => wanted.every((one) => text(good).includes(one)));
    const focused = document.activeElement?.dataset?.good;
    part("goods").replaceChildren(...found.slice(0, SHOWN).map(tile));
    part("none").hidden = found.length > 0 || !data.goods.length;
    part("too-many").hidden = found.length <= SHOWN;
    part("search-box").hidden = data.goods.length < 7;
    if (focused) part("goods").querySelector(`[data-good="${CSS.escape(focused)}"]`)?.focus();
    desk.drawBasket();
  }

  desk.drawBasket = () => {
    const pieces = desk.basket.pieces();
    part("bar").hidden = !pieces;
    part("pieces").textContent = desk.word("pieces", { n: pieces });
    part("total").textContent = desk.rupiah(desk.basket.total());
    const waiting = untold();
    const goods = new Map(data.goods.map((good) => [good.id, good]));
    for (const item of part("goods").children) {
      renewTile(item, goods.get(item.querySelector("[data-good]").dataset.good), waiting);
    }
  };

  function saleRow(sale) {
    const item = desk.clone("sale");
    const set = (name) => item.querySelector(`[data-sale-${name}]`);
    set("what").textContent = desk.aside.what(sale);
    set("amount").textContent = desk.rupiah(sale.amount);
    set("state").textContent = desk.word(`state-${sale.state}`);
    set("state").classList.add(`badge--${{ queued: "highlight", sent: "success", refused: "danger", discarding: "highlight", discarded: "board" }[sale.state]}`);
    set("moment").textContent = desk.moment(sale.sold_at);
    const short = (sale.short || []).map((one) => desk.word("short", { name: one.name, n: one.pieces }));
    set("reason").textContent = [sale.reason, ...short].filter(Boolean).join(" ");
    set("refused").hidden = sale.state !== "refused" && !(sale.state === "queued" && sale.failures);
    set("receipt").addEventListener("click", () => desk.receipt.show(sale, data));
    set("again").addEventListener("click", async () => {
      await desk.aside.again(sale);
      await change();
      desk.queue.send();
    });
    set("mend").addEventListener("click", async () => { if (!await desk.aside.mend(sale)) alert(desk.word("basket-first")); });
    set("drop").addEventListener("click", () => desk.aside.ask(sale));
    return item;
  }

  function drawNet(all) {
    const waiting = sales.filter((sale) => ["queued", "discarding"].includes(sale.state)).length;
    const refused = sales.filter((sale) => sale.state === "refused").length;
    const shown = !navigator.onLine && !["signed-out", "switched"].includes(state) ? "offline" : state;
    root.dataset.net = shown;
    part("net-text").textContent = [
      shown ? desk.word(`net-${shown}`) : "",
      waiting ? desk.word("waiting", { n: waiting }) : shown === "online" ? desk.word("nothing-waits") : "",
      refused ? desk.word("refused", { n: refused }) : "",
    ].filter(Boolean).join(" · ");
    part("send").hidden = !waiting || ["signed-out", "switched"].includes(shown);
    part("sign-in").hidden = shown !== "signed-out";
    part("reload").hidden = shown !== "switched";
    const others = all.filter((sale) => desk.store.isOpen(sale) && sale.owner !== who?.owner);
    part("others").hidden = !others.length;
    part("others").textContent = others.length ? desk.word("others", { n: others.length }) : "";
  }

  async function change(news) {
    if (news) state = news;
    const all = await desk.store.all();
    sales = who ? await desk.store.of(who.owner) : [];
    drawNet(all);
    const open = sales.filter(desk.store.isOpen);
    part("sales").replaceChildren(...[...open, ...sales.filter((sale) => !desk.store.isOpen(sale)).slice(0, 10)].map(saleRow));
    part("sales-box").hidden = !sales.length;
    if (data) desk.drawBasket();
  }

  desk.changed = () => change();

  function take(found) {
    data = found;
    root.querySelector("[data-app]").hidden = false;
    part("loading").hidden = part("empty").hidden = true;
    part("place").textContent = data.booth ? `${data.booth.number} · ${data.exhibitor} · ${data.booth.edition}` : data.exhibitor;
    part("refusal").textContent = data.refusal;
    part("refusal").hidden = !data.refusal;
    part("open-free").hidden = Boolean(data.refusal);
    part("category").replaceChildren(...data.categories.map((one) => new Option(one.name, one.slug)));
    drawGoods();
    change();
  }

  desk.finish = async ({ way, given }) => {
    const lines = desk.basket.lines().map(({ good, agreed, ...line }) => line);
    const mended = await desk.aside.mended();
    const sale = {
      key: uuid(), owner: who.owner, exhibitor: who.exhibitor, state: "queued", reason: "", way, given, lines,
      amount: desk.basket.total(), sold_at: mended?.sold_at || new Date().toISOString(), after: mended?.key || null,
    };
    await desk.store.put(sale); // only what is on the disk is sold
    if (mended) await desk.aside.isFree(sale);
    desk.basket.clear();
    await change();
    desk.receipt.show(sale, data);
    desk.queue.send();
    navigator.storage?.persist?.();
  };

  function listen() {
    part("goods").addEventListener("click", (event) => {
      const id = event.target.closest("[data-good]")?.dataset.good;
      if (!id) return;
      desk.basket.add(data.goods.find((good) => good.id === id));
      desk.drawBasket();
    });
    part("search").addEventListener("input", drawGoods);
    part("open-pay").addEventListener("click", () => desk.pay.open());
    part("empty-basket").addEventListener("click", () => { desk.basket.clear(); desk.drawBasket(); });
    part("send").addEventListener("click", () => desk.queue.send());
    part("reload").addEventListener("click", () => location.assign(dataset.page));
    part("open-free").addEventListener("click", () => part("free").showModal());
    root.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", () => button.closest("dialog").close()));
    part("add-free").addEventListener("click", () => {
      const amount = desk.amountIn(part("free-amount").value);
      part("free-problem").textContent = amount ? "" : desk.word("no-amount");
      if (!amount) return;
      const category = part("category");
      desk.basket.addFree(amount, part("free-name").value.trim() || category.selectedOptions[0]?.text || "", category.value);
      part("free-amount").value = part("free-name").value = "";
      part("free").close();
      desk.drawBasket();
    });
  }

  async function begin() {
    if (dataset.owner) await desk.store.setWho(dataset.owner, dataset.exhibitor);
    who = await desk.store.who() || null;
    const kept = who && await desk.store.data(who.owner);
    if (who) desk.basket.load(who.owner);
    listen();
    root.hidden = false;
    document.querySelectorAll("[data-desk-plain]").forEach((plain) => plain.remove());
    if (kept) take(kept);
    desk.queue.onChange = change;
    desk.queue.onData = take;
    navigator.serviceWorker?.register(dataset.worker, { scope: dataset.page, updateViaCache: "none" }).catch(() => {});
    await change(who ? "" : "signed-out");
    await desk.queue.start(desk.addresses);
    part("loading").hidden = true;
    part("empty").hidden = Boolean(data);
  }

  begin().catch(() => { root.hidden = true; });
})();
