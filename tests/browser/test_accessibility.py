"""Every page as those read it who see little, hear it, or have no pointer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

AUDIT = (Path(__file__).parent / "accessibility.js").read_text(encoding="utf-8")
SPOILED = """() => document.querySelector("article").insertAdjacentHTML("beforeend", `
  <details><summary>More</summary><p style="color: #999">faint</p></details> <p style="opacity: 0.4">fading</p>
  <img src="data:,"> <p><math style="color: #888"><mi>x</mi></math> <math><mi style="color: red">y</mi></math></p>
  <svg role="img" aria-label="A"><rect width="99" height="99" fill="#777" /><text x="9" y="30" fill="#666">z</text></svg>`)"""
FOUND = ("faint", "fading", "<img", "<math", "<mi", "<text")

UNNAMED = """() => [...document.querySelectorAll("article svg")].filter(svg => {
  const names = (svg.getAttribute("aria-labelledby") ?? "").split(" ").map(id => document.getElementById(id)?.textContent);
  return svg.getAttribute("aria-hidden") !== "true" && !(svg.ariaLabel || names.join("").trim());
}).map(svg => svg.outerHTML.slice(0, 150))"""

REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(element =>
  element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex === 0
  && !element.matches("input[type=radio]:not(:checked)"))"""
MARK = f"() => {{ window.unreached = new Set(({REACHABLE})()); return window.unreached.size }}"
STEP = """() => {
  window.unreached.delete(document.activeElement);
  return window.unreached.size === 0;
}"""
LEFT = """async () => {
  const left = [];
  for (const element of window.unreached) {
    element.scrollIntoView();
    await new Promise(seen => setTimeout(seen, 300));
    if (element.isConnected && element.tabIndex === 0) left.push(element.outerHTML.slice(0, 150));
  }
  return left;
}"""
"""What could be reached when it is seen: far from the screen a box of code may be taken for one that scrolls."""

SHY = """() => {
  document.querySelector("article").insertAdjacentHTML("beforeend", "<a href='#'>a shy link</a>");
  document.querySelector("article").lastChild.addEventListener("focus", event => event.target.blur());
}"""


def start_audit(visit: Any, path: str, change: str = "() => {}") -> None:
    """Open a page, with axe, and let it examine itself."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit.open(f"{path}/".lstrip("/"))
    page.evaluate(change)
    page.evaluate(Axe().axe_script)
    page.evaluate(AUDIT)
    page.evaluate("() => { window.found = audit() }")


def test_axe_finds_nothing_on_any_page(new_visit: Callable[..., Any], paths: list[str]) -> None:
    found = []
    for path in paths:
        visits = [new_visit("light", 1440), new_visit("dark", 360)]
        for visit in visits:
            start_audit(visit, path)
        for visit in visits:
            found += [(path, *fault) for fault in visit.page.evaluate("window.found")]
            visit.context.close()
    assert found == []


def test_the_audit_finds_what_is_faint_or_has_no_alternative(visit: Any) -> None:
    start_audit(visit, "resources", SPOILED)
    faults = visit.page.evaluate("window.found")
    missed = [wanted for wanted in FOUND if not any(wanted in " ".join(fault) for fault in faults)]
    assert missed == []


def test_every_drawing_has_a_name(visit: Any, paths: list[str]) -> None:
    for path in paths:
        assert visit.open(f"{path}/".lstrip("/")).evaluate(UNNAMED) == [], path


def test_a_screen_reader_is_given_each_formula_as_mathematics(visit: Any) -> None:
    page = visit.open("feedforward/")
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.add_style_tag(content="* { content-visibility: visible !important }")
    nodes = visit.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    formulas = [node for node in nodes if node["role"]["value"] == "MathMLMath" and not node["ignored"]]
    assert len(formulas) == page.locator("math").count() > 100
    assert all(node["childIds"] for node in formulas)


def unreached(page: Any) -> list[str]:
    """What the Tab key misses in two rounds: a box of code may lose the focus while the first lays it out."""
    count = page.evaluate(MARK)
    assert count > 20
    for _ in range(2 * count + 10):
        page.keyboard.press("Tab")
        if page.evaluate(STEP):
            break
    return page.evaluate(LEFT)


@pytest.mark.parametrize("path", ["", "feedforward/", "gradient-flow/", "equations/"])
def test_the_keyboard_reaches_everything(visit: Any, path: str) -> None:
    assert unreached(visit.open(path)) == []


def test_a_link_that_gives_the_focus_away_is_found(visit: Any) -> None:
    page = visit.open("resources/")
    page.evaluate(SHY)
    assert ["a shy link" in link for link in unreached(page)] == [True]
