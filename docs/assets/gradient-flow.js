// Gradient flow to play with. The numbers are those of the Python package, which draws the first setting.
const gradientFlow = (() => {
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const length = (a) => Math.sqrt(dot(a, a));
  const rowTimes = (row, matrix) => matrix[0].map((_, j) => row.reduce((sum, value, i) => sum + value * matrix[i][j], 0));
  const rowTimesTransposed = (row, matrix) => matrix.map((line) => dot(row, line));
  const scaled = (matrix, factor) => matrix.map((row) => row.map((value) => factor * value));
  const slopes = (state) => state.map((value) => 1 - value * value);
  const times = (a, b) => a.map((value, i) => value * b[i]);

  const softmax = (logits) => {
    const top = Math.max(...logits);
    const weights = logits.map((value) => Math.exp(value - top));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((value) => value / sum);
  };

  const hiddenStates = ({ X, U }, W, last) => {
    const states = [];
    let before = W.map(() => 0);
    for (let t = 0; t <= last; t++) {
      const carried = rowTimes(before, W);
      before = rowTimes(X[t], U).map((value, h) => Math.tanh(value + carried[h]));
      states.push(before);
    }
    return states;
  };

  // Calls visit(t, tau, gradient of the loss of step t with respect to the state of step tau).
  const walkBack = (network, W, states, visit) => {
    states.forEach((state, t) => {
      const dY = softmax(rowTimes(state, network.V)).map((value, k) => value - network.C[t][k]);
      let gradient = rowTimesTransposed(dY, network.V);
      visit(t, t, gradient);
      for (let tau = t - 1; tau >= 0; tau--) {
        gradient = rowTimesTransposed(times(gradient, slopes(states[tau + 1])), W);
        visit(t, tau, gradient);
      }
    });
  };

  const keeps = ({ kind, steps }) => ({
    none: () => true,
    windows: (t, tau) => tau > t - steps,
    chunks: (t, tau) => Math.floor(t / steps) === Math.floor(tau / steps),
  })[kind];

  // The lengths of all gradients, and how far the truncated gradient of W is from the whole one.
  const compute = (network, setting) => {
    const W = scaled(network.W, setting.norm);
    const states = hiddenStates(network, W, setting.last);
    const keep = keeps(setting);
    const norms = states.map(() => []);
    const whole = W.map((row) => row.map(() => 0));
    const missing = W.map((row) => row.map(() => 0));
    let kept = 0;
    walkBack(network, W, states, (t, tau, gradient) => {
      norms[t][tau] = length(gradient);
      kept += keep(t, tau) ? 1 : 0;
      if (tau === 0) return;
      const delta = times(gradient, slopes(states[tau]));
      states[tau - 1].forEach((before, i) => delta.forEach((value, j) => {
        whole[i][j] += before * value;
        if (!keep(t, tau)) missing[i][j] += before * value;
      }));
    });
    return { norms, kept, bias: length(missing.flat()) / length(whole.flat()) };
  };

  const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

  const number = (value) => {
    if (value === 0 || (value >= 0.01 && value < 1000)) return String(Number(value.toPrecision(2)));
    const [digits, power] = value.toExponential(1).split("e");
    return `${digits}\u00a0·\u00a010${[...String(Number(power))].map((sign) => RAISED[sign]).join("")}`;
  };

  const summary = (setting, { norms, kept, bias }) => {
    const row = norms[setting.last];
    const [first, own] = [row[0], row[setting.last]];
    const factor = Math.max(first, own) / Math.min(first, own);
    const wayBack = `The loss of step ${setting.last} sends a gradient of length ${number(own)} to its own state, and one of length `
      + `${number(first)} to the state of step 0, ${number(factor)} times ${first < own ? "smaller" : "larger"}.`;
    const entries = ((setting.last + 1) * (setting.last + 2)) / 2;
    if (setting.kind === "none") return `${wayBack} All ${entries} entries of the table count: this is the whole gradient.`;
    const kind = setting.kind[0].toUpperCase() + setting.kind.slice(1);
    return `${wayBack} ${kind} of ${setting.steps} step${setting.steps === 1 ? "" : "s"} keep ${kept} of ${entries} entries, and the `
      + `gradient of W made of them is off by ${number(100 * bias)} %.`;
  };

  const LOWEST = -6;
  const HIGHEST = 2;

  const level = (norm) => {
    const power = norm > 0 ? Math.floor(Math.log10(norm)) : LOWEST - 1;
    return Math.min(Math.max(power, LOWEST - 1), HIGHEST) - LOWEST + 1;
  };

  // Runs of chosen cells, in units of one cell.
  const path = (last, chosen) => {
    let d = "";
    for (let t = 0; t <= last; t++) {
      for (let start = 0; start <= t; start++) {
        let end = start;
        while (end <= t && chosen(t, end)) end++;
        if (end > start) d += `M${start} ${t}h${end - start}v1h-${end - start}z`;
        start = end;
      }
    }
    return d;
  };

  // A stroke through each chosen cell.
  const strokes = (last, chosen) => {
    let d = "";
    for (let t = 0; t <= last; t++) {
      for (let tau = 0; tau <= t; tau++) {
        if (chosen(t, tau)) d += `M${tau} ${t + 1}l1-1`;
      }
    }
    return d;
  };

  const show = (exhibit, network) => {
    const value = (name) => Number(exhibit.querySelector(`[name="${name}"]`).value);
    const kind = exhibit.querySelector('[name="kind"]:checked').value;
    const setting = { norm: value("norm"), last: value("last"), steps: value("steps"), kind };
    const found = compute(network, setting);
    const { last } = setting;
    const cells = exhibit.querySelector(".flow__cells");
    const [place] = cells.getAttribute("transform").split(" scale");
    cells.setAttribute("transform", `${place} scale(${300 / (last + 1)})`);
    cells.querySelectorAll('[class^="level"]').forEach((element, wanted) => {
      element.setAttribute("d", path(last, (t, tau) => level(found.norms[t][tau]) === wanted));
    });
    const keep = keeps(setting);
    const struck = strokes(last, (t, tau) => !keep(t, tau));
    cells.querySelectorAll(".flow__left-out").forEach((element) => element.setAttribute("d", struck));
    exhibit.querySelectorAll(".flow__last").forEach((text) => { text.textContent = last; });
    exhibit.querySelectorAll("output").forEach((output) => { output.value = value(output.htmlFor.value.slice(5)); });
    exhibit.querySelector('[name="steps"]').disabled = kind === "none";
    const words = exhibit.querySelector(".flow__summary");
    const text = summary(setting, found);
    if (words.textContent !== text) words.textContent = text;
  };

  const start = (exhibit) => {
    const network = JSON.parse(exhibit.dataset.network);
    exhibit.querySelectorAll("input").forEach((input) => { input.disabled = false; });
    exhibit.addEventListener("input", () => show(exhibit, network));
    show(exhibit, network);
  };

  document$.subscribe(() => document.querySelectorAll(".flow").forEach(start));
  return { compute, summary };
})();
