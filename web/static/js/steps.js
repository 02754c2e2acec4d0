// A long form, one question at a time: form[data-steps] with fieldset[data-step]; without script it is one page.
// data-steps="phone" leaves it whole at a desk, where all of it has room.
linli.each("form[data-steps]", (form) => {
  const steps = [...form.querySelectorAll("[data-step]")];
  const head = form.querySelector("[data-steps-head]");
  if (steps.length < 2 || (form.dataset.steps === "phone" && linli.wide())) return;

  const current = () => steps.findIndex((step) => !step.hidden);
  const wrong = steps.findIndex((step) => step.querySelector("[aria-invalid=true], .wrong"));

  function paint(at) {
    if (!head) return;
    head.hidden = false;
    const count = { n: at + 1, of: steps.length };
    head.querySelectorAll("li").forEach((bar, place) => bar.classList.toggle("on", place <= at));
    head.querySelector("p").textContent = linli.fill(head.dataset.words, count);
  }

  function show(at, focus) {
    steps.forEach((step, place) => { step.hidden = place !== at; });
    const last = at === steps.length - 1;
    form.querySelectorAll("[data-last]").forEach((part) => { part.hidden = !last; });
    // A row of buttons below all steps leads on until the last, and back from the second.
    form.querySelectorAll(".turn [data-next]").forEach((button) => { button.hidden = last; });
    form.querySelectorAll(".turn [data-back]").forEach((button) => { button.hidden = at === 0; });
    paint(at);
    if (!focus) return;
    const title = steps[at].querySelector("h1, h2, legend");
    if (title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
    window.scrollTo(0, 0);
  }

  function go(at) {
    if (at < 0 || at >= steps.length) return;
    history.pushState({ step: at }, "");
    show(at, true);
  }

  function sound(step) {
    const bad = [...step.querySelectorAll("input, select, textarea")].find((field) => !field.checkValidity());
    if (bad) bad.reportValidity();
    return !bad;
  }

  form.querySelectorAll("[data-next], [data-back]").forEach((button) => { button.hidden = false; });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]") && sound(steps[current()])) go(current() + 1);
    if (event.target.closest("[data-back]")) history.back();
  });
  // Enter in a line of the first steps means "go on", not "send".
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || current() === steps.length - 1) return;
    event.preventDefault();
    if (sound(steps[current()])) go(current() + 1);
  });
  // The list of what is wrong leads into the step that holds the field.
  form.addEventListener("click", (event) => {
    const target = event.target.closest(".wrong-list a") && document.getElementById(event.target.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    show(steps.findIndex((step) => step.contains(target)), false);
    target.focus();
  });
  window.addEventListener("popstate", (event) => { if (form.isConnected) show(event.state?.step ?? 0, true); });
  const start = wrong >= 0 ? wrong : Math.min(history.state?.step ?? 0, steps.length - 1);
  history.replaceState({ step: start }, "");
  show(start, false);
});
