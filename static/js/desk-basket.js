// What is being sold now: pieces of goods and free amounts. Prices follow the rules of catalog/pricing.py.
(() => {
  const { desk } = window;
  let lines = [], place = "";
  let mends = null; // the key of the sale that these lines take the place of

  const save = () => { try { sessionStorage.setItem(place, JSON.stringify({ lines, mends })); } catch { /* private mode */ } };

  function unitPrice(good, quantity) {
    const prices = [good.price];
    if (good.percent && Date.parse(good.until) > Date.now()) {
      prices.push(Math.max(1, Math.floor(good.price * (100 - good.percent) / 100)));
    }
    const reached = good.steps.filter(([least]) => least <= quantity).map(([, price]) => price);
    if (reached.length) prices.push(reached.at(-1));
    return Math.min(...prices);
  }

  desk.basket = {
    unitPrice,
    lines: () => lines,
    total: () => lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0),
    pieces: () => lines.reduce((sum, line) => sum + line.quantity, 0),
    count: (id) => lines.reduce((sum, line) => sum + (line.id === id ? line.quantity : 0), 0),
    load(owner) {
      place = `desk:${owner}`;
      try {
        const kept = JSON.parse(sessionStorage.getItem(place) || "{}");
        [lines, mends] = [kept.lines || [], kept.mends || null];
      } catch { [lines, mends] = [[], null]; }
    },
    add(good) {
      const line = lines.find((one) => one.id === good.id);
      if (line) desk.basket.change(line, line.quantity + 1);
      else {
        const { id, product, variant, name, label } = good;
        lines.push({ id, product, variant, name, label, good, quantity: 1, unit_price: unitPrice(good, 1) });
        save();
      }
    },
    addFree(amount, name, category) {
      lines.push({ id: `free-${Date.now()}`, name, category, label: "", quantity: 1, unit_price: amount, agreed: true });
      save();
    },
    change(line, quantity) {
      line.quantity = Math.min(quantity, 9999);
      if (quantity <= 0) {
        lines = lines.filter((one) => one !== line);
        if (!lines.length) mends = null;
      }
      else if (!line.agreed) line.unit_price = unitPrice(line.good, line.quantity);
      save();
    },
    // The lines of a sale that is to be mended, at the prices of then.
    take(sale, goods) {
      mends = sale.key;
      lines = sale.lines.map((line, place) => (
        { label: "", ...line, id: line.id || `free-${place}`, good: goods.find((good) => good.id === line.id), agreed: true }));
      save();
    },
    // What seller and buyer agreed on; from then on the price no longer follows the quantity.
    agree(line, price) { line.unit_price = price; line.agreed = true; save(); },
    mends: () => mends,
    clear() { [lines, mends] = [[], null]; save(); },
  };
})();
