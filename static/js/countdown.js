// Lets the time that is left tick. The server's text stands there already; at the end the page is asked for anew.
(() => {
  const clocks = [...document.querySelectorAll("time[data-countdown]")];
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    for (const clock of clocks) {
      const seconds = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 1000);
      if (seconds < 0) { clearInterval(timer); setTimeout(() => location.reload(), 90_000); return; }
      if (seconds >= 172_800) continue; // days are the server's words
      clock.textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    }
  };
  const timer = clocks.length ? setInterval(tick, 1000) : 0;
  if (clocks.length) tick();
})();
