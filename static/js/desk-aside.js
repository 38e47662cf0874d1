// What becomes of a sale that stands aside: it is sent again, mended as a new sale, or thrown away with a reason that the
// server keeps. Nothing leaves the list unseen.
(() => {
  const { desk } = window;
  const dialog = document.querySelector("[data-drop]");
  if (!dialog) return;
  const part = (name) => dialog.querySelector(`[data-drop-${name}]`);
  let dropping = null, mended = null;

  const what = (sale) => sale.lines.map((line) => `${line.quantity} × ${line.label ? `${line.name}, ${line.label}` : line.name}`).join(", ");

  async function drop(sale, reason, replacedBy = null) {
    await desk.store.put({ ...sale, state: "discarding", refusal: sale.reason || "", reason, replaced_by: replacedBy });
  }

  desk.aside = {
    what,
    // The sale that the basket mends, if it does.
    mended: () => mended,
    forget() { mended = null; },
    async again(sale) {
      await desk.store.put({ ...sale, state: "queued", reason: "", failures: 0 });
    },
    ask(sale) {
      dropping = sale;
      part("what").textContent = `${what(sale)} · ${desk.rupiah(sale.amount)} · ${desk.moment(sale.sold_at)}`;
      part("reason").value = "";
      part("problem").textContent = "";
      dialog.showModal();
    },
    // Its goods into the basket: what is finished next takes its place, at its time.
    mend(sale) {
      if (desk.basket.pieces() && !mended) return false;
      mended = sale;
      desk.basket.take(sale.lines, desk.data().goods);
      desk.pay.open(sale);
      return true;
    },
    async replace(sale) {
      if (mended) await drop(mended, desk.word("mended", { number: desk.number(sale.key) }), sale.key);
      mended = null;
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
