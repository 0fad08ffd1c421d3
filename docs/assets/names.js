// Names for what Material leaves unnamed to a screen reader, and code, which may scroll, within reach of the keyboard.
const nameParts = () => {
  document.querySelector(".md-search:not([aria-label])")?.setAttribute("aria-label", "Search");
  document.querySelectorAll("nav.md-code__nav").forEach((bar, index) => {
    const name = `Code ${index + 1}`;
    if (bar.getAttribute("aria-label") !== name) bar.setAttribute("aria-label", name);
  });
  for (const code of document.querySelectorAll("pre > code:not([tabindex])")) code.tabIndex = 0;
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
