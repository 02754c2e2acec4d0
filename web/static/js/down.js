// In a long column Enter and the arrows lead down and up, as in a ledger; Enter sends nothing that is half filled in.
linli.each("[data-down]", (form) => {
  form.addEventListener("keydown", (event) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || !event.target.matches("[data-down-step]")) return;
    event.preventDefault();
    const column = [...form.querySelectorAll("[data-down-step]")];
    const next = column[column.indexOf(event.target) + step] || (step > 0 && form.querySelector("button[type=submit]"));
    if (!next) return;
    next.focus();
    next.select?.();
  });
});
