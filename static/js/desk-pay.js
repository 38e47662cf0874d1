// The dialog in which a sale is finished: quantities, agreed prices, the way of paying, the change.
(() => {
  const { desk } = window;
  const dialog = document.querySelector("[data-pay]");
  if (!dialog) return;
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const way = () => dialog.querySelector("[name=way]:checked").value;
  const given = () => desk.amountIn(part("given").value);

  function row(line) {
    const item = desk.clone("line");
    const set = (name) => item.querySelector(`[data-line-${name}]`);
    set("name").textContent = line.label ? `${line.name}, ${line.label}` : line.name;
    set("quantity").textContent = line.quantity;
    set("amount").textContent = desk.rupiah(line.unit_price * line.quantity);
    set("price").value = desk.number_(line.unit_price);
    set("price").addEventListener("change", () => {
      const price = desk.amountIn(set("price").value);
      line.unclear = price === null ? set("price").value : undefined; // stays as it was typed, marked
      if (price !== null) desk.basket.agree(line, price);
      render();
    });
    if (line.unclear !== undefined) {
      set("price").value = line.unclear;
      set("price").setAttribute("aria-invalid", "true");
      set("problem").textContent = desk.word("no-amount");
    }
    set("less").addEventListener("click", () => { desk.basket.change(line, line.quantity - 1); render(); });
    set("more").addEventListener("click", () => { desk.basket.change(line, line.quantity + 1); render(); });
    return item;
  }

  function money() {
    const total = desk.basket.total();
    const paid = given();
    const missing = way() === "cash" && paid !== null && paid < total;
    part("back-row").hidden = way() !== "cash" || paid === null || missing;
    part("back").textContent = desk.rupiah((paid ?? total) - total);
    const unclear = way() === "cash" && paid === null && part("given").value.trim() !== "";
    part("given").setAttribute("aria-invalid", unclear);
    part("given-problem").textContent = unclear ? desk.word("no-amount") : "";
    part("problem").textContent = missing ? desk.word("not-enough") : "";
    part("finish").disabled = missing || unclear || total <= 0 || desk.basket.lines().some((line) => line.unclear !== undefined);
    part("finish").textContent = desk.word("finish", { amount: desk.rupiah(total) });
  }

  // Notes that come next above the total: what buyers hold out.
  function notes(total) {
    const above = [5_000, 10_000, 20_000, 50_000, 100_000].map((note) => Math.ceil(total / note) * note);
    return [...new Set(above)].filter((amount) => amount > total).sort((one, other) => one - other).slice(0, 3);
  }

  function panels() {
    const data = desk.data();
    const total = desk.basket.total();
    dialog.querySelectorAll("[data-panel]").forEach((panel) => { panel.hidden = panel.dataset.panel !== way(); });
    part("notes").replaceChildren(...[total, ...notes(total)].map((amount, position) => {
      const button = Object.assign(document.createElement("button"), {
        type: "button", className: "btn btn--plain btn--small",
        textContent: position ? desk.rupiah(amount) : desk.word("exact"),
      });
      button.addEventListener("click", () => { part("given").value = desk.number_(amount); money(); });
      return button;
    }));
    part("qris-amount").textContent = part("transfer-amount").textContent = desk.rupiah(total);
    part("no-qris").hidden = Boolean(data.qris);
    part("qris-box").hidden = !data.qris;
    if (data.qris && way() === "qris") showQris(data.qris, total);
    part("no-bank").hidden = Boolean(data.bank);
    part("bank").textContent = data.bank ? `${data.bank[0]} ${data.bank[1]}\n${data.bank[2]}` : "";
  }

  // With the amount inside where that is switched on and the network is there; else the buyer types it.
  function showQris(qris, total) {
    const picture = part("qris");
    part("merchant").textContent = qris.merchant;
    const plain = () => { picture.onerror = null; picture.src = qris.picture; part("type-it").hidden = false; };
    if (!qris.embeds || !navigator.onLine) { plain(); return; }
    part("type-it").hidden = true;
    picture.onerror = plain;
    picture.src = `${desk.addresses.qris}?jumlah=${total}`;
  }

  function render() {
    const lines = desk.basket.lines();
    part("lines").replaceChildren(...lines.map(row));
    if (!lines.length) { dialog.close(); return; }
    panels();
    money();
    desk.drawBasket();
  }

  part("given").addEventListener("input", money);
  dialog.addEventListener("change", (event) => { if (event.target.name === "way") { panels(); money(); } });
  dialog.addEventListener("close", () => desk.drawBasket());
  part("finish").addEventListener("click", async () => {
    part("finish").disabled = true;
    try {
      await desk.finish({ way: way(), given: way() === "cash" ? given() : null });
      dialog.close();
    } catch {
      part("problem").textContent = desk.word("not-kept");
      part("finish").disabled = false;
    }
  });

  desk.pay = {
    // ``sale``: one that is to be mended.
    open(sale = null) {
      for (const line of desk.basket.lines()) delete line.unclear;
      part("given").value = sale?.given ? desk.number_(sale.given) : "";
      dialog.querySelector(`[name=way][value=${sale?.way || "cash"}]`).checked = true;
      render();
      if (desk.basket.lines().length) dialog.showModal();
    },
  };
})();
