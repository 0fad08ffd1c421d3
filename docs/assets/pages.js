// Another file of the site, fetched once. A page that was opened as a file can fetch none, and its search has no index.
const served = location.protocol !== "file:";
if (!served) Object.assign(document.querySelector(".md-search__input"), { disabled: true, placeholder: "Search needs a server" });

const fetchPage = (() => {
  const pages = new Map();
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  return (address) => {
    const url = String(address);
    if (!pages.has(url)) pages.set(url, fetch(url).then((response) => response.text()).then(parse));
    return pages.get(url);
  };
})();
