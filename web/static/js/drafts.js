// Nothing typed is ever lost: form[data-draft="name"] is kept on this phone until it was sent or its writer signs out.
(() => {
  const prefix = "linli:draft:";
  const who = () => document.body.dataset.account || "anonymous";
  const place = (name) => `${prefix}${who()}:${name}`;
  const kept = (field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type) && !field.closest("[data-no-draft]");

  // A browser that keeps nothing (private window, full disk) must not stop the form.
  function attempt(work) {
    try { return work(); } catch { return null; }
  }

  const box = (field) => /checkbox|radio/.test(field.type);
  const touched = (field) => (box(field) ? field.checked : field.tagName !== "SELECT" && field.value.trim() !== "" && field.value !== field.defaultValue);

  function save(form) {
    if (!form.isConnected || form.hasAttribute("data-on-its-way")) return;
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
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-sign-out]")) forget(() => true); });
  // A shared phone: whoever signs in here sees no drafts of another account.
  document.addEventListener("DOMContentLoaded", () => forget((key) => !key.startsWith(`${prefix}anonymous:`) && !key.startsWith(`${prefix}${who()}:`)));
})();
