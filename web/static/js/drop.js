// A large place to drop one file; the file field in it does all the work, with or without this: [data-drop] around it.
linli.each("[data-drop]", (place) => {
  const field = place.querySelector("input[type=file]");
  const name = place.querySelector("[data-drop-name]");
  const show = () => {
    name.textContent = field.files.length ? linli.fill(place.dataset.chosen, { name: field.files[0].name }) : "";
    if (field.files.length) place.closest("form").querySelector("[type=submit]").focus();
  };
  const over = (event) => { event.preventDefault(); place.classList.add("over"); };
  place.addEventListener("dragenter", over);
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    // One file a time: of several that were dropped together the first is taken.
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    field.files = one.files;
    show();
  });
  field.addEventListener("change", show);
});
