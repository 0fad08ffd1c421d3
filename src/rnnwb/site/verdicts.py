"""The verdicts of pages, kept while no formula of the page, nor of what it inherits, nor the package changes."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import rnnwb.equations as engine
from rnnwb.equations.parallel import check_in_parallel
from rnnwb.site.kept import keep, place


def verdicts(book: engine.Book, keys: dict[str, str]) -> list[engine.Verdict]:
    """The verdict on every equation of a book; only pages that are new or changed are checked.

    Args:
        book: what `scan` returned.
        keys: what `page_keys` returned.

    Raises:
        EquationError: for a page that cannot be given a meaning.
    """
    paths = {page.name: place("verdicts", page.name, f"{keys[page.name]}.json") for page in book.pages}
    known = {name: _read(path) for name, path in paths.items() if path.exists()}
    new = engine.Book(tuple(page for page in book.pages if page.name not in known))
    known |= {page.name: [] for page in new.pages}
    for verdict in check_in_parallel(new, {}):
        known[verdict.page].append(verdict)
    for page in new.pages:
        keep(paths[page.name], json.dumps([asdict(verdict) for verdict in known[page.name]]).encode())
    return [
        replace(verdict, line=block.line)
        for page in book.pages
        for verdict, block in zip(known[page.name], _judged(page), strict=True)
    ]


def _judged(page: engine.Page) -> list[engine.Block]:
    return [block for block in page.blocks if block.kind != "symbols"]


def _read(path: Path) -> list[engine.Verdict]:
    found = json.loads(path.read_bytes())
    return [engine.Verdict(**{**verdict, "rests_on": tuple(verdict["rests_on"])}) for verdict in found]
