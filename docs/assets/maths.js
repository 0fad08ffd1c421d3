// Formulas are MathML; only a browser that does not know it loads MathJax.
if (typeof MathMLElement === "undefined") {
  window.MathJax = {
    startup: {
      typeset: false,
      ready: () => {
        MathJax.startup.defaultReady();
        // Material tells when a page is shown, at first and after instant navigation.
        document$.subscribe(() => {
          MathJax.startup.output.clearCache();
          MathJax.typesetClear();
          MathJax.typesetPromise();
        });
      },
    },
  };
  const script = document.createElement("script");
  script.src = new URL("mathjax/mml-chtml.js", document.currentScript.src);
  document.head.append(script);
}
