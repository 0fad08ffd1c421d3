"""The site needs no other host, no server of its own kind, and a browser without MathML reads it too."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

POLICY = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
INLINE = "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))"
WITHOUT_MATHML = "delete window.MathMLElement"


def test_every_page_has_the_same_policy(visit: Any, paths: list[str]) -> None:
    found = {visit.open(f"{path}/".lstrip("/")).evaluate(POLICY) for path in paths}
    assert len(found) == 1
    policy = found.pop()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert policy.startswith("default-src 'self'; ")
    assert "unsafe" not in scripts
    assert "://" not in policy


def test_the_policy_refuses_a_script_that_was_not_built(visit: Any) -> None:
    page = visit.open("feedforward/")
    page.evaluate(INLINE)
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in visit.faults.pop()
    assert visit.faults == []


def test_the_search_index_comes_when_search_is_opened(visit: Any) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.open("feedforward/")
    assert not [url for url in asked if "search_index" in url]
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("backpropagation")
    page.wait_for_selector(".md-search-result__item")
    assert visit.faults == []


def test_pages_open_as_files(visit: Any, built: Path) -> None:
    page = visit.page
    page.goto((built / "feedforward/index.html").as_uri())
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(font => font.status))") == ["loaded"]
    assert page.evaluate("document.querySelector('math').getBoundingClientRect().width") > 3
    assert [fault for fault in visit.faults if "Content Security Policy" in fault or fault.startswith("error")] == []


def test_what_needs_no_server_works_in_a_file(visit: Any, built: Path) -> None:
    page = visit.page
    page.goto((built / "gradient-flow/index.html").as_uri())
    first = page.locator(".flow__summary").inner_text()
    page.get_by_label("Last step T").fill("12")
    assert page.locator(".flow__summary").inner_text() != first
    page.goto((built / "many-to-many/index.html").as_uri())
    card = page.locator(".equation:has(#eq-first-hidden-gradient)")
    card.get_by_role("button", name="Numbers").click()
    card.locator(".numbers math").first.wait_for()
    card.locator(".equation__rests a").first.hover()
    page.locator("#tooltip math").wait_for()
    assert [
        fault
        for fault in visit.faults
        if "Content Security Policy" in fault or "fetch" in fault or fault.startswith("error")
    ] == []


def test_what_needs_a_server_says_so_in_a_file(visit: Any, built: Path) -> None:
    page = visit.page
    page.goto((built / "many-to-many/index.html").as_uri())
    search = page.locator(".md-search__input")
    assert search.is_disabled()
    assert search.get_attribute("placeholder") == "Search needs a server"
    elsewhere = page.locator("a.equation-link[href*='feedforward']").first
    elsewhere.hover()
    page.wait_for_timeout(400)
    assert page.locator("#tooltip").is_hidden()
    assert elsewhere.get_attribute("title")
    assert [
        fault
        for fault in visit.faults
        if "Content Security Policy" in fault or "fetch" in fault or fault.startswith("error")
    ] == []


def test_a_browser_without_mathml_gets_mathjax(visit: Any) -> None:
    visit.page.add_init_script(WITHOUT_MATHML)
    page = visit.open("feedforward/")
    page.locator("mjx-container").nth(30).wait_for(state="attached")
    page.locator(".md-nav__link[href*='gru']").first.click()
    page.wait_for_selector("h1:has-text('GRU')")
    page.locator("mjx-container").nth(30).wait_for(state="attached")
    assert visit.faults == []
