// The app on the home screen: its service worker, the word that a newer version waits, and how to install it.
(() => {
  const strip = () => document.getElementById("update");

  function waiting(worker) {
    const place = strip();
    if (!place) return;
    place.hidden = false;
    place.querySelector("[data-update]").addEventListener("click", () => worker.postMessage({ type: "SKIP_WAITING" }), { once: true });
  }

  async function register() {
    const address = strip()?.dataset.worker;
    // WeChat's browser has no use for a worker and some versions break with one.
    if (!address || linli.wechat || navigator.onLine === false || !("serviceWorker" in navigator)) return;
    const entry = await navigator.serviceWorker.register(address);
    if (entry.waiting && navigator.serviceWorker.controller) waiting(entry.waiting);
    entry.addEventListener("updatefound", () => {
      const fresh = entry.installing;
      fresh.addEventListener("statechange", () => {
        if (fresh.state === "installed" && navigator.serviceWorker.controller) waiting(fresh);
      });
    });
    let changed = false;
    const had = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (had && !changed) { changed = true; location.reload(); }
    });
  }
  // The page comes first; the worker fetches its own files when the phone has nothing else to do. Whoever works here may
  // be in a stairwell after the next tap, and goes from page to page faster than a stranger reads.
  const patience = () => (document.body.dataset.account ? 0 : 2000);
  window.addEventListener("load", () => setTimeout(() => register().catch(() => {}), patience()));

  const installed = () => window.matchMedia("(display-mode: standalone)").matches || navigator.standalone;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-install]").forEach((place) => {
      place.hidden = false;
      place.querySelector("button").addEventListener("click", () => { event.prompt(); place.hidden = true; }, { once: true });
    });
  });
  linli.each("[data-install-ios]", (place) => {
    place.hidden = !(/iPhone|iPad/.test(navigator.userAgent) && !linli.wechat && !installed());
  });
})();
