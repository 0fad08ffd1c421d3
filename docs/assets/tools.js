// The buttons of a card, which are of no use without a script; and the helpers of its code, written once at the page's end.
(() => {
  const complete = (root) => {
    const helpers = document.getElementById("page-helpers")?.content;
    for (const place of root.querySelectorAll("code > [data-piece]:empty")) {
      const piece = helpers.querySelector(`[data-piece="${place.dataset.piece}"]`);
      place.append(...piece.cloneNode(true).childNodes);
    }
  };

  // The text alternative is the TeX of the block in one line; MathJax, where it takes over, keeps none.
  const tex = (equation) =>
    equation.querySelector(".maths [alttext]")?.getAttribute("alttext")
      .replace(/(\\\\|\\begin\{(?:aligned|cases)\}) /g, "$1\n").replace(/ (\\end\{(?:aligned|cases)\})/g, "\n$1");

  const button = (kind, text, name, data) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `equation__${kind}`;
    made.textContent = text;
    made.setAttribute("aria-label", name);
    Object.assign(made.dataset, data);
    return made;
  };

  const equip = (equation) => {
    const number = equation.querySelector(".equation__number").textContent.replace(/[()]/g, "");
    const code = equation.querySelector(".equation__code code");
    const tools = document.createElement("div");
    tools.className = "equation__tools";
    const numbers = button("numbers", "Numbers", `Numbers in equation ${number}`, {});
    numbers.setAttribute("aria-expanded", "false");
    tools.append(numbers);
    const source = tex(equation);
    if (source) tools.append(button("copy", "Copy TeX", `Copy TeX of equation ${number}`, { clipboardText: source }));
    if (code) tools.append(button("copy", "Copy code", `Copy code of equation ${number}`, { clipboardTarget: `#${code.id}` }));
    equation.querySelector(".equation__facts").after(tools);
  };

  document$.subscribe(() => {
    for (const equation of document.querySelectorAll(".equation:not(:has(> .equation__tools))")) equip(equation);
  });
  document.addEventListener("toggle", (event) => event.target.matches?.(".equation__code") && complete(event.target), true);
  // Folded code has no rendered text to copy, so the button is given the text of the element.
  document.addEventListener("click", (event) => {
    const copy = event.target.closest?.(".equation__copy[data-clipboard-target]");
    if (!copy) return;
    const code = document.querySelector(copy.dataset.clipboardTarget);
    complete(code.parentElement);
    copy.dataset.clipboardText = code.textContent.trimEnd();
  }, true);
  addEventListener("beforeprint", () => complete(document));
})();
