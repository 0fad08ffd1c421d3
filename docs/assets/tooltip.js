// The one tooltip of the site: beside what it explains, readable with the pointer, gone with Escape.
const tooltip = (() => {
  const GAP = 8;
  const box = document.createElement("div");
  box.id = "tooltip";
  box.className = "tooltip md-typeset";
  box.setAttribute("role", "tooltip");
  box.setAttribute("aria-live", "polite");
  box.hidden = true;
  document.body.append(box);

  let anchor = null;
  let described = null;
  let timer = 0;

  // Below the line of the formula or of the text, so that this stays readable; above it where there is no room.
  const place = () => {
    const target = anchor.getBoundingClientRect();
    const line = (anchor.closest("mtr, math") ?? anchor).getBoundingClientRect();
    const width = Math.min(box.offsetWidth, innerWidth - 2 * GAP);
    const left = target.left + target.width / 2 - width / 2;
    const below = line.bottom + GAP;
    const fits = below + box.offsetHeight < innerHeight || line.top < box.offsetHeight + GAP;
    box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
    box.style.top = `${fits ? below : line.top - GAP - box.offsetHeight}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!anchor) return;
    described.removeAttribute("aria-describedby");
    anchor.dispatchEvent(new CustomEvent("tooltip-hidden", { bubbles: true }));
    anchor = described = null;
    box.hidden = true;
  };

  // `describes` is the element that has the focus, where that is not the anchor itself.
  const show = (target, content, describes = target) => {
    if (anchor !== target) hide();
    clearTimeout(timer);
    [anchor, described] = [target, describes];
    box.replaceChildren(...content);
    box.hidden = false;
    described.setAttribute("aria-describedby", box.id);
    place();
  };

  const soon = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };

  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => soon(hide, 200));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("scroll", () => anchor && place(), { passive: true, capture: true });
  document$.subscribe(hide);
  return { show, hide, soon, box };
})();
