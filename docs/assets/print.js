// On paper links cannot be followed, so they get numbers, and their addresses stand at the end; folded code is opened.
const PROSE_LINKS = ".md-content article a[href]:not(.equation a, .series a, .headerlink, .equation-link, .md-content__button, .md-icon)";

let afterPrint = [];

const unfold = () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    afterPrint.push(() => { details.open = false; });
  }
};

const list = (addresses) => {
  const notes = document.createElement("section");
  notes.className = "links-on-paper";
  notes.append(Object.assign(document.createElement("h2"), { textContent: "Links" }));
  const items = document.createElement("ol");
  for (const address of addresses) items.append(Object.assign(document.createElement("li"), { textContent: address }));
  notes.append(items);
  return notes;
};

const numberLinks = () => {
  const addresses = [];
  const here = location.href.split("#")[0];
  for (const link of document.querySelectorAll(PROSE_LINKS)) {
    if (link.href.split("#")[0] === here || !link.textContent.trim()) continue;
    if (!addresses.includes(link.href)) addresses.push(link.href);
    const mark = Object.assign(document.createElement("sup"), { textContent: ` [${addresses.indexOf(link.href) + 1}]` });
    link.after(mark);
    afterPrint.push(() => mark.remove());
  }
  if (!addresses.length) return;
  const notes = list(addresses);
  document.querySelector(".md-content article").append(notes);
  afterPrint.push(() => notes.remove());
};

addEventListener("beforeprint", () => { unfold(); numberLinks(); });
addEventListener("afterprint", () => { afterPrint.forEach((undo) => undo()); afterPrint = []; });
