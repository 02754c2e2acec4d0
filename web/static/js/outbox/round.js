// The round of today, carried along: the forms of those whom the worker chose, sealed for the account, in the worker's order.
(() => {
  const { box, waiting } = linli;
  // Today's round is of no use tomorrow, and names of people do not stay on a phone longer than they must.
  const keeps = 36 * 3600000;

  async function pages() {
    const db = await box.base();
    const rows = (await db.getAll("pages")).filter((one) => one.owner === waiting.owner());
    const old = rows.filter((one) => Math.abs(Date.now() - one.at) > keeps);
    await Promise.all(old.map((one) => db.delete("pages", one.path)));
    return rows.filter((one) => !old.includes(one)).sort((a, b) => a.order - b.order);
  }

  // The main part of a page, without what was typed for colleagues only: case notes never travel.
  async function fetched(path) {
    const answer = await fetch(path, { credentials: "same-origin", redirect: "error", cache: "no-store" });
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page && page.querySelector("main form[data-outbox]") && page.getElementById("main");
    if (!main) throw new Error("no form to carry");
    main.querySelectorAll("[name=internal]").forEach((one) => { one.textContent = ""; });
    main.querySelectorAll("[name=csrf_token]").forEach((one) => one.remove());
    // Without a network a form goes to the outbox by itself, and what cannot wait there is not asked for.
    main.querySelectorAll("[hx-post]").forEach((one) => [...one.attributes].forEach(({ name }) => { if (name.startsWith("hx-")) one.removeAttribute(name); }));
    main.querySelectorAll("form[data-outbox] input[type=file]").forEach((one) => { if (!one.closest("[data-photos]")) (one.closest(".field") || one).remove(); });
    main.querySelectorAll("form:not([data-outbox]), a[href*='again=1']").forEach((one) => one.remove());
    return { title: page.title, html: main.innerHTML };
  }

  async function take(path, name) {
    const owner = waiting.owner();
    if (!(await box.secretsOf(owner)).length) await box.token();
    // Where nothing can be sealed nothing is carried.
    if (!(await box.secretsOf(owner)).length) throw new Error("no key");
    const page = await fetched(path);
    const last = (await pages()).at(-1);
    await (await box.base()).put("pages", { path, owner, name, at: Date.now(), order: (last?.order || 0) + 1, sealed: await box.sealText(owner, page) });
  }

  async function carry(button) {
    const { carry: path, name } = button.dataset;
    const show = (on) => { button.setAttribute("aria-pressed", String(on)); linli.say(button, on ? button.dataset.on : undefined); };
    const there = async () => (await pages()).some((one) => one.path === path);
    show(await there());
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        if (await there()) await (await box.base()).delete("pages", path);
        else await take(path, name);
        show(await there());
      } catch {
        linli.say(button, button.dataset.failed);
      } finally {
        button.disabled = false;
      }
    });
  }

  async function up(rows, n) {
    const db = await box.base();
    const [above, below] = [rows[n - 1], rows[n]];
    await Promise.all([db.put("pages", { ...above, order: below.order }), db.put("pages", { ...below, order: above.order })]);
  }

  async function list(place) {
    const rows = await pages();
    place.hidden = !rows.length;
    place.querySelector("ul").replaceChildren(...rows.map((one, n) => {
      const shown = place.querySelector("template").content.firstElementChild.cloneNode(true);
      const link = shown.querySelector("a");
      link.href = one.path;
      link.textContent = one.name;
      const button = shown.querySelector("button");
      button.hidden = n === 0;
      button.addEventListener("click", () => up(rows, n).then(() => list(place)));
      return shown;
    }));
  }

  const local = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" }).format(moment).replace(" ", "T");

  // A carried form begins now, under a name of its own each time that it is opened.
  function open(place, page) {
    const main = document.getElementById("main");
    const note = place.querySelector("[data-carried-note]");
    main.innerHTML = page.html;
    document.title = page.title;
    main.prepend(note);
    note.hidden = false;
    main.querySelectorAll("form[data-outbox]").forEach((form) => {
      form.querySelector("input[name=key]").value = linli.newKey();
      const [began, minutes] = ["began", "minutes"].map((name) => form.querySelector(`input[name=${name}]`));
      if (began) began.value = local(Date.now() - (Number(minutes?.value) || 0) * 60000);
    });
    linli.show(main);
    waiting.say();
  }

  async function carried(place) {
    const row = (await pages()).find((one) => one.path === location.pathname + location.search);
    const page = row && await box.unsealText(row.owner, row.sealed);
    if (page) open(place, page);
    else await list(place.querySelector("[data-round]"));
  }

  Object.assign(box, { carry, carried });
})();
