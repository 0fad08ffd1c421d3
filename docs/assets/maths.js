// Inline formulas do not break; one that is wider than its column scrolls by itself.
const column = (element) =>
  getComputedStyle(element).display === "inline" ? column(element.parentElement) : element;

const letWideFormulasScroll = () => {
  for (const formula of document.querySelectorAll("span.arithmatex")) {
    formula.classList.remove("wide");
    const room = column(formula.parentElement).clientWidth;
    formula.classList.toggle("wide", formula.offsetWidth > room);
  }
};

window.MathJax = {
  tex: {
    inlineMath: [["\\(", "\\)"]],
    displayMath: [["\\[", "\\]"]],
  },
  options: {
    ignoreHtmlClass: ".*|",
    processHtmlClass: "arithmatex",
  },
  startup: {
    // Material tells when a page is shown, at first and after instant navigation.
    typeset: false,
    ready: () => {
      MathJax.startup.defaultReady();
      document$.subscribe(() => {
        MathJax.startup.promise = MathJax.startup.promise.then(() => {
          MathJax.startup.output.clearCache();
          MathJax.typesetClear();
          MathJax.texReset();
          return MathJax.typesetPromise().then(letWideFormulasScroll);
        });
      });
    },
  },
};
