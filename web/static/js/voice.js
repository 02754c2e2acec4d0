// Speaking instead of typing, where the phone can listen: button[data-voice="#field"].
linli.each("[data-voice]", (button) => {
  if (!linli.abilities.voice) return;
  const field = document.querySelector(button.dataset.voice);
  let ear = null;

  function stop(words) {
    ear = null;
    button.setAttribute("aria-pressed", "false");
    linli.say(button);
    if (words) linli.say(button, words);
  }

  function listen() {
    ear = new window.webkitSpeechRecognition();
    ear.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-US";
    ear.continuous = true;
    ear.onresult = (event) => {
      for (let at = event.resultIndex; at < event.results.length; at += 1) {
        if (event.results[at].isFinal) field.value += event.results[at][0].transcript;
      }
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    ear.onerror = (event) => stop(event.error === "aborted" ? null : button.dataset.failed);
    ear.onend = () => { if (ear) stop(); };
    ear.start();
    button.setAttribute("aria-pressed", "true");
    linli.say(button, button.dataset.listening);
  }

  button.addEventListener("click", () => (ear ? ear.stop() : listen()));
});
