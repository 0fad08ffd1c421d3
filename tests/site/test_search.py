"""What the search reads of a page, and what a reader gets of it."""

from types import ModuleType, SimpleNamespace

import pytest
from material.plugins.search.plugin import Parser
from small_site import GRADIENT, LOST_SUM, MODEL, Site, loaded_hook

HEAVY = ["<template", "<pre", "<span", 'display="block"']
WORDS = '<p hidden="">S^d_t tau</p>\n'
"""Symbols of a formula, as a card says them to the search."""


@pytest.fixture
def hook() -> ModuleType:
    return loaded_hook("prepare_search")


def sections(html: str) -> list[tuple[str, str]]:
    """Titles and texts, as Material puts them into the index."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [("".join(part.title), "".join(part.text)) for part in parser.data if not part.is_excluded()]


def test_the_search_reads_less_and_finds_the_same(site: Site, hook: ModuleType) -> None:
    site.write("page.md", "# Page\n" + MODEL + GRADIENT + LOST_SUM)
    whole = site.render("page.md") + WORDS
    page = SimpleNamespace(content=whole)
    before, after = hook.on_page_context.methods
    before({}, page=page)
    assert sections(page.content) == sections(whole)
    assert any("S^d_t tau" in text for _, text in sections(page.content))
    assert [part for part in HEAVY if part in page.content] == []
    assert [part for part in HEAVY if part in whole] == HEAVY
    after({}, page=page)
    assert "S^d_t tau" not in page.content
    assert "data-search" not in page.content
    assert page.content.count("<math") == whole.count("<math")
    assert page.content.count("<details") == whole.count("<details")


def test_an_article_of_the_series_comes_first_unless_its_page_says_otherwise(hook: ModuleType) -> None:
    found = []
    for meta in ({"series": 2}, {"series": 2, "search": {"boost": 0.5}}, {}):
        page = SimpleNamespace(meta=meta, file=SimpleNamespace(src_uri="page.md"))
        hook.on_page_markdown("", page)
        found.append(page.meta.get("search"))
    assert found == [{"boost": hook.BOOST}, {"boost": 0.5}, None]


def test_the_reference_comes_after_the_pages_that_explain(hook: ModuleType) -> None:
    page = SimpleNamespace(meta={}, file=SimpleNamespace(src_uri="reference/basics.md"))
    hook.on_page_markdown("", page)
    assert page.meta["search"] == {"boost": hook.BEHIND}
    assert hook.BEHIND < 1 < hook.BOOST
