// A matter opens beside the list where there is room for it; on a phone its link leads to its own page.
(() => {
  const narrow = window.matchMedia("(max-width: 56.24em)");

  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.detail.elt;
    if (!link.hasAttribute("data-beside") || !narrow.matches) return;
    event.preventDefault();
    location.assign(link.href);
  });

  // Ready sentences go into the field at once; without script the page comes back with the sentence in it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert-from]");
    if (!button) return;
    const list = document.querySelector(button.dataset.insertFrom);
    const field = document.querySelector(list.dataset.insert);
    const text = list.selectedOptions[0]?.dataset.text;
    if (!field || !text) return;
    event.preventDefault();
    field.value = field.value.trim() ? `${field.value.trim()}\n${text}` : text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
