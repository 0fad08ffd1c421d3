// What the tests of accessibility ask of a page that has axe loaded. The page is taken apart by it.
(() => {
  const PART = 200;
  const DRAWN = ["math", "svg"];

  // As axe has them, but signs and short texts are weighed too, and icons that stylesheets make are no ground.
  const DECIDING = {
    ignoreUnicode: false, ignoreLength: true, ignorePseudo: true,
    boldValue: 700, boldTextPt: 14, largeTextPt: 18, contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
    pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03,
  };

  const shown = (element) => element.outerHTML.slice(0, 150);
  const told = ({ id, nodes }) => nodes.map((node) => [id, node.html.slice(0, 150), node.failureSummary.slice(0, 300)]);

  // Everything is laid out and nothing is folded, so that axe finds each element in its place.
  const unfold = async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { content-visibility: visible !important; transition: none !important }");
    document.adoptedStyleSheets.push(sheet);
    for (const details of document.querySelectorAll("details")) details.open = true;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  };

  const structure = async () => {
    const { violations } = await axe.run({ rules: { "color-contrast": { enabled: false } }, resultTypes: ["violations"] });
    return violations.flatMap(told);
  };

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const painted = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const [colour, opacity] of colours) {
      canvas.globalAlpha = opacity;
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => linear(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  const ancestors = (element) => (element ? [...ancestors(element.parentElement), element] : []);
  const opacity = (element) => ancestors(element).reduce((product, each) => product * getComputedStyle(each).opacity, 1);
  const grounds = (element) => ancestors(element).map((each) => [getComputedStyle(each).backgroundColor, 1]);
  const faint = (element, kind = "color", shapes = []) => {
    const under = [["white", 1], ...grounds(element), ...shapes];
    const found = ratio(painted([...under, [getComputedStyle(element)[kind], opacity(element)]]), painted(under));
    return found < 4.5 ? [[shown(element), `contrast ${found.toFixed(2)}`]] : [];
  };

  // A formula has one colour, that of its element; its letters inherit it.
  const formulas = () =>
    [...document.querySelectorAll("article math")].flatMap((math) => {
      const { color } = getComputedStyle(math);
      const own = [...math.querySelectorAll("*")].filter((part) => {
        const style = getComputedStyle(part);
        return style.color !== color || style.opacity !== "1" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
      });
      return [...faint(math), ...own.map((part) => [shown(part), "has a colour of its own"])];
    });

  // A label of a drawing stands on the shapes that were drawn before it and that hold its middle.
  const under = (text, shapes) => {
    const { x, y, width, height } = text.getBBox();
    const middle = new DOMPoint(x + width / 2, y + height / 2).matrixTransform(text.getScreenCTM());
    return shapes
      .filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
      .filter((shape) => getComputedStyle(shape).fill !== "none")
      .filter((shape) => shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse())))
      .map((shape) => [getComputedStyle(shape).fill, opacity(shape) * getComputedStyle(shape).fillOpacity]);
  };
  const labels = () =>
    [...document.querySelectorAll("article svg")].flatMap((svg) => {
      const shapes = [...svg.querySelectorAll("rect, circle, ellipse, path, polygon")];
      const texts = [...svg.querySelectorAll("text")].filter((text) => text.checkVisibility({ opacityProperty: true }));
      return texts.flatMap((text) => faint(text, "fill", under(text, shapes)));
    });
  const labelsOfBothStates = () => ["forward", "backward"].flatMap((state) => {
    for (const choice of document.querySelectorAll(`.drawing input[value="${state}"]`)) choice.checked = true;
    return labels();
  });

  // The time for contrast grows faster than the page, so an article is examined part by part.
  const count = (element) => element.querySelectorAll("*").length + 1;
  const parts = (element) => (count(element) <= PART ? [element] : [...element.children].flatMap(parts));
  const slices = (pieces) => {
    const found = [];
    let room = 0;
    for (const piece of pieces) {
      if (count(piece) > room) {
        found.push([]);
        room = PART;
      }
      found.at(-1).push(piece);
      room -= count(piece);
    }
    return found;
  };

  // Where axe cannot tell what lies under a text, because something overlaps it, it is what surrounds it.
  const weigh = async (context) => {
    const checks = { "color-contrast": { options: DECIDING } };
    const options = { runOnly: ["color-contrast"], resultTypes: ["violations", "incomplete"], elementRef: true, checks };
    const { violations, incomplete } = await axe.run(context, options);
    return [...violations.flatMap(told), ...incomplete.flatMap(({ nodes }) => nodes.flatMap((node) => faint(node.element)))];
  };

  const contrast = async () => {
    const article = document.querySelector("article");
    article.style.minHeight = `${article.offsetHeight}px`;
    for (const drawn of article.querySelectorAll(DRAWN.join())) drawn.replaceChildren();
    const pieces = [...article.children].flatMap(parts);
    const places = new Map(pieces.map((piece) => [piece, document.createComment("")]));
    for (const [piece, place] of places) piece.replaceWith(place);
    const found = await weigh({ exclude: DRAWN });
    for (let at = article; at !== document.body; at = at.parentElement) at.parentElement.replaceChildren(at);
    for (const slice of slices(pieces)) {
      for (const piece of slice) places.get(piece).replaceWith(piece);
      found.push(...(await weigh({ include: slice, exclude: DRAWN })));
      for (const piece of slice) piece.replaceWith(places.get(piece));
    }
    return found;
  };

  window.audit = async () => {
    await unfold();
    return [...(await structure()), ...formulas(), ...labelsOfBothStates(), ...(await contrast())];
  };
})();
