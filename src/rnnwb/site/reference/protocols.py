"""What a method has from the protocol that its class implements: arguments, results and errors are described there alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import griffe

PROTOCOL = re.compile(r"Protocol\b")
BEYOND_WORDS = re.compile(r"(?m)^(?:(?:Args|Returns|Raises):$|>>> )(?:.|\n)*")


def implementations(classes: Iterable[griffe.Class]) -> Iterator[tuple[griffe.Function, griffe.Function]]:
    """Each method of a class with all members of a protocol, and the method of the protocol."""
    known = list(classes)
    for protocol in (each for each in known if any(PROTOCOL.match(str(base)) for base in each.bases)):
        asked = {name for name in protocol.members if not name.startswith("_")}
        for cls in known:
            if cls is not protocol and asked <= cls.members.keys():
                both = protocol.functions.keys() & cls.functions
                yield from ((cls.functions[name], protocol.functions[name]) for name in sorted(both))


def take_sections(method: griffe.Function, asked: griffe.Function) -> None:
    """Describe a method as its protocol does, unless it describes itself with more than words."""
    if method.docstring and asked.docstring and not BEYOND_WORDS.search(method.docstring.value):
        sections = BEYOND_WORDS.search(asked.docstring.value)
        method.docstring.value += f"\n\n{sections[0]}" if sections else ""
