// Another file of the site, fetched once.
const fetchPage = (() => {
  const pages = new Map();
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  return (address) => {
    const url = String(address);
    if (!pages.has(url)) pages.set(url, fetch(url).then((response) => response.text()).then(parse));
    return pages.get(url);
  };
})();
