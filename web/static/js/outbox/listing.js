// The page of the outbox: each entry with its state and its reason, to be tried again, changed, thrown away, saved as a file.
(() => {
  const { box, waiting } = linli;
  const words = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

  function reason(place, entry) {
    const { dataset } = place;
    if (entry.said) return entry.said;
    if (entry.why === "" || entry.why === undefined) return "";
    if (dataset[entry.why]) return dataset[entry.why];
    return Number(entry.why) >= 400 ? linli.fill(dataset.broken, { n: entry.why }) : dataset.strange;
  }

  // By what somebody knows it again: the beginning of what was written in free words.
  function gist(lines) {
    const words = lines.find(([, text, free]) => free && text.trim())?.[1].trim() || "";
    return words.length > 30 ? `${words.slice(0, 30)}…` : words;
  }

  async function row(template, entry) {
    const shown = template.content.firstElementChild.cloneNode(true);
    const slot = (name) => shown.querySelector(`[data-slot=${name}]`);
    const kept = entry.quiet || !entry.sealed ? null : await box.unsealText(entry.owner, entry.sealed);
    slot("title").textContent = entry.title;
    slot("at").textContent = words.format(new Date(entry.at));
    slot("state").textContent = slot("state").dataset[entry.state];
    slot("state").classList.add({ mend: "warn", parked: "bad" }[entry.state] || "info");
    slot("photos").textContent = entry.photos ? linli.fill(slot("photos").dataset.words, { n: entry.photos }) : "";
    slot("why").textContent = reason(slot("why"), entry);
    slot("gist").textContent = gist(kept?.lines || []);
    slot("lines").hidden = !kept?.lines.length;
    (kept?.lines || []).forEach(([label, text]) => slot("lines").querySelector("dl").append(
      Object.assign(document.createElement("dt"), { textContent: label }), Object.assign(document.createElement("dd"), { textContent: text }),
    ));
    const change = shown.querySelector("a[data-mend]");
    change.hidden = !kept;
    change.href = `${entry.page}#entry=${entry.key}`;
    shown.querySelector("[data-retry]").addEventListener("click", () => again(entry));
    const away = shown.querySelector("[data-discard]");
    away.addEventListener("click", () => {
      if (away.dataset.said === undefined) linli.say(away, away.dataset.sure);
      else box.drop(entry.key).then(box.recount);
    });
    return shown;
  }

  async function again(entry) {
    await box.put({ ...entry, state: entry.sealed ? "waiting" : "photos", tries: 0, next: 0 });
    await box.pass({ only: entry.key });
  }

  async function draw(place) {
    const rows = await box.all(waiting.owner());
    const shown = await Promise.all(rows.map((entry) => row(place.querySelector("template[data-row]"), entry)));
    place.querySelector("[data-rows]").replaceChildren(...shown);
    place.querySelector("[data-nothing]").hidden = rows.length > 0;
    place.querySelector("[data-some]").hidden = !rows.length;
    place.querySelectorAll("[data-stopped]").forEach((one) => { one.hidden = !rows.length || one.dataset.stopped !== box.stopped(); });
    const nobody = waiting.memory.get("linli:anonymous");
    const before = nobody && nobody !== waiting.owner() ? (await box.all(nobody)).length : 0;
    place.querySelectorAll("[data-before]").forEach((one) => { one.hidden = !before; one.querySelector("p").textContent = linli.fill(one.querySelector("p").dataset.words, { n: before }); });
    const apple = /iPhone|iPad/.test(navigator.userAgent);
    const safe = await navigator.storage?.persisted?.().catch(() => false);
    place.querySelectorAll("[data-evict]").forEach((one) => { one.hidden = !rows.length || safe || (one.dataset.evict === "apple") !== apple; });
  }

  const packed = (sealed) => sealed && (sealed.plain ? { plain: box.textOf(sealed.plain) } : { iv: box.textOf(sealed.iv), data: box.textOf(sealed.data) });
  const unpacked = (sealed) => sealed && Object.fromEntries(Object.entries(sealed).map(([name, text]) => [name, box.bytesOf(text)]));

  // The file stays sealed: only the same account opens it. What could be read by anybody and must not be stays here.
  async function save(place) {
    const owner = waiting.owner();
    const entries = (await box.all(owner)).filter((one) => !(one.quiet && one.sealed?.plain));
    const photos = (await Promise.all(entries.map((one) => box.photosOf(one.key)))).flat();
    const pack = (one) => ({ ...one, sealed: packed(one.sealed) });
    const text = JSON.stringify({ format: "linli-outbox-1", owner, entries: entries.map(pack), photos: photos.map(pack) });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: `${place.dataset.file}-${new Date().toISOString().slice(0, 10)}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function takeIn(place, file) {
    const note = place.querySelector("[data-imported]");
    const said = await file.text().then(JSON.parse).catch(() => null);
    if (said?.format !== "linli-outbox-1" || !Array.isArray(said.entries) || !Array.isArray(said.photos)) { note.textContent = place.dataset.unreadable; return; }
    if (said.owner !== waiting.owner()) { note.textContent = place.dataset.foreign; return; }
    let n = 0;
    for (const entry of said.entries) {
      if (await box.get(entry.key)) continue;
      // What was given up on one phone is tried anew on the next.
      const state = entry.state === "parked" ? (entry.sealed ? "waiting" : "photos") : entry.state;
      await box.put({ ...entry, owner: said.owner, order: undefined, sealed: unpacked(entry.sealed), state, tries: 0, next: 0 });
      n += 1;
    }
    for (const photo of said.photos) await box.putPhoto({ ...photo, sealed: unpacked(photo.sealed) });
    note.textContent = linli.fill(place.dataset.importing, { n });
    await box.recount();
    await box.pass();
  }

  async function show(place) {
    place.querySelector("[data-send-all]").addEventListener("click", () => box.pass({ eager: true, all: true }));
    place.querySelector("[data-export]").addEventListener("click", () => save(place));
    place.querySelector("[data-import]").addEventListener("change", (event) => { if (event.target.files[0]) takeIn(place, event.target.files[0]); });
    document.addEventListener("outbox-changed", () => draw(place));
    await draw(place);
    // The page itself knows no reader; where there is a network the house says whose session this is.
    const who = await box.token().catch(() => null);
    if (who) waiting.known(who.owner.startsWith("cookie-") ? "" : who.owner);
    await box.pass();
  }

  Object.assign(box, { show });
})();
