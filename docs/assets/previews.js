// A reference to an equation shows it: cloned from this page, or fetched once from the other one. Without a server the name of
// the equation, which is the title of the link, stands for one on another page.
(() => {
  const REFERENCE = "a.equation-link, .equation__rests a, .equation__uses a, .equation-list [href*='#eq-']";
  const card = async (link) => {
    const url = new URL(link.href);
    const here = url.pathname === location.pathname;
    const source = here ? document : served && (await fetchPage(url.origin + url.pathname));
    return source && source.getElementById(decodeURIComponent(url.hash.slice(1)))?.closest(".equation");
  };

  const content = (equation) => {
    const copy = (selector) => equation.querySelector(selector)?.cloneNode(true);
    const formula = copy(".maths");
    formula?.removeAttribute("tabindex");
    const title = copy(".equation__name");
    title?.removeAttribute("id");
    return [title, formula].filter(Boolean);
  };

  let wanted = null;
  const preview = async (link) => {
    wanted = link;
    const equation = await card(link).catch(() => null);
    if (equation && wanted === link) {
      link.removeAttribute("title");
      tooltip.show(link, content(equation));
    }
  };
  const leave = () => {
    wanted = null;
    tooltip.soon(tooltip.hide, 200);
  };

  const reference = (event) => event.target.closest?.(REFERENCE);
  document.addEventListener("pointerover", (event) => {
    const link = reference(event);
    if (link && event.pointerType === "mouse" && link !== wanted) tooltip.soon(() => preview(link), 150);
  });
  document.addEventListener("pointerout", (event) => reference(event) && leave());
  document.addEventListener("focusin", (event) => {
    const link = reference(event);
    if (link?.matches(":focus-visible")) preview(link);
  });
  document.addEventListener("focusout", (event) => reference(event) && leave());
})();
