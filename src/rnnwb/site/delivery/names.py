"""The class names that the elements of a site can have, and the custom properties that they read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CLASSES = re.compile(r'\bclass="([^"]*)"')
WORD = re.compile(r"(?<![.\w-])[\w-]+")
"""A word of a script; what follows a dot is looked for there, and not given to an element."""
START = re.compile(r"([\w-]+)\$\{")
"""A word of a script whose end is computed."""
PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class Names:
    """Names as they stand in pages and scripts, beginnings of names that scripts complete, and custom properties."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    properties: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.starts)


def names(pages: Sequence[str], scripts: Sequence[str]) -> Names:
    """All names that an element can have when a page is loaded, or later when a script gives them.

    >>> found = names(['<p class="wide note">'], ['make("md-tooltip"); find(".tabbed"); `fact--${kind}`'])
    >>> [name in found for name in ("wide", "md-tooltip", "tabbed", "fact--stars")]
    [True, True, False, True]
    """
    given = {name for page in pages for classes in CLASSES.findall(page) for name in classes.split()}
    made = {word for script in scripts for word in WORD.findall(script)}
    starts = {start for script in scripts for start in START.findall(script) if start.strip("-_")}
    read = {name for text in (*pages, *scripts) for name in PROPERTY.findall(text)}
    return Names(frozenset(given | made), tuple(sorted(starts)), frozenset(read))
