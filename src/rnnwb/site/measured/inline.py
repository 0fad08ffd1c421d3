"""Numbers of the record inside the text."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from rnnwb.site.context import Context
from rnnwb.site.library import PageError
from rnnwb.site.measured.facts import facts
from rnnwb.site.measured.record import load

MEASURED = r"\[\]\(measured:(?P<name>[^)\s]*)\)"


class MeasuredNumber(InlineProcessor):
    """`[](measured:name)` becomes a number that the benchmarks found."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(MEASURED, md)
        self.context = context

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        """The number as text; an unknown name is an error."""
        known = facts(load())
        if m["name"] not in known:
            place = self.context.place(f"](measured:{m['name']})")
            raise PageError(f"{place}: nothing measured is called {m['name']}; there are {', '.join(known)}")
        number = Element("span", {"class": "measured__number"})
        number.text = AtomicString(known[m["name"]])
        return number, m.start(0), m.end(0)
