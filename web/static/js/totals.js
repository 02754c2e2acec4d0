// Beside a list of things to tick: how many are ticked, and how many households stand behind them.
linli.each("[data-households]", (words) => {
  const form = words.closest("form");
  if (!form) return;
  const boxes = () => [...form.querySelectorAll("input[data-count]:checked")];
  const show = () => {
    const ticked = boxes();
    const households = ticked.reduce((sum, box) => sum + Number(box.dataset.count), 0);
    words.textContent = linli.fill(words.dataset.households, { n: ticked.length, households });
  };
  form.addEventListener("change", show);
  show();
});
