"""What a first visit brings: few bytes, nothing that is not needed yet, and no rule of a stylesheet missing."""

import gzip
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from rnnwb.site.delivery.material import mend

pytestmark = pytest.mark.browser

MOST = 190_000
"""Bytes, 5 % below what is promised for an article; all pages keep it."""
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml"}

MATCHED = """async ([original, built]) => {
  const parts = (text) => {
    const found = [""];
    let depth = 0;
    for (const letter of text) {
      depth += "([".includes(letter) - ")]".includes(letter);
      if (letter === "," && !depth) found.push("");
      else found[found.length - 1] += letter;
    }
    return found.map(part => part.trim());
  };
  const selectors = (text) => {
    const all = (rules) => [...rules].flatMap(rule =>
      rule.selectorText ? parts(rule.selectorText) : rule.cssRules ? all(rule.cssRules) : []);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return new Set(all(sheet.cssRules));
  };
  const left = selectors(built);
  const gone = [...selectors(original)].filter(selector => !left.has(selector));
  return [gone.length, gone.filter(selector => document.querySelector(selector.replace(/::?(before|after|-[\\w-]+)/g, "")))];
}"""


def weight(file: Path) -> int:
    """The bytes of a file as a host sends it."""
    content = file.read_bytes()
    return len(gzip.compress(content, 6)) if file.suffix in COMPRESSED else len(content)


def asked(visit: Any, path: str, built: Path) -> list[Path]:
    """The files of the site that Chromium asks for when a page is the first to be opened."""
    urls: list[str] = []
    context = visit.context.browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: urls.append(request.url))
    page.goto(visit.address + path)
    page.wait_for_load_state("networkidle")
    context.close()
    files = [built / url.removeprefix(visit.address) for url in urls if url.startswith(visit.address)]
    return [file / "index.html" if file.is_dir() else file for file in files]


def test_a_first_visit_is_light(visit: Any, paths: list[str], built: Path) -> None:
    weights = {}
    for path in paths:
        files = asked(visit, f"{path}/".lstrip("/"), built)
        assert {"index.html", "sitemap.xml"} <= {file.name for file in files}, path
        weights[path] = sum(map(weight, files))
    assert {path: bytes_ for path, bytes_ in weights.items() if bytes_ > MOST} == {}


def test_what_is_not_needed_yet_does_not_come(visit: Any, built: Path) -> None:
    names = [file.name for file in asked(visit, "encoder-decoder/", built)]
    assert not [name for name in names if name.startswith(("search", "gradient-flow", "mml"))]
    assert len([name for name in names if name.endswith((".css", ".js"))]) == 2
    assert "gradient-flow.js" in {file.name for file in asked(visit, "gradient-flow/", built)}


def test_instant_navigation_keeps_the_stylesheet(visit: Any) -> None:
    page = visit.open("")
    page.evaluate("window.style = document.querySelector('link[rel=stylesheet]')")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for link in ("feedforward/", "notebooks/memory/", "lstm/"):
        page.locator(f".md-nav__link[href$='{link}']").first.evaluate("link => link.click()")
        page.wait_for_url(f"**/{link}")
        page.wait_for_selector(f"link[rel=canonical][href$='{link}']", state="attached")
        assert page.evaluate(
            "[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link === window.style)"
        )
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert not [url for url in asked if ".css" in url]
    assert visit.faults == []


def originals(folder: Path) -> str:
    """The stylesheets before they are joined, Material's mended."""
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    shutil.copytree(Path(spec.origin).parent / "templates/assets", folder / "assets")
    mend(folder)
    own = Path(__file__).parents[2] / "docs/assets"
    files = [*folder.glob("assets/stylesheets/*.css"), *own.glob("*.css")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_no_rule_that_was_left_out_matches_anything(visit: Any, paths: list[str], built: Path, tmp_path: Path) -> None:
    (sheet,) = built.glob("assets/site.*.css")
    both = [originals(tmp_path), sheet.read_text(encoding="utf-8")]
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        use(page)
        number, matched = page.evaluate(MATCHED, both)
        assert number > 500
        assert matched == [], path


def use(page: Any) -> None:
    """Let scripts make what they make when a page is used."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("gradient")
    page.wait_for_selector(".md-search-result__item", state="attached")
    page.keyboard.press("Escape")
    if page.locator(".equation__numbers").count():
        page.locator(".equation__numbers").first.click()
        page.locator(".equation__numbers").first.hover()
        page.locator(".numbers").first.wait_for(state="attached")
    if page.locator(".md-code__button").count():
        page.locator(".md-code__button").first.click()
