"""The files of a site that come from its checked pages, and from no page as it is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from rnnwb.site.library import Library, load
from rnnwb.site.numbers import scripts
from rnnwb.site.social import cards


def parts(library: Library, name: str, line: str) -> Iterator[tuple[str, bytes]]:
    """The numbers and the pictures for sharing, each with its path below the site.

    Args:
        library: the checked pages.
        name: the name of the site.
        line: what it is about.
    """
    return chain(scripts(library), cards(library, name, line))


def keep_parts(docs: Path, name: str, line: str) -> None:
    """Make them, so that a build finds them kept."""
    for _ in parts(load(docs), name, line):
        pass
