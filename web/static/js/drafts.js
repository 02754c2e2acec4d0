// Nothing typed is ever lost: form[data-draft="name"] is kept on this phone until it was sent or its writer signs out.
(() => {
  const prefix = "linli:draft:";
  let signedOut = false;
  const place = (name) => `${prefix}${who()}:${name}`;
  const kept = (field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type) && !field.closest("[data-no-draft]");

  // A browser that keeps nothing (private window, full disk) must not stop the form.
  function attempt(work) {
    try { return work(); } catch { return null; }
  }

  // A page of the shell, and one that could not ask whose it is, belong to whoever read the last one.
  const who = () => (document.body.dataset.account ?? attempt(() => localStorage.getItem("linli:who"))) || "anonymous";
  const box = (field) => /checkbox|radio/.test(field.type);
  const touched = (field) => (box(field) ? field.checked : field.tagName !== "SELECT" && field.value.trim() !== "" && field.value !== field.defaultValue);

  function save(form) {
    if (signedOut || !form.isConnected || form.hasAttribute("data-on-its-way")) return;
    const fields = [...form.elements].filter(kept);
    const typed = fields.some(touched);
    const rows = JSON.stringify(fields.map((field) => [field.name, field.value, field.checked]));
    attempt(() => (typed ? localStorage.setItem(place(form.dataset.draft), rows) : localStorage.removeItem(place(form.dataset.draft))));
    const note = document.querySelector("[data-draft-note]");
    if (note) note.hidden = !typed;
  }

  function restore(form) {
    const rows = attempt(() => JSON.parse(localStorage.getItem(place(form.dataset.draft))));
    // What the server sent back filled in is newer than the draft.
    if (!rows || form.querySelector("[aria-invalid=true]") || form.hasAttribute("data-filled")) return;
    const fields = [...form.elements].filter(kept);
    for (const [name, value, checked] of rows) {
      const field = fields.find((f) => f.name === name && (!box(f) || f.value === value));
      if (!field) continue;
      if (box(field)) field.checked = checked;
      else field.value = value;
    }
    form.dispatchEvent(new CustomEvent("draft-restored", { bubbles: true }));
    const note = document.querySelector("[data-draft-note]");
    if (note) note.hidden = false;
  }

  function forget(test) {
    attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix) && test(key)).forEach((key) => localStorage.removeItem(key)));
  }

  // Sent the way browsers send, it has arrived when the house leads from that very form to another page. Where it shows
  // the same act again, or says that nothing was done ([data-not-sent]: an error, a sign-in first), the draft stays.
  const sent = "linli:sent";
  const here = (address) => address.split("#")[0];
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-draft]")) return;
    attempt(() => sessionStorage.setItem(sent, JSON.stringify([form.dataset.draft, form.elements.key?.value || "", here(location.href)])));
  });

  const led = () => performance.getEntriesByType?.("navigation")[0]?.redirectCount || performance.navigation?.redirectCount || 0;

  function arrived() {
    const [name, key, from] = attempt(() => JSON.parse(sessionStorage.getItem(sent))) || [];
    if (!name) return;
    attempt(() => sessionStorage.removeItem(sent));
    const again = document.querySelector(`[data-not-sent], input[name=key][value="${CSS.escape(key)}"]`);
    if (led() && here(document.referrer) === from && !again) forget((kept) => kept === place(name));
  }

  linli.each("body", arrived);
  linli.each("form[data-draft]", (form) => {
    restore(form);
    let waiting;
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(() => save(form), 400); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.addEventListener("pagehide", () => { if (!form.querySelector("[aria-busy]")) save(form); });
  });

  // The page that says thank you carries the draft's name, and so does the event of a fragment.
  linli.each("[data-draft-done]", (element) => forget((key) => key === place(element.dataset.draftDone)));
  document.addEventListener("draft-done", (event) => forget((key) => key === place(event.detail.value)));
  // Whoever signs out takes along what they typed: the page that closes behind them must not keep it again.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    signedOut = true;
    forget(() => true);
  });
  // A shared phone: whoever signs in here finds no drafts of another account; whose session merely ended finds their own again.
  document.addEventListener("DOMContentLoaded", () => document.body.dataset.account && forget((key) => !key.startsWith(`${prefix}anonymous:`) && !key.startsWith(`${prefix}${who()}:`)));
})();
