// Sending twice by a nervous thumb: the button rests, with a word, until the answer is there.
(() => {
  const rest = 15000;

  function busy(button) {
    if (!button || button.disabled || !button.dataset.busy) return;
    linli.say(button, button.dataset.busy);
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    setTimeout(() => free(button), rest);
  }

  function free(button) {
    if (!button || !button.hasAttribute("aria-busy")) return;
    button.disabled = false;
    button.removeAttribute("aria-busy");
    linli.say(button);
  }

  const pressed = (form, submitter) => submitter || form.querySelector("button[data-busy]:not([type=button])");

  document.addEventListener("submit", (event) => {
    // Wait a tick: a disabled button would not send its own name and value.
    const button = pressed(event.target, event.submitter);
    setTimeout(() => { if (!event.defaultPrevented) busy(button); });
  });
  // What a page asks by itself while somebody types is not asked without a network: nobody is to read of a failure they did not cause.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (navigator.onLine === false && event.detail.elt.matches("[hx-trigger^=input]")) event.preventDefault();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.tagName === "FORM") busy(pressed(event.detail.elt, event.detail.requestConfig.triggeringEvent?.submitter));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.elt.querySelectorAll?.("[aria-busy]").forEach(free);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("button[aria-busy]").forEach(free));

  Object.assign(linli, { busy, free });
  const trouble = (hidden) => { const strip = document.getElementById("trouble"); if (strip) strip.hidden = hidden; };
  document.addEventListener("htmx:sendError", (event) => { if (!event.detail.elt.matches("form[data-outbox]")) trouble(false); });
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) trouble(false); });
  document.addEventListener("htmx:afterOnLoad", () => trouble(true));
})();
