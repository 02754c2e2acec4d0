// Pictures travel as they are picked, made smaller first, so that sending the form is quick; [data-photos] around a file field.
(() => {
  const longest = 2560;
  const enough = 1.5 * 1024 * 1024;

  async function smaller(file) {
    if (file.size < enough || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.86); });
      return blob && blob.size < file.size ? blob : file;
    } catch {
      return file;
    }
  }

  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

  const shrunk = (box, file) => (box.hasAttribute("data-original") ? file : smaller(file));

  async function send(box, file, key, small, at) {
    const body = new FormData();
    body.append("key", key);
    body.append("taken_at", at);
    body.append("photo", small, file.name);
    const answer = await fetch(box.dataset.url, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { refused: answer.status === 422 });
    return answer.text();
  }

  // The key names the act: trying again after a lost answer gives the same picture, not a second one.
  async function carry(box, file, item, key) {
    item.textContent = box.dataset.sending;
    // Making it smaller takes the camera's note away, so it is read first.
    const at = await linli.shotAt(file);
    const small = await shrunk(box, file);
    try {
      item.innerHTML = await send(box, file, key, small, at);
      window.htmx?.process(item);
    } catch (error) {
      // Without a network the picture waits on the phone, and follows its record.
      const form = box.closest("form[data-outbox]");
      if (form && !error.refused && await linli.waiting.box().then((one) => one.hold(form, item, { key, small, name: file.name, taken_at: at })).catch(() => false)) return;
      const again = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: box.dataset.failed });
      again.addEventListener("click", () => carry(box, file, item, key), { once: true });
      item.replaceChildren(again);
    }
  }

  linli.each("[data-photos]", (box) => {
    const field = box.querySelector("input[type=file]");
    const list = box.querySelector("[data-photo-list]");
    const note = box.querySelector("[data-photo-note]");
    const most = Number(box.dataset.most);
    const label = box.querySelector("label");
    const count = () => { box.querySelector("[data-photo-count]").textContent = `${list.children.length}/${most}`; };
    // With script the label is the button, and the browser's own words about files are not needed.
    field.classList.add("unseen");
    label.classList.add("btn");
    new MutationObserver(count).observe(list, { childList: true });
    count();
    field.addEventListener("change", () => {
      const room = Math.max(0, most - list.children.length);
      note.textContent = field.files.length > room ? linli.fill(box.dataset.full, { n: most }) : "";
      for (const file of [...field.files].slice(0, room)) {
        const item = document.createElement("li");
        list.append(item);
        carry(box, file, item, linli.newKey());
      }
      // The pictures are on their way by themselves; the form must not carry them a second time.
      field.value = "";
    });
  });
})();
