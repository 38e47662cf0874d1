// What becomes of a sale that stands aside: it is sent again, mended as a new sale, or thrown away with a reason that the
// server keeps. Nothing leaves the list unseen.
(() => {
  const { desk } = window;
  const dialog = document.querySelector("[data-drop]");
  if (!dialog) return;
  const part = (name) => dialog.querySelector(`[data-drop-${name}]`);
  let dropping = null;

  const what = (sale) => sale.lines.map((line) => `${line.quantity} × ${line.label ? `${line.name}, ${line.label}` : line.name}`).join(", ");

  async function drop(sale, reason, replacedBy = null) {
    await desk.store.put({ ...sale, state: "discarding", failures: 0, refusal: sale.reason || "", reason, replaced_by: replacedBy });
  }

  desk.aside = {
    what,
    // The sale that the basket mends as it is now, if it does.
    async mended() { return desk.basket.mends() ? await desk.store.sale(desk.basket.mends()) : undefined; },
    async again(sale) {
      await desk.store.put({ ...sale, state: "queued", reason: "", failures: 0, after: sale.state === "refused" ? null : sale.after });
    },
    ask(sale) {
      dropping = sale;
      part("what").textContent = `${what(sale)} · ${desk.rupiah(sale.amount)} · ${desk.moment(sale.sold_at)}`;
      part("reason").value = "";
      part("problem").textContent = "";
      dialog.showModal();
    },
    // Its goods into the basket: what is finished next takes its place, at its time. Meanwhile nobody sends it.
    async mend(sale) {
      if (desk.basket.pieces() && !desk.basket.mends()) return false;
      const now = await desk.store.sale(sale.key);
      if (!["queued", "refused"].includes(now?.state)) { await desk.changed(); return true; }
      await desk.store.put({ ...now, state: "refused" });
      desk.basket.take(now, desk.data().goods);
      await desk.changed();
      desk.pay.open(now);
      return true;
    },
    // Whether a sale may be sent: what it takes the place of has to be thrown away first, and must not be recorded.
    async isFree(sale) {
      const old = sale.after && await desk.store.sale(sale.after);
      if (!old || old.state === "discarded") return true;
      if (old.state === "sent") {
        await desk.store.put({ ...sale, state: "refused", reason: desk.word("was-recorded", { number: old.number || desk.number(old.key) }) });
      } else if (old.state !== "discarding") {
        await drop(old, desk.word("mended", { number: desk.number(sale.key) }), sale.key);
      }
      return false;
    },
  };

  part("yes").addEventListener("click", async () => {
    const reason = part("reason").value.trim();
    part("problem").textContent = reason ? "" : desk.word("no-reason");
    if (!reason) { part("reason").focus(); return; }
    await drop(dropping, reason);
    dialog.close();
    await desk.changed();
    desk.queue.send();
  });
})();
