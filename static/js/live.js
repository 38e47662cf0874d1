// Asks for the newest figures while somebody can see them: a hidden tab asks for nothing, and without this script the
// page has a link that loads it again.
(() => {
  let asked = Date.now();
  const ask = () => {
    const live = document.getElementById("live");
    const pause = Number(live?.dataset.live) * 1000;
    if (!pause || document.hidden || Date.now() - asked < pause) return;
    asked = Date.now();
    htmx.trigger(live, "refresh");
  };
  setInterval(ask, 1000);
  document.addEventListener("visibilitychange", ask);
})();
