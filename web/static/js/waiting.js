// What waits on this phone: the outbox itself is fetched only where a form may need it, or where something waits.
linli.waiting = (() => {
  const source = document.currentScript?.dataset.outbox;

  // A browser that keeps nothing (private window, full disk) must not stop the page.
  const memory = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { if (value) localStorage.setItem(name, value); else localStorage.removeItem(name); } catch { /* nothing is kept */ } },
  };

  // Whose entries these are: the account of the page; a page of the shell does not know it and asks what was last.
  function owner() {
    const account = document.body.dataset.account ?? memory.get("linli:who");
    return account || memory.get("linli:anonymous") || "";
  }

  // Whoever was here before is not any more: the session ended, or somebody else signed in. What was carried along goes
  // with the keys; what waits stays, sealed.
  function known(account) {
    const before = memory.get("linli:who");
    memory.set("linli:who", account);
    if (before && before !== account && memory.get("linli:box")) box().then((one) => one.leave(before)).catch(() => {});
  }

  // A page of the shell is the same for everybody: it takes letters and colors from the last page of the house.
  function remember() {
    const { account } = document.body.dataset;
    const look = document.documentElement.dataset;
    if (account === undefined) {
      try { Object.assign(look, JSON.parse(memory.get("linli:look") || "{}")); } catch { memory.set("linli:look", ""); }
      return;
    }
    known(account);
    memory.set("linli:look", JSON.stringify({ ...look }));
  }

  let coming;
  function box() {
    coming ??= new Promise((done, fail) => {
      const script = Object.assign(document.createElement("script"), { src: source });
      script.addEventListener("load", () => done(linli.box));
      script.addEventListener("error", () => { coming = undefined; fail(new Error("no outbox")); });
      document.head.append(script);
    });
    return coming;
  }

  const count = () => Number(memory.get(`linli:outbox:${owner()}`)) || 0;

  function say(n = count()) {
    memory.set(`linli:outbox:${owner()}`, n ? String(n) : "");
    document.querySelectorAll("[data-outbox-pill]").forEach((pill) => {
      pill.hidden = !n;
      pill.textContent = linli.fill(pill.dataset.words, { n });
    });
  }

  // Another window of this phone has written one down, or sent them all.
  window.addEventListener("storage", ({ key }) => {
    if (!key?.startsWith("linli:outbox:")) return;
    say();
    document.dispatchEvent(new CustomEvent("outbox-changed"));
  });

  // The form as the browser itself would send it, with the button that was pressed.
  function plainly(form, button) {
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    HTMLFormElement.prototype.submit.call(form);
  }

  // A file that was chosen and not sent by itself goes the browser's own way; htmx sends its forms itself.
  const able = (form) => form.matches("form[data-outbox]") && source && window.indexedDB;
  const files = (form) => [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  const take = (form, button) => box().then((one) => one.take(form, button), () => plainly(form, button));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!able(form) || form.hasAttribute("hx-post") || files(form)) return;
    event.preventDefault();
    take(form, event.submitter);
  });
  const pressed = (event) => event.detail.requestConfig?.triggeringEvent?.submitter;
  for (const lost of ["htmx:beforeRequest", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(lost, (event) => {
      if (!able(event.detail.elt) || (lost === "htmx:beforeRequest" && navigator.onLine !== false)) return;
      event.preventDefault();
      take(event.detail.elt, pressed(event));
    });
  }

  // Signing out says first how many would wait for the next sign-in; then the keys of the box leave the phone.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-sign-out]") || !memory.get("linli:box")) return;
    event.preventDefault();
    const note = form.querySelector("[data-sign-out-note]");
    if (count() && note?.hidden) {
      event.stopPropagation();
      note.textContent = linli.fill(note.dataset.words, { n: count() });
      note.hidden = false;
      linli.say(form.querySelector("button"), note.dataset.anyway);
      return;
    }
    const wait = new Promise((done) => { setTimeout(done, 2000); });
    Promise.race([box().then((one) => one.leave()), wait]).catch(() => {}).finally(() => plainly(form));
  }, true);

  linli.each("form[data-outbox]", (form) => {
    if (form.dataset.owner?.startsWith("cookie-")) memory.set("linli:anonymous", form.dataset.owner);
    if (source && window.indexedDB) box().then((one) => one.prepare(form), () => {});
  });
  // Whoever erased their data leaves nothing here; what waits for others on the same phone stays.
  linli.each("[data-forget]", (place) => {
    memory.set(`linli:outbox:${place.dataset.forget}`, "");
    if (memory.get("linli:box")) box().then((one) => one.forget(place.dataset.forget)).catch(() => {});
  });
  linli.each("[data-outbox-page]", (place) => box().then((one) => one.show(place), () => {}));
  linli.each("[data-carry]", (button) => { if (window.indexedDB && window.crypto?.subtle && !linli.wechat) box().then((one) => one.carry(button), () => {}); });
  linli.each("[data-carried]", (place) => box().then((one) => one.carried(place), () => {}));
  // A battery that dies may take the note of how many wait along, never the entries: the phone is asked whether it has any.
  async function look() {
    const known = (await window.indexedDB?.databases?.()) || [];
    if (!source || !known.some(({ name }) => name === "linli-outbox")) return;
    await (await box()).recount();
    if (count()) await linli.box.pass();
  }

  document.addEventListener("DOMContentLoaded", () => {
    remember();
    say();
    if (count()) box().then((one) => one.pass(), () => {});
    else look().catch(() => {});
  });
  return { owner, box, count, say, plainly, memory, known };
})();
