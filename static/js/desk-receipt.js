// The receipt of a sale, also before the server knows of it: on the screen, for a narrow printer, for WhatsApp.
(() => {
  const { desk } = window;
  const label = (line) => line.label ? `${line.name}, ${line.label}` : line.name;

  desk.number = (key) => `K-${key.replaceAll("-", "").slice(0, 8).toUpperCase()}`;

  function words(sale, data) {
    const { rupiah, word, moment } = desk;
    const text = [data.exhibitor];
    if (data.booth) text.push(`${data.booth.number} · ${data.booth.edition}`);
    text.push("", desk.number(sale.key), moment(sale.sold_at), "");
    for (const line of sale.lines) {
      text.push(label(line), `${line.quantity} × ${rupiah(line.unit_price)} = ${rupiah(line.unit_price * line.quantity)}`);
    }
    text.push("", `${word("total")}: ${rupiah(sale.amount)} (${word(`way-${sale.way}`)})`);
    if (sale.given > sale.amount) text.push(word("paid-change", { given: rupiah(sale.given), change: rupiah(sale.given - sale.amount) }));
    text.push("", word("thanks"));
    return text.join("\n");
  }

  function fill(box, sale, data) {
    const set = (name, text) => { box.querySelector(`[data-slip-${name}]`).textContent = text; };
    set("name", data.exhibitor);
    set("booth", data.booth ? `${data.booth.number} · ${data.booth.edition}` : "");
    set("number", desk.number(sale.key));
    set("moment", desk.moment(sale.sold_at));
    set("total", desk.rupiah(sale.amount));
    set("way", desk.word(`way-${sale.way}`));
    set("given", desk.rupiah(sale.given || sale.amount));
    set("change", desk.rupiah(sale.given ? sale.given - sale.amount : 0));
    box.querySelectorAll("[data-slip-back]").forEach((part) => { part.hidden = !(sale.given > sale.amount); });
    box.querySelector("[data-slip-lines]").replaceChildren(...sale.lines.map((line) => {
      const row = document.createElement("li");
      for (const text of [label(line), `${line.quantity} × ${desk.rupiah(line.unit_price)}`, desk.rupiah(line.unit_price * line.quantity)]) {
        row.append(Object.assign(document.createElement("span"), { textContent: text }));
      }
      return row;
    }));
  }

  desk.receipt = {
    show(sale, data) {
      const dialog = document.querySelector("[data-receipt]");
      fill(dialog, sale, data);
      dialog.querySelector("[data-change]").textContent = desk.rupiah(sale.given ? sale.given - sale.amount : 0);
      dialog.querySelector("[data-change-row]").hidden = !(sale.given > sale.amount);
      dialog.querySelector("[data-share]").href = `https://wa.me/?text=${encodeURIComponent(words(sale, data))}`;
      if (!dialog.open) dialog.showModal();
    },
  };
})();
