// What can be played with has a script of its own, which comes with the first page that needs it.
(() => {
  const assets = new URL(".", document.currentScript.src);
  let asked = false;
  document$.subscribe(() => {
    if (asked || !document.querySelector(".flow")) return;
    asked = true;
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("gradient-flow.js", assets) }));
  });
})();
