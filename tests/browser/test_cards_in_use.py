"""Cards in use: copies, numbers, previews, symbols that explain themselves, the list of all equations, the search."""

import builtins
import dis
import re
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np
import pytest

from rnnwb.site.library import load

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PHONE, DESK = {"width": 360}, {"width": 1440}
AXE = {"resultTypes": ["violations"]}

ARTICLE = "many-to-many/"
CARD = ".equation:has(#eq-first-hidden-gradient)"
EVERY_COPY = """[...document.querySelectorAll('.equation__copy[data-clipboard-target]')].map(button =>
  document.querySelector(button.dataset.clipboardTarget).textContent)"""
EVERY_TEX = """[...document.querySelectorAll('.equation__copy[data-clipboard-text]')].map(button =>
  [button.closest('.equation').querySelector('[id^=eq-]').id.slice(3), button.dataset.clipboardText])"""


NEAR_THE_TOP = 8
"""Pages: Material shows those with a word of the search in their title before a section with all words in its own."""
RESULTS = """[...document.querySelectorAll('.md-search-result__item')].map(item =>
  [...item.querySelectorAll('a')].map(link => link.href.replace(/\\?[^#]*/, "")))"""
ALL_RESULTS = """async () => {
  const box = document.querySelector(".md-search__scrollwrap");
  for (let round = 0; round < 10; round++) {
    box.scrollTo(0, box.scrollHeight);
    await new Promise(done => setTimeout(done, 200));
  }
}"""


def missing_names(text: str, namespace: dict[str, Any]) -> set[str]:
    """The names that a copied text reads when it is called, and that neither it nor Python defines."""
    waiting, read = [compile(text, "copy", "exec")], set()
    while waiting:
        code = waiting.pop()
        read |= {each.argval for each in dis.get_instructions(code) if each.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return {name for name in read if name not in namespace and not hasattr(builtins, name)}


def searched(page: Any, query: str) -> list[list[str]]:
    """The links that a search finds, those of one page together, in the order in which they are shown."""
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(query)
    page.wait_for_selector(".md-search-result__link")
    page.wait_for_function("document.querySelector('.md-search-result__meta').innerText.match(/\\d/)")
    page.evaluate(ALL_RESULTS)
    links: list[list[str]] = page.evaluate(RESULTS)
    return links


def copied(page: Any, before: str = "") -> str:
    """What the clipboard holds, once it holds something else than before."""
    for _ in range(100):
        text = str(page.evaluate("navigator.clipboard.readText()"))
        if text != before:
            return text
        page.wait_for_timeout(100)
    raise AssertionError("nothing was copied")


def test_what_the_buttons_copy_is_the_block_and_code_that_runs_alone(visit: Any) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open(ARTICLE)
    card = page.locator(CARD)
    card.get_by_role("button", name="Copy TeX of equation").click()
    tex = copied(page)
    assert tex.split() == load(ROOT / "docs").entries["first-hidden-gradient"].body.split()
    card.get_by_role("button", name="Copy code of equation").focus()
    page.keyboard.press("Enter")
    namespace: dict[str, Any] = {"np": np}
    exec(copied(page, tex), namespace)
    gradient = namespace["step_hidden_gradient"](np.array([1.0, 2.0]), np.array([[1.0, 0.0], [3.0, 4.0], [0.0, 1.0]]))
    assert gradient.tolist() == [1.0, 11.0, 2.0]


def test_every_copy_runs_in_an_empty_namespace_and_every_tex_is_its_block(visit: Any, paths: list[str]) -> None:
    entries = load(ROOT / "docs").entries
    codes, formulas = 0, 0
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for text in page.evaluate(EVERY_COPY):
            namespace: dict[str, Any] = {"np": np}
            exec(text, namespace)
            assert callable(namespace[re.findall(r"(?m)^def (\w+)", text)[0]])
            assert missing_names(text, namespace) == set()
            codes += 1
        for name, tex in page.evaluate(EVERY_TEX):
            assert tex.split() == entries[name].body.split()
            formulas += 1
    assert codes == sum(entry.function is not None for entry in entries.values()) > 500
    assert formulas == len(entries)


def test_a_copy_without_its_helper_is_noticed() -> None:
    text = "def output(x):\n    return [helper(one) for one in np.array(x)]\n"
    namespace: dict[str, Any] = {"np": np}
    exec(text, namespace)
    assert missing_names(text, namespace) == {"helper"}


@pytest.mark.parametrize("visit", [DESK, PHONE], indirect=True)
def test_opened_code_has_the_width_of_its_card(visit: Any) -> None:
    card = visit.open(ARTICLE).locator(CARD)
    card.get_by_text("Code", exact=True).click()
    width = "element => element.getBoundingClientRect().width"
    assert card.locator("pre").evaluate(width) > 0.9 * card.evaluate(width)


@pytest.mark.parametrize("visit", [DESK, {"scheme": "dark", **PHONE}], indirect=True)
def test_numbers_open_close_and_stay(visit: Any) -> None:
    page = visit.open(ARTICLE)
    button = page.locator(CARD).get_by_role("button", name="Numbers in equation")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#numbers-first-hidden-gradient")
    panel.locator("math").first.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    assert button.get_attribute("aria-controls") == "numbers-first-hidden-gradient"
    assert "All sides are the same number." in panel.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.keyboard.press("Enter")
    assert panel.is_hidden()
    page.keyboard.press("Enter")
    assert panel.is_visible()
    assert page.locator("#numbers-first-hidden-gradient").count() == 1
    assert visit.faults == []


def test_a_symbol_explains_itself_to_the_pointer_and_lights_up(visit: Any) -> None:
    page = visit.open(ARTICLE)
    card = page.locator(CARD)
    card.locator("summary", has_text="Code").click()
    card.locator("mi[data-symbol='V']").first.hover()
    tooltip = page.locator("#tooltip")
    tooltip.wait_for()
    assert "output weights, from hidden unit" in tooltip.inner_text()
    assert tooltip.locator("math[alttext='H \\\\times K']").count() == 1
    lit = "[...document.querySelectorAll('.symbol-lit')].map(e => e.closest('.equation, figure, p')?.tagName)"
    assert "DIV" in page.evaluate(lit)
    words = "[...CSS.highlights.get('symbol')].map(range => range.toString())"
    assert page.evaluate(words) == ["V", "V", "V"]
    page.mouse.move(5, 5)
    tooltip.wait_for(state="hidden")
    assert page.evaluate(lit) == []


def test_the_keyboard_walks_from_symbol_to_symbol(visit: Any) -> None:
    page = visit.open(ARTICLE)
    page.locator(CARD).locator("summary", has_text="Code").focus()
    formula = page.locator(f"{CARD} .maths")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if formula.evaluate("e => e === document.activeElement"):
            break
    tooltip = page.locator("#tooltip")
    assert "total derivative of" in tooltip.inner_text()
    assert formula.get_attribute("aria-describedby") == "tooltip"
    seen = set()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        seen.add(tooltip.inner_text().split("\n")[0])
    assert len(seen) >= 5
    page.keyboard.press("Escape")
    assert tooltip.is_hidden()
    assert formula.get_attribute("aria-describedby") is None
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.localName") == "math", "the sentence before is reached as well"
    assert tooltip.is_visible()
    assert visit.faults == []


def test_a_tap_explains_and_a_tap_elsewhere_ends_it(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + ARTICLE)
    page.locator(f"{CARD} mi[data-symbol='S_t']").first.tap()
    page.locator("#tooltip").wait_for()
    assert "hidden state after step" in page.locator("#tooltip").inner_text()
    box = page.locator("#tooltip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator("h1").first.evaluate("heading => heading.click()")
    page.locator("#tooltip").wait_for(state="hidden")
    context.close()


def test_a_reference_shows_its_equation_from_this_page_and_from_another(visit: Any) -> None:
    page = visit.open(ARTICLE)
    tooltip = page.locator("#tooltip")
    page.locator(f"{CARD} .equation__rests a").first.hover()
    tooltip.locator("math").wait_for()
    assert "Hidden state" in tooltip.inner_text()
    page.keyboard.press("Escape")
    page.locator("a.equation-link[href*='feedforward']").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    tooltip.locator("math").wait_for()
    assert visit.faults == []


def test_all_equations_are_filtered_by_article_kind_symbol_and_text(visit: Any) -> None:
    entries = load(ROOT / "docs").entries
    page = visit.open("equations/")
    rows = "[...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility()).length"
    count = page.locator(".equation-filter output")
    page.get_by_label("Article").select_option("lstm.md")
    expected = sum(entry.page == "lstm.md" for entry in entries.values())
    assert count.inner_text() == f"{expected} equations"
    assert page.evaluate(rows) == expected
    page.get_by_label("Kind").select_option("define")
    both = sum(entry.page == "lstm.md" and entry.kind == "define" for entry in entries.values())
    assert page.evaluate(rows) == both
    page.get_by_label("Article").select_option("")
    page.get_by_label("Kind").select_option("")
    page.get_by_label("Symbol").select_option("S_t")
    assert 20 < page.evaluate(rows) < len(entries)
    page.get_by_label("Symbol").select_option("")
    page.get_by_label("Text").fill("first-hidden gradient")
    names = sum("first-hidden-gradient" in name for name in entries)
    assert page.evaluate(rows) >= names > 0
    page.get_by_label("Text").fill("")
    assert count.inner_text() == ""
    assert visit.faults == []


def test_the_graph_shows_what_an_equation_rests_on(visit: Any) -> None:
    page = visit.open("equations/")
    page.evaluate("document.querySelectorAll('.equation-group, .equation-group__graph').forEach(d => d.open = true)")
    node = page.locator("[data-page='many-to-many.md'] .graph a[data-name='first-hidden-gradient']")
    node.focus()
    near = set(
        page.evaluate("[...document.querySelectorAll('.graph--followed a.graph__near')].map(a => a.dataset.name)")
    )
    assert {"first-hidden-gradient", "first-logits-gradient", "hidden-state", "first-preactivation-gradient"} <= near
    assert "batched-logits" not in near
    href = node.evaluate("link => link.href")
    assert href.endswith("/many-to-many/#eq-first-hidden-gradient")


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("hidden-gradient", "#eq-hidden-gradient"),
        ("pre-activation gradient", "preactivation-gradient"),
        ("delta", "#eq-"),
    ],
)
def test_the_search_finds_equations_by_name_symbol_and_meaning(visit: Any, query: str, card: str) -> None:
    links = [link for page in searched(visit.open(ARTICLE), query) for link in page]
    assert any(card in link for link in links), links[:20]


@pytest.mark.parametrize(
    ("query", "card"),
    [
        ("hidden gradient", "many-to-many/#eq-hidden-gradient"),
        ("forget gate", "lstm/#eq-lstm-forget-gate"),
        ("softmax jacobian", "feedforward/#eq-feedforward-softmax-jacobian"),
    ],
)
def test_the_name_of_an_equation_finds_its_card_near_the_top_and_the_reference_after(
    visit: Any, query: str, card: str
) -> None:
    pages = searched(visit.open("resources/"), query)
    place = next(number for number, links in enumerate(pages) if any(link.endswith(f"/{card}") for link in links))
    assert place < NEAR_THE_TOP, pages[:4]
    assert not any("/reference/" in link for links in pages[:place] for link in links)


@pytest.mark.parametrize("visit", [{"scheme": "light", **DESK}, {"scheme": "dark", **PHONE}], indirect=True)
def test_axe_finds_nothing_where_everything_is_open(visit: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit.open(ARTICLE)
    page.locator(CARD).get_by_role("button", name="Numbers in equation").click()
    page.locator("#numbers-first-hidden-gradient math").first.wait_for()
    page.locator(CARD).locator("summary", has_text="Code").click()
    page.locator(f"{CARD} mi[data-symbol='V']").first.click()
    found = [Axe().run(page, options=AXE).response["violations"]]
    page = visit.open("equations/")
    page.evaluate("[...document.querySelectorAll('details')].slice(0, 6).forEach(d => d.open = true)")
    found.append(Axe().run(page, options=AXE).response["violations"])
    assert [
        (violation["id"], [f"{node['html'][:150]} {node['failureSummary'][:200]}" for node in violation["nodes"][:3]])
        for violations in found
        for violation in violations
    ] == []
