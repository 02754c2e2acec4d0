// The code that turns on the screen of whoever is in charge: [data-turning] is where the next one is fetched, [data-ahead]
// the six digits of the coming hours, so that they go on turning where there is no network.
linli.each("[data-turning]", (place) => {
  const ahead = new Map(place.dataset.ahead.trim().split(" ").filter(Boolean).map((one) => one.split(":")));
  const note = place.querySelector("[data-turning-offline]");
  const shown = () => place.querySelector("#turning");
  if (!shown()) return;
  const half = 30000;
  // The phone's clock may stand wrong: the first step on the list is the one in which the page was made.
  let [first] = ahead.keys();
  const began = Date.now() - (half - Number(shown().dataset.left) * 1000);
  const now = () => (parseInt(first, 16) + Math.floor((Date.now() - began) / half)).toString(16);

  function alone() {
    const six = ahead.get(now());
    const picture = shown().querySelector("img");
    picture.hidden = true;
    note.hidden = false;
    if (six) shown().querySelector(".digits").textContent = `${six.slice(0, 3)} ${six.slice(3)}`;
    return (half - ((Date.now() - began) % half)) / 1000;
  }

  async function turn() {
    let left;
    try {
      const answer = await fetch(place.dataset.turning, { headers: { "HX-Request": "true" }, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(8000) });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("turning");
      shown().replaceWith(fresh);
      note.hidden = true;
      left = Number(fresh.dataset.left);
    } catch {
      left = alone();
    }
    setTimeout(turn, left * 1000 + 200);
  }
  setTimeout(turn, Number(shown().dataset.left) * 1000 + 200);
  navigator.wakeLock?.request("screen").catch(() => {});
});
