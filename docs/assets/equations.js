// All equations: a filter over the list, and in the graph of an article what an equation rests on and leads to.
(() => {
  const matches = (row, page, { text, page: wanted, kind, symbol }) =>
    (!wanted || wanted === page) &&
    (!kind || row.dataset.kind === kind) &&
    (!symbol || row.dataset.symbols.split(" ").includes(symbol)) &&
    text.toLowerCase().split(/[\s_-]+/).every((word) => row.textContent.toLowerCase().replaceAll(/[_-]/g, " ").includes(word));

  const filter = (form) => {
    const wanted = Object.fromEntries(new FormData(form));
    const narrowed = Object.values(wanted).some(Boolean);
    let shown = 0;
    for (const group of document.querySelectorAll(".equation-group")) {
      let count = 0;
      for (const row of group.querySelectorAll("tbody tr")) {
        row.hidden = !matches(row, group.dataset.page, wanted);
        count += !row.hidden;
      }
      group.hidden = !count;
      group.open = narrowed && count > 0;
      group.querySelector(".equation-group__count").textContent = count;
      shown += count;
    }
    form.querySelector("output").textContent = narrowed ? `${shown} ${shown === 1 ? "equation" : "equations"}` : "";
  };

  document$.subscribe(() => {
    const form = document.querySelector(".equation-filter");
    if (!form) return;
    form.addEventListener("input", () => filter(form));
    form.addEventListener("submit", (event) => event.preventDefault());
  });

  // From one equation along the arrows, in one direction.
  const reached = (graph, start, from, to) => {
    const found = new Set([start]);
    const arrows = [...graph.querySelectorAll("path:not(.graph__recurrence)")];
    for (const name of found) for (const arrow of arrows) if (arrow.dataset[from] === name) found.add(arrow.dataset[to]);
    return found;
  };

  const follow = (node) => {
    const graph = node.closest(".graph");
    const above = reached(graph, node.dataset.name, "to", "from");
    const below = reached(graph, node.dataset.name, "from", "to");
    const both = (set, arrow) => set.has(arrow.dataset.from) && set.has(arrow.dataset.to);
    graph.classList.add("graph--followed");
    for (const each of graph.querySelectorAll("a")) {
      each.classList.toggle("graph__near", above.has(each.dataset.name) || below.has(each.dataset.name));
    }
    for (const each of graph.querySelectorAll("path")) each.classList.toggle("graph__near", both(above, each) || both(below, each));
  };
  const leave = (node) => node.closest(".graph").classList.remove("graph--followed");

  const at = (event) => event.target.closest?.(".graph a");
  for (const [kind, action] of [["pointerover", follow], ["focusin", follow], ["pointerout", leave], ["focusout", leave]]) {
    document.addEventListener(kind, (event) => at(event) && action(at(event)));
  }
})();
