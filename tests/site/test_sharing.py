"""Feed, pictures for sharing, citation, and an article's place in the series."""

import datetime
import re
import struct
import tomllib
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import yaml
from mkdocs.theme import Theme
from small_site import Site

from rnnwb.site.articles import Article, articles
from rnnwb.site.feed import page_address, rss
from rnnwb.site.library import load
from rnnwb.site.social import card, cards

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/book/"


def article(page: str, series: float, day: int) -> Article:
    date = datetime.date(2026, 11, day)
    return Article(page, series, f"On <{page}>", "What & why.", date, ("time", "loss"), None, 3)


def channel(address: str) -> ElementTree.Element:
    text = rss([article("a.md", 1, 20), article("deep/b.md", 2, 23)], address, "The site", "About it")
    found = ElementTree.fromstring(text.encode()).find("channel")
    assert found is not None
    return found


def test_the_feed_holds_every_article_newest_first_with_absolute_addresses() -> None:
    found = channel(ADDRESS)
    assert [found.findtext(name) for name in ("title", "link", "description")] == ["The site", ADDRESS, "About it"]
    own = found.find("{http://www.w3.org/2005/Atom}link")
    assert own is not None
    assert own.attrib == {"href": f"{ADDRESS}feed.xml", "rel": "self"}
    first, second = found.findall("item")
    assert [item.findtext("link") for item in (first, second)] == [f"{ADDRESS}deep/b/", f"{ADDRESS}a/"]
    assert second.findtext("title") == "On <a.md>"
    assert second.findtext("description") == "What & why."
    assert [tag.text for tag in second.findall("category")] == ["time", "loss"]
    assert parsedate_to_datetime(first.findtext("pubDate") or "").date() == datetime.date(2026, 11, 23)
    assert first.findtext("guid") == first.findtext("link")


def test_without_an_address_links_are_relative_to_the_feed() -> None:
    item = channel("").find("item")
    assert item is not None
    assert item.findtext("link") == "deep/b/"
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"


@pytest.mark.parametrize(("page", "address"), [("index.md", ""), ("a.md", "a/"), ("b/index.md", "b/")])
def test_where_a_page_is_found(page: str, address: str) -> None:
    assert page_address(page) == address


def test_a_picture_has_the_size_that_is_announced_and_depends_on_what_it_says() -> None:
    one, other, drawn = (
        card(title, "Part 1", "Site", figure) for title, figure in (("A", None), ("B", None), ("A", "lstm"))
    )
    for image in (one, other, drawn):
        assert image.startswith(b"\x89PNG")
        assert struct.unpack(">II", image[16:24]) == (1200, 630)
    assert len({one, other, drawn}) == 3


def test_every_page_has_a_picture(site: Site) -> None:
    site.write("index.md", "# Home\n", title="Home")
    site.write("a.md", "# A\n", title="A", series=1, description="d", date="2026-12-01")
    site.render("a.md")
    assert sorted(path for path, _ in cards(load(site.docs), "Site", "line")) == [
        "assets/social/a.png", "assets/social/index.png",
    ]  # fmt: skip


def test_an_article_ends_with_its_place_in_the_series(site: Site) -> None:
    for number, name in enumerate("abc"):
        site.write(f"{name}.md", f"# {name}\n", title=f"On {name}", series=number, description="d", date="2026-12-01")
    html = site.render("b.md")
    nav = html[html.index("<nav") :]
    assert "Part 1 of 2" in nav
    assert re.findall(r'<a[^>]* href="([\w.]+)"', nav) == ["a.md", "b.md", "c.md"]
    assert re.findall(r'aria-label="(Part [^"]+)"', nav) == ["Part 0: On a", "Part 1: On b", "Part 2: On c"]
    assert re.findall(r'aria-current="page"[^>]*>(\d)<', nav) == ["1"]
    assert len(re.findall("series__part--read", nav)) == 1


def test_the_citation_agrees_with_the_package_and_the_home_page() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    home = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == project["version"]
    assert f"title = {{{citation['title']}}}" in " ".join(home.split())
    assert f"year   = {{{citation['date-released'].year}}}" in home
    assert f"Version {citation['version']}" in home
    newest = max(found.date for found in articles(load(ROOT / "docs")))
    assert newest <= citation["date-released"] or newest.year == citation["date-released"].year


def test_the_link_to_the_repository_asks_nothing_of_its_host() -> None:
    theme = Theme(name="material", custom_dir=str(ROOT / "overrides"))
    config = {"repo_url": "https://example.org/repo", "repo_name": "A repository", "theme": {"icon": {}}}
    html = theme.get_env().get_template("partials/source.html").render(config=config, lang=SimpleNamespace(t=str))
    assert 'href="https://example.org/repo"' in html
    assert "A repository" in html
    assert "<svg" in html
    assert "data-md-component" not in html
