"""Every page as a reader meets it."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

pytestmark = pytest.mark.browser

PHONE = {"width": 360}
GAPS = """[...document.querySelectorAll('.slanted')].filter(e => e.checkVisibility({contentVisibilityAuto: true})).map(
  e => e.lastElementChild.getBoundingClientRect().left - e.firstElementChild.getBoundingClientRect().right)"""
UNTYPESET = """[...document.querySelectorAll('.arithmatex, mjx-container, math')].filter(formula =>
  !(formula.localName === 'math' && formula.getAttribute('alttext') && formula.checkVisibility()
    && formula.getBoundingClientRect().width > 3)).map(formula => formula.outerHTML)"""


def test_no_fault_and_every_formula_is_laid_out(visit: Any, paths: list[str]) -> None:
    assert {"", "feedforward", "reference"} <= set(paths)
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        assert page.evaluate(UNTYPESET) == [], path
    assert visit.faults == []


def test_superscripts_keep_clear_of_slanted_capitals(visit: Any) -> None:
    gaps = visit.open("lstm/").evaluate(GAPS)
    assert len(gaps) >= 10
    assert min(gaps) > 0.8


def test_instant_navigation_shows_formulas_as_well(visit: Any) -> None:
    page = visit.open("")
    page.evaluate("window.stayed = true")
    links = page.locator(".post h3 a:not(.headerlink)")
    for number in range(links.count()):
        links.nth(number).click()
        page.locator("math").nth(3).wait_for(state="attached")
        assert page.evaluate(UNTYPESET) == []
        page.go_back()
        page.wait_for_selector(".posts")
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    assert visit.faults == []


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_wide_things_scroll_and_the_page_does_not(visit: Any, paths: list[str]) -> None:
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
@pytest.mark.parametrize("path", ["lstm", "fast-code", "d2l-notation"])
def test_on_a_phone_meanings_and_formulas_have_the_whole_width(visit: Any, path: str) -> None:
    page = visit.open(f"{path}/")
    tables = page.evaluate("[...document.querySelectorAll('.symbols')].map(e => [e.scrollWidth, e.clientWidth])")
    assert tables
    assert all(inside <= width for inside, width in tables)
    left = """[...document.querySelectorAll('.equation')].map(card => card.querySelector('.equation__facts').clientWidth
      - card.querySelector('.equation__formula > .maths').clientWidth)"""
    assert set(page.evaluate(left)) == {0}


def test_internal_links_and_anchors_resolve(visit: Any, paths: list[str], built: Path) -> None:
    anchors: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        anchors[page.url] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        hrefs = page.evaluate("[...document.links].filter(a => !a.hasAttribute('download')).map(a => a.href)")
        links |= {(page.url, href) for href in hrefs if href.startswith(visit.address)}
    assert len(links) > 5000
    nowhere = {(visit.address, visit.address + wrong) for wrong in ("nowhere/", "lstm/#nowhere", "assets/nowhere.js")}
    broken = set()
    for origin, href in links | nowhere:
        target, anchor = urldefrag(href)
        if not anchor and (built / target.removeprefix(visit.address)).is_file():
            continue
        if target not in anchors or (anchor and unquote(anchor) not in anchors[target]):
            broken.add((origin, href))
    assert broken == nowhere


def test_what_is_offered_to_download_is_there(visit: Any, paths: list[str]) -> None:
    offered = set()
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        offered |= set(page.evaluate("[...document.querySelectorAll('a[download]')].map(a => a.href)"))
    assert len(offered) >= 10
    assert [href for href in offered if not page.request.get(href).ok] == []


@pytest.mark.parametrize("visit", [{"width": 1440}], indirect=True)
@pytest.mark.parametrize("path", ["performance", "other-notations"])
def test_on_a_desk_no_table_is_wider_than_the_text(visit: Any, path: str) -> None:
    page = visit.open(f"{path}/")
    tables = page.evaluate("""[...document.querySelectorAll('.symbols, .md-typeset__scrollwrap')]
      .map(table => [table.scrollWidth, table.clientWidth])""")
    assert len(tables) > 2
    assert all(inside <= width for inside, width in tables)


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_formula_that_goes_on_beyond_its_edge_shows_it_and_no_other_is_shaded(visit: Any) -> None:
    page = visit.open("forward-mode/")
    page.add_style_tag(content="* { content-visibility: visible !important } .plain { background: none !important }")
    shaded = {}
    for goes_on in (True, False):
        number = page.evaluate(
            """goesOn => [...document.querySelectorAll('.maths')].findIndex(
              box => box.clientWidth && (box.scrollWidth > box.clientWidth + 9) === goesOn)""",
            goes_on,
        )
        box = page.locator(".maths").nth(number)
        signed = box.screenshot()
        box.evaluate("box => box.classList.add('plain')")
        shaded[goes_on] = box.screenshot() != signed
    assert shaded == {True: True, False: False}


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
@pytest.mark.parametrize("path", ["reference/notations", "write-your-own", "notebooks/memory"])
def test_the_button_that_copies_lies_on_no_code(visit: Any, path: str) -> None:
    page = visit.open(f"{path}/")
    page.locator(".highlight:not(.no-copy)").first.scroll_into_view_if_needed()
    page.locator(".md-code__nav").first.wait_for(state="attached")
    room = page.evaluate("""[...document.querySelectorAll('.md-code__nav')].map(bar =>
      bar.getBoundingClientRect().left - bar.parentElement.querySelector('code').getBoundingClientRect().right)""")
    assert room
    assert min(room) >= 0
