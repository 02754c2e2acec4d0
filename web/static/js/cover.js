// Cells over a picture are chosen by drawing across them, too; [data-cover] holds the number of columns.
linli.each("[data-cover]", (box) => {
  const cells = [...box.querySelectorAll("input")];
  const columns = Number(box.dataset.cover);
  const rows = cells.length / columns;
  let from = null;
  let before = [];
  let drawn = false;

  const within = (part, whole, most) => Math.max(0, Math.min(most - 1, Math.floor((part / whole) * most)));
  const at = (event) => {
    const place = box.getBoundingClientRect();
    return [within(event.clientY - place.top, place.height, rows), within(event.clientX - place.left, place.width, columns)];
  };
  const between = (value, one, other) => value >= Math.min(one, other) && value <= Math.max(one, other);

  box.addEventListener("pointerdown", (event) => {
    from = at(event);
    before = cells.map((cell) => cell.checked);
    drawn = false;
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    if (!drawn && to[0] === from[0] && to[1] === from[1]) return;
    drawn = true;
    cells.forEach((cell, n) => {
      const inside = between(Math.floor(n / columns), from[0], to[0]) && between(n % columns, from[1], to[1]);
      cell.checked = before[n] || inside;
    });
  });
  addEventListener("pointerup", () => { from = null; });
  addEventListener("pointercancel", () => { from = null; });
  // What was drawn is not undone by the click that ends the drawing.
  box.addEventListener("click", (event) => { if (drawn) { event.preventDefault(); drawn = false; } }, true);
});
