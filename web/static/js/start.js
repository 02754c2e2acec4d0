// The one door of our scripts: linli.each(selector, set_up) runs once for every element, also for those htmx brings later.
window.linli = (() => {
  const jobs = [];
  const seen = new WeakMap();
  const wechat = /MicroMessenger/i.test(navigator.userAgent);
  const abilities = {
    script: true,
    print: typeof window.print === "function" && !wechat,
    reload: true,
    copy: Boolean(navigator.clipboard || document.queryCommandSupported?.("copy")),
    share: typeof navigator.share === "function",
    speech: "speechSynthesis" in window && !wechat,
    voice: "webkitSpeechRecognition" in window && !wechat,
  };

  function run(job, root) {
    const found = [...root.querySelectorAll(job.selector)];
    if (root.matches?.(job.selector)) found.unshift(root);
    for (const element of found) {
      const done = seen.get(element) || new Set();
      if (done.has(job)) continue;
      seen.set(element, done.add(job));
      job.work(element);
    }
  }

  function each(selector, work) {
    const job = { selector, work };
    jobs.push(job);
    if (document.readyState !== "loading") run(job, document.body);
  }

  function say(button, words) {
    const place = button.querySelector("span") || button;
    if (button.dataset.said === undefined) button.dataset.said = place.textContent;
    place.textContent = words ?? button.dataset.said;
    if (words === undefined || words === null) delete button.dataset.said;
  }

  // Every act has a name of its own, also where the browser is old or the address is not a secure one.
  const newKey = () => crypto.randomUUID?.() || "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  const show = (root) => jobs.forEach((job) => run(job, root));
  document.addEventListener("DOMContentLoaded", () => show(document.body));
  document.addEventListener("htmx:load", (event) => show(event.detail.elt));

  // A button that needs something of the phone is hidden until the phone is known to have it.
  each("[data-needs]", (element) => { element.hidden = !abilities[element.dataset.needs]; });
  each("[data-focus]", (element) => element.focus());
  // At a desk there is room for what a phone folds away.
  const wide = () => matchMedia("(min-width: 56.25em)").matches;
  each("details[data-open-wide]", (element) => { if (wide()) element.open = true; });
  return { each, show, say, wide, wechat, abilities, newKey, fill: (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]) };
})();
