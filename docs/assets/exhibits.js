// What can be played with has a script of its own, which comes with the first page that needs it.
(() => {
  const assets = new URL(".", document.currentScript.src);
  document$.subscribe(() => {
    if (document.querySelector(".flow")) import(new URL("gradient-flow.js", assets));
  });
})();
