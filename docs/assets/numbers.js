// "Numbers" opens an instance of the equation, from one script for each page that is loaded when it is first wanted: a script, because
// a browser loads that without a server too.
(() => {
  const assets = new URL(".", document.currentScript.src);

  const pages = new Map();
  window.addNumbers = (page, html) => pages.set(page, new DOMParser().parseFromString(html, "text/html"));

  const load = (page) => new Promise((done) => {
    if (pages.has(page)) return done();
    const script = document.createElement("script");
    document.head.append(Object.assign(script, { src: new URL(`numbers/${page}.js`, assets), onload: done, onerror: done }));
  });

  const open = async (button) => {
    const equation = button.closest(".equation");
    const panel = document.createElement("div");
    panel.className = "numbers";
    panel.id = equation.querySelector("[id^=eq-]").id.replace("eq-", "numbers-");
    const page = document.getElementById("page-symbols").dataset.page;
    await load(page);
    const found = pages.get(page)?.getElementById(panel.id);
    panel.append(...(found?.cloneNode(true).childNodes ?? ["The numbers of this page could not be loaded."]));
    button.setAttribute("aria-controls", panel.id);
    equation.append(panel);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".equation__numbers");
    if (!button) return;
    const wanted = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(wanted));
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    if (panel) panel.hidden = !wanted;
    else if (wanted) await open(button);
  });
})();
