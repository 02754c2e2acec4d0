// Taking a form in: it is kept first and sent then, so that nothing between the two can lose it.
(() => {
  const { box, waiting } = linli;
  const ownerOf = (form) => form.dataset.owner || waiting.owner();
  const buttons = (form) => new Set([...form.querySelectorAll("button[name]")].map((one) => one.name));
  function addressOf(form) {
    const url = new URL(form.getAttribute("action") || location.href, location);
    return url.pathname + url.search;
  }
  const keyOf = (form) => form.querySelector("input[name=key]");

  function fieldsOf(form, button, at) {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrf_token", "done_at"].includes(name));
    if (button?.name && !fields.some(([name]) => name === button.name)) fields.push([button.name, button.value]);
    return [...fields, ["done_at", at]];
  }

  // What a reader sees of an entry: the labels of what was filled in.
  function linesOf(form) {
    const shown = [...form.elements].filter((one) => one.name && one.labels?.length && !["hidden", "file", "password"].includes(one.type) && (/checkbox|radio/.test(one.type) ? one.checked : one.value.trim()));
    return shown.map((one) => [
      (one.closest("fieldset")?.querySelector("legend") || one.labels[0]).textContent.trim(),
      /checkbox|radio/.test(one.type) ? one.labels[0].textContent.trim() : one.tagName === "SELECT" ? one.selectedOptions[0]?.textContent || "" : one.value,
      one.tagName === "TEXTAREA" && one.name !== "internal",
    ]);
  }

  async function keep(form, button) {
    const owner = ownerOf(form);
    const key = keyOf(form).value;
    const before = await box.get(key);
    const at = before?.at || new Date().toISOString();
    const fields = fieldsOf(form, button, at);
    const photos = (await box.photosOf(key)).length;
    if (photos) fields.push(["photos_coming", String(photos)]);
    const entry = {
      key, owner, at, photos, order: before?.order, action: addressOf(form), page: location.pathname + location.search,
      title: form.dataset.outbox, quiet: form.hasAttribute("data-outbox-quiet"), chain: form.dataset.outboxAfter || (fields.some(([name, value]) => name === "version" && value) ? addressOf(form) : ""), state: "waiting", tries: 0, next: 0, why: "", said: "",
      sealed: await box.sealText(owner, { fields, lines: form.hasAttribute("data-outbox-quiet") ? [] : linesOf(form) }),
    };
    await box.put(entry);
    await box.recount();
    navigator.storage?.persist?.().catch(() => {});
    return entry;
  }

  function card(form, why) {
    const shown = form.querySelector("template[data-outbox-kept]").content.firstElementChild.cloneNode(true);
    shown.querySelectorAll("[data-why]").forEach((one) => { one.hidden = one.dataset.why !== why; });
    shown.querySelector("[data-outbox-again]")?.addEventListener("click", () => { shown.replaceWith(form); afresh(form); });
    // The form takes the page's heading along; the card brings one of its own.
    const heading = shown.querySelector("[data-heading]");
    heading?.replaceWith(Object.assign(document.createElement("h1"), { textContent: heading.textContent }));
    form.replaceWith(shown);
    shown.focus();
  }

  // The same page takes the next one, so that a round can be written down without a network.
  function afresh(form) {
    form.reset();
    form.querySelectorAll("[data-photo-list] > li, [data-refilled]").forEach((one) => one.remove());
    keyOf(form).value = linli.newKey();
    form.querySelector("input:not([type=hidden]), textarea")?.focus();
  }

  function say(form, words) {
    const place = form.querySelector("[data-outbox-note]");
    if (!place) return;
    place.textContent = words;
    place.hidden = false;
    place.focus();
  }

  function again(form, button, entry) {
    const claim = form.querySelector("[name=done_at]") || Object.assign(document.createElement("input"), { type: "hidden", name: "done_at" });
    claim.value = entry.at;
    form.append(claim);
    waiting.plainly(form, button);
  }

  // Where the phone has no room the form is sent at once, or stays as it stands.
  async function sendUnkept(form, button) {
    const at = new Date().toISOString();
    const entry = { key: keyOf(form).value, owner: ownerOf(form), at, action: addressOf(form) };
    const sealed = { plain: new TextEncoder().encode(JSON.stringify({ fields: fieldsOf(form, button, at) })) };
    const answer = await box.deliver({ ...entry, sealed, unkept: true });
    if (["mend", "ask"].includes(answer.state)) again(form, button, entry);
    return answer;
  }

  async function take(form, button) {
    if (form.hasAttribute("data-on-its-way")) return;
    form.toggleAttribute("data-on-its-way", true);
    const pressed = button || form.querySelector("button[data-busy]");
    linli.busy(pressed);
    let entry = null;
    let answer;
    try {
      entry = await keep(form, button);
      answer = await box.deliver(entry);
    } catch {
      answer = entry ? { state: "trouble" } : await sendUnkept(form, button).catch(() => ({ state: "trouble" }));
    }
    if (answer.state === "receipt" || (entry && !["mend", "ask"].includes(answer.state))) document.dispatchEvent(new CustomEvent("draft-done", { detail: { value: form.dataset.draft } }));
    if (answer.state === "receipt") { location.assign(answer.location); return; }
    if (entry && ["mend", "ask"].includes(answer.state)) { again(form, button, entry); return; }
    form.toggleAttribute("data-on-its-way", false);
    linli.free(pressed);
    if (!entry) { if (!["mend", "ask"].includes(answer.state)) say(form, form.querySelector("[data-outbox-note]")?.dataset.full); return; }
    card(form, { silent: "offline" }[answer.state] || answer.state);
    box.pass().catch(() => {});
  }

  function fill(form, fields) {
    const skipped = new Set([...buttons(form), "done_at", "photos_coming"]);
    const all = [...form.elements].filter((one) => one.name && one.type !== "file");
    all.filter((one) => /checkbox|radio/.test(one.type)).forEach((one) => { one.checked = false; });
    const used = new Set();
    for (const [name, value] of fields) {
      if (skipped.has(name)) continue;
      const place = all.find((one) => one.name === name && !used.has(one) && (!/checkbox|radio/.test(one.type) || one.value === value));
      if (!place) { const more = Object.assign(document.createElement("input"), { type: "hidden", name, value }); more.dataset.refilled = ""; form.append(more); continue; }
      used.add(place);
      if (/checkbox|radio/.test(place.type)) place.checked = true;
      else place.value = value;
    }
    form.querySelectorAll("details").forEach((one) => { if ([...one.querySelectorAll("textarea, input:not([type=hidden])")].some((f) => !/checkbox|radio/.test(f.type) && f.value)) one.open = true; });
  }

  async function prepare(form) {
    const owner = ownerOf(form);
    const wanted = new URLSearchParams(location.hash.slice(1)).get("entry");
    const entry = wanted && await box.get(wanted);
    if (entry && entry.owner === owner && !entry.quiet && entry.sealed) {
      const kept = await box.unsealText(owner, entry.sealed);
      if (kept) { fill(form, kept.fields); await picturesOf(form, owner, wanted); }
      if (entry.said && !form.querySelector(".wrong-list:not([hidden])")) say(form, entry.said);
    }
    if (!(await box.secretsOf(owner)).length) await box.token().catch(() => {});
    form.toggleAttribute("data-outbox-ready", true);
  }

  // A picture that could not go waits beside its form, sealed like it; it is shown from the phone itself.
  async function hold(form, item, { key, small, name, taken_at }) {
    const owner = ownerOf(form);
    await box.putPhoto({ key, entry: keyOf(form).value, owner, type: small.type || "image/jpeg", name, taken_at, sealed: await box.seal(owner, await small.arrayBuffer()) });
    picture(form, item, key, small);
    return true;
  }

  function picture(form, item, key, blob) {
    const shown = form.querySelector("template[data-outbox-photo]").content.firstElementChild.cloneNode(true);
    shown.querySelector("img").src = URL.createObjectURL(blob);
    shown.querySelector("button").addEventListener("click", () => box.dropPhoto(key));
    item.replaceChildren(shown);
  }

  async function picturesOf(form, owner, key) {
    const list = form.querySelector("[data-photo-list]");
    for (const photo of list ? await box.photosOf(key) : []) {
      const bytes = await box.unseal(owner, photo.sealed);
      if (bytes) picture(form, list.appendChild(document.createElement("li")), photo.key, new Blob([bytes], { type: photo.type }));
    }
  }

  Object.assign(box, { take, prepare, hold });
})();
