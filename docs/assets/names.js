// Names for what Material leaves unnamed to a screen reader, and what may scroll, code and tables, within reach of the keyboard.
const WIDE = ":is(pre > code, .md-typeset__scrollwrap:not(.symbols *)):not([tabindex])";

const nameParts = () => {
  document.querySelector(".md-search:not([aria-label])")?.setAttribute("aria-label", "Search");
  document.querySelectorAll("nav.md-code__nav").forEach((bar, index) => {
    const name = `Code ${index + 1}`;
    if (bar.getAttribute("aria-label") !== name) bar.setAttribute("aria-label", name);
  });
  for (const part of document.querySelectorAll(".md-nav--secondary .md-nav__item > .md-nav")) {
    const name = decodeURIComponent(part.previousElementSibling.hash.slice(1));
    if (part.getAttribute("aria-label") !== name) part.setAttribute("aria-label", name);
  }
  for (const wide of document.querySelectorAll(WIDE)) wide.tabIndex = 0;
};

// Once for all that changes until the browser has time.
let waiting = false;
const nameLater = () => {
  if (waiting) return;
  waiting = true;
  (window.requestIdleCallback ?? setTimeout)(() => {
    waiting = false;
    nameParts();
  });
};

nameLater();
new MutationObserver(nameLater).observe(document.body, { childList: true, subtree: true });
