"""What each page shows that its own text does not say, so that a server renders again only the pages that a change is seen on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rnnwb.site.articles import articles
from rnnwb.site.library import Entry, Library
from rnnwb.site.references import LISTS

HEADING = re.compile(r"(?m)^# .+$")
LINK = re.compile(r"\]\(eq:([\w-]+)\)")


def shown(library: Library, page: str) -> str:
    """The titles of all pages, where the reference stands, the numbers that the page names, and what was found for its equations.

    Args:
        library: the checked pages.
        page: a page of the site, also one that is none of these: it may name every number.
    """
    entries = library.entries.values()
    if page not in library.texts:
        return repr((_titles(library), _numbers(entries)))
    own = [entry for entry in entries if entry.page == page]
    around = [[*library.grounds(entry), *library.uses(entry)] for entry in own]
    told = [
        _titles(library),
        library.references,
        library.key(page),
        list(map(_found, own)),
        list(map(_numbers, around)),
    ]
    told.append(_numbers(_linked(library, page)))
    if any(mark in library.texts[page] for mark in LISTS):
        told += [articles(library), list(map(_found, entries))]
    return repr(told)


def _titles(library: Library) -> list[tuple[object, ...]]:
    """With the places in the series, which every article shows."""
    headings = {page: HEADING.search(text) for page, text in library.texts.items()}
    fronts = library.fronts
    return [
        (page, fronts[page].get("title"), fronts[page].get("series"), found[0] if found else "")
        for page, found in headings.items()
    ]


def _numbers(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    return [(entry.name, entry.number, entry.page) for entry in entries]


def _linked(library: Library, page: str) -> Iterator[Entry]:
    """The equations that the text refers to, and those that rest on the functions it lists."""
    named = set(LINK.findall(library.texts[page]))
    for entry in library.entries.values():
        reference = library.reference_to(entry.function or "")
        if entry.name in named or (reference and reference[0] == page):
            yield entry


def _found(entry: Entry) -> Entry:
    """All but the line, which no page shows."""
    return replace(entry, line=0, verdict=replace(entry.verdict, line=0))
