// "Numbers" opens an instance of the equation, from one file for each page that is fetched when it is first wanted.
(() => {
  const assets = new URL(".", document.currentScript.src);

  const FAILED = "The numbers lie in a file of their own, which a browser reads only from a server.";

  const open = async (button) => {
    const equation = button.closest(".equation");
    const panel = document.createElement("div");
    panel.className = "numbers";
    panel.id = equation.querySelector("[id^=eq-]").id.replace("eq-", "numbers-");
    const page = document.getElementById("page-symbols").dataset.page;
    const file = new URL(`numbers/${page}.html`, assets);
    const found = await fetchPage(file).then((text) => text.getElementById(panel.id), () => null);
    if (found) panel.append(...found.cloneNode(true).childNodes);
    else panel.textContent = FAILED;
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
