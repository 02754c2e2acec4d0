// Small buttons: copy, share, print, close, show the password, read the page aloud.
(() => {
  async function write(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // Old phones and plain http have no clipboard for pages; a field that is selected still copies.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  function wanted(button) {
    const data = button.dataset.copy;
    if (!data.startsWith("#")) return data;
    const source = document.querySelector(data);
    return source.value ?? source.textContent.trim();
  }

  async function copy(button) {
    await write(wanted(button));
    linli.say(button, button.dataset.copied);
    setTimeout(() => linli.say(button), 4000);
  }

  function read(button) {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    if (speaking) return;
    const copyOf = document.querySelector(button.dataset.read).cloneNode(true);
    copyOf.querySelectorAll("button, [hidden], [data-no-read], [aria-hidden=true]").forEach((part) => part.remove());
    copyOf.querySelectorAll("p, li, h1, h2, h3, label, legend, dt, dd, tr, span").forEach((part) => part.append(" "));
    const speech = new SpeechSynthesisUtterance(copyOf.textContent.replace(/\s+/g, " ").trim());
    speech.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en";
    speech.rate = 0.9;
    speech.onend = speech.onerror = () => { button.setAttribute("aria-pressed", "false"); linli.say(button); };
    button.setAttribute("aria-pressed", "true");
    linli.say(button, button.dataset.stop);
    speechSynthesis.speak(speech);
  }

  function reveal(button) {
    const field = document.querySelector(button.dataset.reveal);
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  }

  const acts = {
    copy,
    read,
    reveal,
    print: () => window.print(),
    reload: () => location.reload(),
    share: (button) => navigator.share({ title: button.dataset.title, url: new URL(button.dataset.share, location.href).href }).catch(() => {}),
    close: (button) => { button.closest(".strip, [data-closable]").hidden = true; },
    remove: (button) => button.closest("li, [data-removable]").remove(),
  };

  document.addEventListener("click", (event) => {
    for (const name of Object.keys(acts)) {
      const button = event.target.closest(`[data-${name}]`);
      if (button && button.tagName === "BUTTON") acts[name](button);
    }
  });
  // Leaving the page stops the voice; paper shows what is folded on the screen.
  window.addEventListener("pagehide", () => window.speechSynthesis?.cancel());
  window.addEventListener("beforeprint", () => document.querySelectorAll("details.unfold").forEach((part) => { part.open = true; }));
})();
