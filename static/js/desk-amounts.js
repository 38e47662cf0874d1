// Whole rupiah as people type them, by the rules of expo/amounts.py: "Rp 12.500,00", "12,500", "125rb", "1,2 juta". What
// could mean two things is no amount: null, and whoever asked says so at its place.
(() => {
  const UNITS = { rb: 1e3, ribu: 1e3, k: 1e3, jt: 1e6, juta: 1e6 };
  const AMOUNT = /^(?:(?:rp|idr)\.?\s*)?(\d[\d.,\s]*?)\s*(rb|ribu|k|jt|juta)?\.?(?:[.,]-+)?$/;
  const DIVIDED = /^(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)$/;
  const MOST_LETTERS = 40;
  const MOST_DIGITS = 11;

  const whole = (digits, rest, unit) => {
    if (digits.length > MOST_DIGITS) return null;
    const places = rest.replace(/0+$/, "");
    if (unit < 10 ** places.length) return null; // parts of a rupiah
    const amount = Number(digits) * unit + (places ? Number(places) * unit / 10 ** places.length : 0);
    return Number.isSafeInteger(amount) ? amount : null;
  };

  function divided(text) {
    const plain = text.replace(/\s/g, "").replace(/[.,]+$/, "");
    const [, digits, rest] = plain.match(/^(.*)[.,](\d{1,2})$/) || [null, plain, ""];
    return DIVIDED.test(digits) ? whole(digits.replace(/[.,]/g, ""), rest, 1) : null;
  }

  function shortened(text, unit) {
    const [, digits, rest = ""] = text.trim().match(/^(\d+)(?:[.,](\d+))?$/) || [];
    if (!digits || (unit === 1e3 && rest.length >= 3)) return null;
    return whole(digits, rest, unit);
  }

  window.desk.amountIn = (text) => {
    const found = text.length <= MOST_LETTERS && text.trim().toLowerCase().match(AMOUNT);
    if (!found) return null;
    return found[2] ? shortened(found[1], UNITS[found[2]]) : divided(found[1]);
  };
})();
