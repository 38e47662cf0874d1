// Sends what was sold, each sale until the server has answered for it. Its key makes sending twice harmless; a sale
// leaves the queue only when it is recorded, or when its seller throws it away, which is told to the server as well. One
// that always fails stands aside: the others go on, and it is tried last.
(() => {
  const { desk } = window;
  const WAITS = [2, 5, 15, 30, 60, 120, 300]; // seconds
  const PATIENCE = 20_000;
  let addresses, token, timer, failures = 0, running = null;

  class Stop extends Error {} // no use in going on now: the message is the new state
  class Aside extends Error {} // this one failed, the next may not: the message is the server's answer

  const options = (more) => ({
    credentials: "same-origin", redirect: "manual", cache: "no-store",
    ...(AbortSignal.timeout ? { signal: AbortSignal.timeout(PATIENCE) } : {}), ...more,
  });

  async function ask(address, more) {
    let response;
    try {
      response = await fetch(address, options(more));
    } catch {
      throw new Stop("offline");
    }
    if (response.type === "opaqueredirect") throw new Stop("signed-out");
    return response;
  }

  // The goods of now, the token, and whose session this is.
  async function refresh() {
    const response = await ask(addresses.data);
    if (response.status === 403) throw new Stop("denied");
    if (!response.ok) throw new Stop("troubled");
    const data = await response.json();
    token = data.csrf;
    delete data.csrf;
    return data;
  }

  function message(sale) {
    const { key, owner, way, given, sold_at, lines } = sale;
    const said = ({ product, variant, name, category, unit_price, quantity }) =>
      product ? { product, variant, unit_price, quantity } : { name, category, unit_price, quantity };
    return JSON.stringify({ key, owner, way, given, sold_at, sent_at: new Date().toISOString(), lines: lines.map(said) });
  }

  function goodbye(sale) {
    const { key, owner, way, amount, sold_at, refusal, reason, replaced_by } = sale;
    const what = desk.aside.what(sale);
    return JSON.stringify({ key, owner, way, amount, sold_at, sent_at: new Date().toISOString(), what, refusal, reason, replaced_by });
  }

  const post = (sale) => ask(sale.state === "discarding" ? addresses.discard : addresses.delivery, {
    method: "POST", body: sale.state === "discarding" ? goodbye(sale) : message(sale), headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  });

  async function deliver(sale) {
    let response = await post(sale);
    if (response.status === 403) {
      await refresh();
      response = await post(sale);
      if (response.status === 403) throw new Stop("denied");
    }
    if ([429, 502, 503, 504].includes(response.status)) throw new Stop("troubled"); // the server as a whole
    if (![200, 409, 422].includes(response.status)) throw new Aside(response.status);
    const said = await response.json();
    if (said.state === "owner") throw new Stop("switched");
    if (said.state === "recorded") {
      Object.assign(sale, { state: "sent", reason: "", number: said.number, url: said.url, short: said.short });
    } else if (said.state === "discarded") {
      sale.state = "discarded";
    } else {
      Object.assign(sale, { state: "refused", reason: said.reason });
    }
    await desk.store.put(sale);
  }

  // Whether it was answered; one that failed keeps why, and is tried again later.
  async function tried(sale) {
    try {
      await deliver(sale);
      return true;
    } catch (error) {
      if (!(error instanceof Aside)) throw error;
      const failures = (sale.failures || 0) + 1;
      const told = sale.state === "queued" ? { reason: desk.word("failed", { status: error.message }) } : {};
      const now = await desk.store.sale(sale.key);
      if (now?.state === sale.state) await desk.store.put({ ...sale, ...told, failures }); // its seller decided meanwhile
      return false;
    }
  }

  async function work() {
    const who = await desk.store.who();
    if (!who) throw new Stop("signed-out");
    const waiting = (await desk.store.of(who.owner)).filter((sale) => ["queued", "discarding"].includes(sale.state)).reverse();
    const rank = (sale) => 2 * (sale.failures || 0) + Boolean(sale.after); // what takes a place comes after what leaves it
    waiting.sort((one, other) => rank(one) - rank(other));
    if (!waiting.length && token) return "online";
    const data = await refresh();
    if (data.owner !== who.owner) throw new Stop("switched");
    await desk.store.keepData(data);
    desk.queue.onData(data);
    let aside = 0;
    for (const sale of waiting) {
      const now = await desk.store.sale(sale.key); // thrown away while others were sent?
      if (now?.state === sale.state && !(await desk.aside.isFree(now) && await tried(now))) aside += 1;
      desk.queue.onChange("sending");
    }
    await desk.store.prune(who.owner);
    return aside ? "aside" : "online";
  }

  function later() {
    clearTimeout(timer);
    const wait = WAITS[Math.min(failures++, WAITS.length - 1)] * 1000;
    timer = setTimeout(() => desk.queue.send(), wait * (0.75 + Math.random() / 2));
  }

  // One sender at a time in this browser, whatever number of tabs is open.
  const alone = (job) => navigator.locks ? navigator.locks.request("kasir-kirim", job) : job();

  async function run() {
    clearTimeout(timer);
    let state;
    try {
      state = await alone(work);
      if (state === "aside") later();
      else failures = 0;
    } catch (error) {
      state = error instanceof Stop ? error.message : "troubled";
      if (["offline", "troubled"].includes(state)) later();
    }
    desk.queue.onChange(state);
  }

  desk.queue = {
    onChange() {},
    onData() {},
    start(given) {
      addresses = given;
      addEventListener("online", () => { failures = 0; desk.queue.renew(); });
      addEventListener("offline", () => desk.queue.onChange("offline"));
      document.addEventListener("visibilitychange", () => { if (!document.hidden) desk.queue.renew(); });
      return desk.queue.renew();
    },
    // Asks for the goods again, too.
    renew() { token = ""; return desk.queue.send(); },
    // What is asked for while sending goes on is done right after it.
    send() {
      running = running ? running.then(run) : run();
      const mine = running;
      mine.finally(() => { if (running === mine) running = null; });
      return mine;
    },
  };
})();
