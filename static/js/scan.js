// Scans a recap's QR code with the camera where the browser reads QR codes itself. Elsewhere the phone's own camera
// opens the code as a link, and a photo of it can be sent with the form below.
(async () => {
  const button = document.querySelector("[data-scan]");
  const dialog = document.querySelector("[data-scan-dialog]");
  if (!button || !window.BarcodeDetector || !navigator.mediaDevices?.getUserMedia) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;

  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = dialog.querySelector("video");
  const hint = dialog.querySelector("[role=status]");
  const aim = hint.textContent;
  let stream = null;

  // Only the code is taken out of what was scanned: whatever address stands around it, we stay on this site.
  const codeIn = (text) => {
    try {
      const url = new URL(text, location.href);
      if (url.origin !== location.origin) return null;
      return url.pathname.match(/^(?:\/en)?\/verifikasi\/([^/]{9,20})\/?$/)?.[1] ?? null;
    } catch {
      return null;
    }
  };

  async function look() {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    if (!stream) return;
    const code = found.map((each) => codeIn(each.rawValue)).find(Boolean);
    if (code) {
      const form = button.form;
      form.elements.kode.value = decodeURIComponent(code);
      dialog.close();
      form.requestSubmit();
      return;
    }
    hint.textContent = found.length ? hint.dataset.foreign : aim;
    setTimeout(look, 200);
  }

  function stop() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    hint.textContent = aim;
    dialog.showModal();
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (!dialog.open) { opened.getTracks().forEach((track) => track.stop()); return; }
      stream = opened;
      video.srcObject = stream;
      await video.play();
      look();
    } catch {
      hint.textContent = hint.dataset.denied;
      stop();
    }
  });
  dialog.querySelector("[data-scan-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stop);
})();
