// Scanning in the page: [data-scan] is the address that a code here begins with. Where the browser has no reader of its own,
// the one of [data-engine] is fetched.
(() => {
  async function reader(engine) {
    const own = "BarcodeDetector" in window && (await window.BarcodeDetector.getSupportedFormats().catch(() => [])).includes("qr_code");
    if (own) {
      const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      return { read: async (video) => (await detector.detect(video))[0]?.rawValue, close() {} };
    }
    const worker = new Worker(engine);
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    let number = 0;
    const read = (video) => new Promise((done, fail) => {
      const shrink = Math.min(1, 640 / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * shrink);
      canvas.height = Math.round(video.videoHeight * shrink);
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const data = pen.getImageData(0, 0, canvas.width, canvas.height);
      worker.onmessage = (event) => { if (event.data.id === number) done(event.data.data); };
      worker.onerror = fail;
      number += 1;
      worker.postMessage({ id: number, type: "decode", data }, [data.data.buffer]);
    });
    return { read, close: () => worker.terminate() };
  }

  const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

  linli.each("[data-scan]", (button) => {
    if (!navigator.mediaDevices?.getUserMedia || linli.wechat) return;
    button.hidden = false;
    // Where the browser has no reader of its own the house's is fetched now, while there is a network.
    if (!("BarcodeDetector" in window)) fetch(button.dataset.engine).catch(() => {});
    let stop;
    const note = Object.assign(document.createElement("p"), { className: "hint" });
    note.setAttribute("role", "status");

    // What was scanned leads on only where it is a code of this activity; another one is said and the camera stays open.
    function good(text) {
      try {
        const url = new URL(text);
        return url.pathname === button.dataset.scan && url.searchParams.get("seen") ? url.pathname + url.search : "";
      } catch {
        return "";
      }
    }

    // Without a network what was read stays in the form; the house judges it by when it was read.
    async function go(onward) {
      const there = await fetch(onward, { cache: "no-store", signal: AbortSignal.timeout?.(4000) }).catch(() => null);
      const place = document.querySelector("form[data-outbox] input[name=code]:not([type=hidden])");
      if (there || !place) { location.assign(onward); return; }
      place.value = new URL(onward, location).searchParams.get("seen");
      place.closest(".field").hidden = true;
      button.hidden = true;
      button.after(note);
      note.textContent = button.dataset.held;
      place.form.querySelector("button:not([type=button])").focus();
    }

    async function scan() {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      const video = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true, className: "scanning" });
      let on = true;
      const eyes = await reader(button.dataset.engine);
      stop = () => { on = false; stream.getTracks().forEach((one) => one.stop()); eyes.close(); video.remove(); linli.say(button); stop = null; };
      button.before(video);
      button.after(note);
      linli.say(button, button.dataset.stop);
      await video.play();
      while (on) {
        const text = await eyes.read(video).catch(() => "");
        if (on && text) {
          const onward = good(text);
          if (onward) { stop(); await go(onward); return; }
          note.textContent = button.dataset.other;
        }
        await pause(150);
      }
    }

    button.addEventListener("click", () => {
      if (stop) { stop(); return; }
      scan().catch(() => { stop?.(); button.after(note); note.textContent = button.dataset.failed; });
    });
  });
})();
