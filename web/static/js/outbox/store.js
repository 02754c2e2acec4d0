// The outbox on this phone: each entry is the form post itself, sealed for its account, until the town hall's own receipt.
linli.box = (() => {
  let opened;

  function base() {
    opened ??= idb.openDB("linli-outbox", 1, {
      upgrade(db) {
        const entries = db.createObjectStore("entries", { keyPath: "key" });
        entries.createIndex("owner", "owner");
        entries.createIndex("order", "order");
        db.createObjectStore("photos", { keyPath: "key" }).createIndex("entry", "entry");
        db.createObjectStore("keys", { keyPath: "owner" });
        db.createObjectStore("pages", { keyPath: "path" });
      },
      blocking(now, next, event) { event.target.close(); opened = undefined; },
      terminated() { opened = undefined; },
    }).then((db) => { linli.waiting.memory.set("linli:box", "1"); return db; }, (error) => { opened = undefined; throw error; });
    return opened;
  }

  const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const textOf = (bytes) => { let text = ""; new Uint8Array(bytes).forEach((one) => { text += String.fromCharCode(one); }); return btoa(text); };
  const uses = ["encrypt", "decrypt"];

  // The house gives an account the same keys at every sign-in; this phone can use them but not read them out.
  async function learn(owner, texts) {
    if (!crypto.subtle || !texts.length) return;
    const secrets = await Promise.all(texts.map((text) => crypto.subtle.importKey("raw", bytesOf(text), "AES-GCM", false, uses)));
    await (await base()).put("keys", { owner, secrets });
    await sealTheOpen(owner);
  }

  async function secretsOf(owner) {
    const known = await (await base()).get("keys", owner);
    if (known) return known.secrets;
    if (!owner.startsWith("cookie-") || !crypto.subtle) return [];
    // Who has no account has no key of the house; one is made that never leaves this phone.
    const secrets = [await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, uses)];
    await (await base()).put("keys", { owner, secrets });
    return secrets;
  }

  // Without a key at hand (an old browser, no https) the bytes are kept as they are rather than lost.
  async function seal(owner, bytes) {
    const [secret] = await secretsOf(owner);
    if (!secret) return { plain: bytes };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, bytes) };
  }

  async function unseal(owner, sealed) {
    if (sealed.plain) return sealed.plain;
    for (const secret of await secretsOf(owner)) {
      try { return await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, secret, sealed.data); } catch { /* a key before this one */ }
    }
    return null;
  }

  const sealText = (owner, value) => seal(owner, new TextEncoder().encode(JSON.stringify(value)));
  async function unsealText(owner, sealed) {
    const bytes = sealed && await unseal(owner, sealed);
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  }

  async function sealTheOpen(owner) {
    for (const row of await all(owner)) {
      if (row.sealed?.plain) await put({ ...row, sealed: await seal(owner, row.sealed.plain) });
    }
  }

  async function put(entry) {
    const db = await base();
    if (entry.order === undefined) {
      const last = await db.transaction("entries").store.index("order").openCursor(null, "prev");
      entry.order = (last?.value.order || 0) + 1;
    }
    // A battery may be dead a moment later: the phone says that it is kept when it is on the disk.
    const work = db.transaction("entries", "readwrite", { durability: "strict" });
    await Promise.all([work.store.put(entry), work.done]);
    return entry;
  }

  const get = async (key) => (await base()).get("entries", key);
  const all = async (owner) => (await (await base()).getAllFromIndex("entries", "owner", owner)).sort((a, b) => a.order - b.order);
  const photosOf = async (key) => (await base()).getAllFromIndex("photos", "entry", key);
  const putPhoto = async (photo) => (await base()).put("photos", photo);
  const dropPhoto = async (key) => (await base()).delete("photos", key);

  async function drop(key) {
    const db = await base();
    const work = db.transaction(["entries", "photos"], "readwrite");
    const photos = await work.objectStore("photos").index("entry").getAllKeys(key);
    await Promise.all([work.objectStore("entries").delete(key), ...photos.map((one) => work.objectStore("photos").delete(one)), work.done]);
  }

  async function recount() {
    linli.waiting.say(await (await base()).countFromIndex("entries", "owner", linli.waiting.owner()));
    document.dispatchEvent(new CustomEvent("outbox-changed"));
  }

  // Whoever signs out takes the keys along; what was not sent stays, sealed, until the same account comes again.
  async function leave(owner = document.body.dataset.account || "") {
    const work = (await base()).transaction(["keys", "pages"], "readwrite");
    await Promise.all([work.objectStore("keys").delete(owner), work.objectStore("pages").clear(), work.done]);
  }

  async function forget(owner) {
    await leave(owner);
    for (const one of await all(owner)) await drop(one.key);
    const db = await base();
    const own = (await db.getAll("photos")).filter((one) => one.owner === owner);
    await Promise.all(own.map((one) => db.delete("photos", one.key)));
  }

  return { forget, base, learn, secretsOf, seal, unseal, sealText, unsealText, put, get, all, drop, photosOf, putPhoto, dropPhoto, recount, leave, bytesOf, textOf };
})();
