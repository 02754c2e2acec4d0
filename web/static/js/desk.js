// The desk's keys: j and k walk [data-list] by its [data-row]s, other letters press [data-shortcut="letter"].
(() => {
  const rows = () => [...document.querySelectorAll("[data-list] [data-row]")];
  const chosen = (all) => all.findIndex((row) => row.classList.contains("on"));
  const link = (row) => row.querySelector("a.open") || row.querySelector("a");

  function choose(all, at) {
    all.forEach((row, place) => {
      row.classList.toggle("on", place === at);
      if (place === at) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
  }

  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = Math.min(Math.max(chosen(all) + by, 0), all.length - 1);
    choose(all, at);
    const way = link(all[at]);
    way?.focus();
    all[at].scrollIntoView({ block: "nearest" });
    // With a detail beside the list the row's own link fills it; else Enter opens the page.
    if (way?.hasAttribute("hx-get")) way.click();
  }

  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (/^[a-z]$/.test(event.key)) document.querySelector(`[data-shortcut="${event.key}"]:not([disabled])`)?.click();
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    const all = rows();
    choose(all, all.indexOf(row));
    if (!event.target.closest("a, button, input, label, summary") && !String(getSelection())) link(row)?.click();
  });
})();
