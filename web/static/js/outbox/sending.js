// Sending: oldest first, one by one. An entry leaves only for the receipt with its own key; every other answer keeps it.
(() => {
  const { box, waiting } = linli;
  const patience = 30000;
  const mostTries = 10;
  const lanes = 3;
  const longestRest = 3600000;
  let stopped = "";
  let timer;

  async function token(patient = 10000) {
    const answer = await fetch("/session/token", { headers: { "X-Linli-Replay": "1" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout?.(patient) });
    const said = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("_token");
    if (!said?.dataset.owner) throw new Error("this is not the town hall");
    if (said.dataset.owner.startsWith("cookie-")) waiting.memory.set("linli:anonymous", said.dataset.owner);
    // A phone without room for the keys can still send what stands in the form.
    await box.learn(said.dataset.owner, said.dataset.keys.split(" ").filter(Boolean)).catch(() => {});
    return said.dataset;
  }

  // What an answer means. A page, a redirect, a cut body or somebody else's JSON is no receipt.
  async function post(address, body, key, csrf, patient = patience, how = "later") {
    body.append("csrf_token", csrf);
    const headers = { "X-Linli-Replay": how, "X-Linli-Clock": String(Date.now()) };
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout?.(patient) });
    } catch (error) {
      return { state: error.name === "TimeoutError" ? "silent" : "offline" };
    }
    if (answer.status === 401) return { state: "sign-in" };
    const said = await answer.json().catch(() => null);
    if (answer.status === 200 && said?.receipt === key && answer.headers.get("X-Linli-Receipt") === key) return { state: "receipt", location: said.location };
    const ours = said !== null && typeof said === "object" && said.receipt === null && said.key === key;
    if (ours && said.ask) return { state: "ask" };
    if (ours && [409, 422].includes(answer.status)) return { state: "mend", why: answer.status, said: said.sentence };
    return { state: "trouble", why: answer.status, said: ours ? said.sentence : "" };
  }

  async function sendForm(entry, csrf, patient, how) {
    const kept = await box.unsealText(entry.owner, entry.sealed);
    if (!kept) return { state: "trouble", why: "sealed" };
    const body = new FormData();
    kept.fields.forEach(([name, value]) => body.append(name, value));
    return post(entry.action, body, entry.key, csrf, patient, how);
  }

  async function sendPhoto(entry, photo, csrf) {
    const bytes = await box.unseal(entry.owner, photo.sealed);
    if (!bytes) return { state: "trouble", why: "sealed" };
    const body = new FormData();
    body.append("key", photo.key);
    body.append("taken_at", photo.taken_at);
    body.append("entry", entry.key);
    body.append("photo", new Blob([bytes], { type: photo.type }), photo.name);
    return post("/attachments", body, photo.key, csrf);
  }

  function rest(entry, answer) {
    const tries = entry.tries + 1;
    const wait = Math.min(2 ** tries * 2500, longestRest) * (0.75 + Math.random() / 2);
    return { ...entry, tries, next: Date.now() + wait, state: tries >= mostTries ? "parked" : entry.state === "photos" ? "photos" : "waiting", why: answer.why || answer.state, said: answer.said || "" };
  }

  // Note what an answer means for its entry; returns whether the entry is out of the way of a later one.
  async function note(entry, answer) {
    if (entry.unkept) return answer.state === "receipt";
    if (answer.state === "receipt") {
      if (entry.photos) await box.put({ ...entry, state: "photos", sealed: null, tries: 0, next: 0, why: "", said: "" });
      else await box.drop(entry.key);
    } else if (answer.state === "ask") {
      await box.drop(entry.key);
    } else if (answer.state === "mend") {
      await box.put({ ...entry, state: "mend", why: answer.why, said: answer.said });
    } else if (["trouble", "silent"].includes(answer.state)) {
      await box.put(rest(entry, answer));
    }
    await box.recount();
    return answer.state === "receipt";
  }

  async function sendPhotos(entry, csrf) {
    for (const photo of await box.photosOf(entry.key)) {
      const answer = await sendPhoto(entry, photo, csrf);
      if (answer.state !== "receipt") return answer;
      await box.dropPhoto(photo.key);
      await box.recount();
    }
    await box.drop(entry.key);
    return { state: "receipt" };
  }

  async function send(entry, csrf) {
    let answer = entry.state === "photos" ? { state: "receipt" } : await sendForm(entry, csrf);
    if (entry.state !== "photos") await note(entry, answer);
    if (answer.state === "receipt" && entry.photos) {
      const rest = await box.get(entry.key);
      answer = rest ? await sendPhotos(rest, csrf) : answer;
      if (rest && answer.state !== "receipt") await note(rest, answer.state === "mend" ? { ...answer, state: "trouble" } : answer);
      await box.recount();
    }
    return answer;
  }

  // A clock that was set back must not leave an entry resting for years.
  const due = (entry) => ["waiting", "photos"].includes(entry.state) && (entry.next <= Date.now() || entry.next > Date.now() + 2 * longestRest);

  async function work({ only, eager, all }) {
    const owner = waiting.owner();
    const rows = await box.all(owner);
    if (!rows.length) return;
    const who = await token().catch(() => null);
    stopped = who ? (who.owner === owner ? "" : "sign-in") : "offline";
    if (who?.owner.startsWith("cookie-") && !owner.startsWith("cookie-")) await box.leave(owner);
    if (stopped) return;
    const held = new Set();
    const under = new Map();
    const ready = (entry) => (only ? only === entry.key : due(entry) || (all && entry.state !== "mend") || (eager && ["offline", "silent"].includes(entry.why) && entry.state === "waiting"));

    async function one(key) {
      const entry = await box.get(key);
      if (!entry) return;
      if (stopped || !ready(entry) || (entry.chain && held.has(entry.chain))) { held.add(entry.chain); return; }
      const answer = await send(entry, who.token);
      if (answer.state !== "receipt") held.add(entry.chain);
      if (["sign-in", "offline", "silent"].includes(answer.state)) stopped = answer.state === "silent" ? "offline" : answer.state;
    }
    // What belongs to one thing goes one after the other; of the rest a few are under way at once, begun oldest first.
    async function lane() {
      for (let row = rows.shift(); row && !stopped; row = rows.shift()) {
        const { key, chain } = row;
        const sent = (chain && under.get(chain) || Promise.resolve()).then(() => one(key));
        if (chain) under.set(chain, sent);
        await sent;
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  async function later() {
    clearTimeout(timer);
    const waits = (await box.all(waiting.owner())).filter((one) => ["waiting", "photos"].includes(one.state));
    if (!waits.length || stopped === "sign-in") return;
    const soonest = Math.min(...waits.map((one) => one.next || 0)) - Date.now();
    timer = setTimeout(() => pass(), Math.min(Math.max(soonest, stopped ? 20000 : 1500), longestRest));
  }

  // One at a time, whatever tabs are open; the key makes a second sending harmless where a browser has no locks.
  let running = false;
  let missed = false;
  async function pass(how = {}) {
    // The network may come back while the pass that missed it is still ending.
    missed ||= running && Boolean(how.eager);
    const alone = async () => {
      if (running) return;
      running = true;
      try { await work(how); } finally { running = false; }
    };
    try {
      if (navigator.locks) await navigator.locks.request("linli-outbox", how.only || how.all ? {} : { ifAvailable: true }, (lock) => lock && alone());
      else await alone();
    } finally {
      await box.recount();
      const again = missed && !running;
      if (again) missed = false;
      await (again ? pass({ eager: true }) : later());
    }
  }

  // The moment in which the form is sent: once, with little patience, for somebody stands there and waits.
  async function deliver(entry) {
    if (navigator.onLine === false) return { state: "offline" };
    const who = await token(6000).catch(() => null);
    if (!who) return { state: "offline" };
    if (who.owner !== entry.owner) return { state: "sign-in" };
    const answer = await sendForm(entry, who.token, 15000, "now");
    await note(entry, answer);
    return answer;
  }

  const pulse = () => { if (waiting.count()) pass({ eager: true }).catch(() => {}); };
  window.addEventListener("online", pulse);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) pulse(); });
  Object.assign(box, { token, deliver, pass, stopped: () => stopped });
})();
