// Symbols explain themselves: by pointer, by touch, and by keyboard with the arrow keys in any equation.
(() => {
  const LIT = "symbol-lit";
  const BLOCK = ".equation, p, li, td, figure";
  const supported = typeof Highlight !== "undefined";
  let current = null;

  const dictionary = () => document.getElementById("page-symbols")?.content;
  const named = (root, name) => [...root.querySelectorAll("[data-symbol]")].filter((e) => e.dataset.symbol === name);
  const entry = (name) => dictionary() && named(dictionary(), name)[0];
  const symbols = () => [...document.querySelectorAll(".md-content math [data-symbol]")];
  const holder = (symbol) => symbol.closest(".maths") ?? symbol.closest("math");

  const shine = (symbol) => {
    const scripts = /^m(under|over|sub|sup)/;
    const parent = symbol.parentElement;
    const whole = scripts.test(parent.localName) && parent.firstElementChild === symbol ? parent : symbol;
    whole.classList.add(LIT);
  };

  // The text of the first function, without strings and comments.
  const words = (code) => {
    const found = [];
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let functions = 0; walker.nextNode(); ) {
      const kind = walker.currentNode.parentElement.className;
      if (kind === "k" && walker.currentNode.data === "def" && ++functions > 1) break;
      if (!/^[sc]/.test(kind)) found.push(walker.currentNode);
    }
    return found;
  };

  const shineInCode = (name, block) => {
    const details = block?.querySelector("details[data-names]");
    const pairs = (details?.dataset.names ?? "").split(" ").map((pair) => pair.split(/=(.*)/));
    const arguments_ = pairs.filter(([, symbol]) => symbol === name).map(([argument]) => argument);
    if (!supported || !arguments_.length) return;
    const ranges = [];
    for (const text of words(details.querySelector("code"))) {
      for (const match of text.data.matchAll(new RegExp(`\\b(?:${arguments_.join("|")})\\b`, "g"))) {
        const range = new Range();
        range.setStart(text, match.index);
        range.setEnd(text, match.index + match[0].length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("symbol", new Highlight(...ranges));
  };

  const darken = () => {
    for (const element of document.querySelectorAll(`.${LIT}`)) element.classList.remove(LIT);
    if (supported) CSS.highlights.delete("symbol");
    current = null;
  };

  const explain = (symbol, describes) => {
    const name = symbol.dataset.symbol;
    const text = entry(name);
    if (!text || symbol === current) return;
    tooltip.show(symbol, [...text.cloneNode(true).childNodes], describes);
    darken();
    current = symbol;
    const block = symbol.closest(BLOCK);
    for (const same of named(block ?? symbol.closest("math, svg"), name)) shine(same);
    for (const same of named(document, name)) if (same.closest("svg")) same.classList.add(LIT);
    shineInCode(name, block?.closest(".equation"));
  };

  const at = (event) => event.target.closest?.(".md-content math [data-symbol], .md-content svg [data-symbol]");

  document.addEventListener("pointerover", (event) => {
    const symbol = at(event);
    if (symbol && event.pointerType === "mouse") tooltip.soon(() => explain(symbol), current ? 60 : 180);
  });
  document.addEventListener("pointerout", (event) => {
    if (at(event) && event.pointerType === "mouse") tooltip.soon(tooltip.hide, 250);
  });
  document.addEventListener("click", (event) => {
    const symbol = at(event);
    if (symbol) explain(symbol);
    else if (current && !event.target.closest("#tooltip")) tooltip.hide();
  });
  document.addEventListener("tooltip-hidden", darken);

  const focusOn = (symbol) => {
    const formula = holder(symbol);
    if (formula !== document.activeElement) {
      formula.tabIndex = formula.matches(".equation .maths") ? 0 : -1;
      formula.focus({ preventScroll: true });
    }
    symbol.scrollIntoView({ block: "nearest", inline: "nearest" });
    explain(symbol, formula);
  };

  const MOVES = {
    ArrowRight: (all, from) => all[from + 1],
    ArrowLeft: (all, from) => all[from - 1],
    Home: (all, from) => all.find((symbol) => holder(symbol) === holder(all[from])),
    End: (all, from) => all.findLast((symbol) => holder(symbol) === holder(all[from])),
  };

  document.addEventListener("keydown", (event) => {
    const formula = document.activeElement;
    if (!MOVES[event.key] || !formula?.matches(".maths, math") || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = symbols();
    const inside = current && formula.contains(current);
    const first = all.findIndex((symbol) => formula.contains(symbol));
    const next = inside ? MOVES[event.key](all, all.indexOf(current)) : all[first];
    if (!next) return;
    event.preventDefault();
    focusOn(next);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".equation .maths:focus-visible") && !event.target.contains(current)) {
      const first = event.target.querySelector("[data-symbol]");
      if (first) explain(first, event.target);
    }
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches(".maths, math")) tooltip.hide();
  });

  document$.subscribe(() => {
    for (const formula of document.querySelectorAll(".equation .maths")) {
      const number = formula.parentElement.querySelector(".equation__number")?.textContent ?? "";
      formula.tabIndex = 0;
      formula.setAttribute("role", "group");
      formula.setAttribute("aria-label", `Equation ${number}, arrow keys explain its symbols`);
    }
  });
})();
