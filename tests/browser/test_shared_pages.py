"""What surrounds the articles: a wrong address, the feed, paper."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.browser

ON_PAPER = """() => [...document.querySelectorAll(".equation__code pre")].map(code => {
  const box = code.getBoundingClientRect();
  return box.height > 0 && (code.querySelector("code").scrollWidth <= box.width + 1);
})"""


def test_a_wrong_address_leads_on(visit: Any, address: str) -> None:
    page = visit.open("404.html")
    assert "no such page" in page.locator("h1").text_content()
    links = page.locator("article a")
    assert links.count() > 14
    targets = {links.nth(number).evaluate("link => link.href") for number in range(links.count())}
    assert address in targets
    assert f"{address}lstm/" in targets
    assert all(page.request.get(target).ok for target in targets)
    assert visit.faults == []


def test_the_feed_is_announced_and_leads_to_every_article(visit: Any, address: str) -> None:
    page = visit.open("lstm/")
    feed = page.locator('link[type="application/rss+xml"]').evaluate("link => link.href")
    items = ElementTree.fromstring(page.request.get(feed).body()).findall("channel/item")
    links = [item.findtext("link") or "" for item in items]
    assert len(links) > 14
    assert all(link.startswith(address) and page.request.get(link).ok for link in links)


def test_a_shared_page_has_a_picture(visit: Any, paths: list[str]) -> None:
    for path in paths:
        page = visit.open(f"{path}/".lstrip("/"))
        image = page.locator('meta[property="og:image"]').get_attribute("content")
        found = page.request.get(image)
        assert found.ok, image
        assert found.body().startswith(b"\x89PNG"), image


@pytest.mark.parametrize("visit", [{"scheme": "dark"}], indirect=True)
def test_on_paper_code_is_unfolded_and_links_are_numbered(visit: Any) -> None:
    page = visit.open("many-to-one/")
    page.emulate_media(media="print")
    assert page.locator(".md-header").is_hidden()
    unfolded = page.evaluate(ON_PAPER)
    assert len(unfolded) > 10
    assert all(unfolded)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    addresses = page.locator(".links-on-paper li").all_text_contents()
    assert visit.address + "notation/" in addresses
    assert len(addresses) == len(set(addresses))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".links-on-paper").count() == 0
    assert page.locator("details[open]").count() == 0


def test_an_article_becomes_a_pdf(visit: Any, tmp_path: Path) -> None:
    page = visit.open("feedforward/")
    page.pdf(path=tmp_path / "article.pdf", format="A4")
    assert (tmp_path / "article.pdf").read_bytes().startswith(b"%PDF")
