// Roughly where the phone is: asked only when its owner ticks it, and rounded here, before it is sent. [data-near] holds the box.
linli.each("[data-near]", (place) => {
  const form = place.closest("form");
  const { near, near_wanted: box } = form.elements;
  if (!navigator.geolocation || !window.isSecureContext || !box) return;
  const note = place.querySelector("[data-near-note]");
  place.hidden = false;

  const round = (degrees) => (Math.round(degrees * 100) / 100).toFixed(2);
  function found({ coords }) {
    if (!box.checked) return;
    const [north, east] = [round(coords.latitude), round(coords.longitude)];
    near.value = `${north},${east}`;
    note.textContent = linli.fill(place.dataset.found, { north, east });
  }
  function failed() {
    box.checked = false;
    note.textContent = place.dataset.failed;
  }

  box.addEventListener("change", () => {
    near.value = "";
    note.textContent = box.checked ? place.dataset.asking : "";
    if (box.checked) navigator.geolocation.getCurrentPosition(found, failed, { maximumAge: 300000, timeout: 15000 });
  });
});
