"""Refuses blocks that Markdown would drop or print as text without a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rnnwb.site.context import Context
from rnnwb.site.library import PageError

HEADER = re.compile(r"^ {0,3}/{3,}[ ]*([\w-]+)[ ]*(?:\|.*)?$")
LEFT_OVER = re.compile(r"(?m)^[ ]*/{3,}[ ]*(?:[\w-]+[ ]*(?:\|.*)?)?$")


class Remember(Preprocessor):
    """Keeps the text as it came, before anything is changed."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, lines: list[str]) -> list[str]:
        """Start a new text."""
        self.context.start(lines)
        return lines


class CountHeaders(Preprocessor):
    """Notes the block headers that are left when code is set aside."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, lines: list[str]) -> list[str]:
        """Note each header and refuse a kind that does not exist."""
        kinds = self.md.parser.blockprocessors["blocks"].blocks
        matches = [match for line in lines if (match := HEADER.match(line))]
        for match in matches:
            if match[1].lower() not in kinds:
                raise PageError(
                    f"{self.context.place(match[0])}: there is no block `{match[1]}`; "
                    f"there are {', '.join(sorted(kinds))}"
                )
        self.context.headers = [match[0] for match in matches]
        return lines


class CompareBlocks(Treeprocessor):
    """Compares the headers that were found with the blocks that were made and closed."""

    def __init__(self, md: Any, context: Context, kinds: frozenset[str]) -> None:
        super().__init__(md)
        self.context = context
        self.kinds = kinds

    def run(self, root: Element) -> None:
        """Refuse a text with a block that did not come out."""
        for line in _left_over(root):
            raise PageError(f"{self.context.place(line)}: this block was not understood: {line}")
        made = Counter(self.context.made)
        for header in self.context.headers:
            kind = HEADER.sub(r"\1", header).lower()
            if kind in self.kinds and made[kind] < 1:
                raise PageError(f"{self.context.place(header)}: this block was not made: {header}")
            made[kind] -= 1
        if self.context.closed < len(self.context.made):
            header = self.context.headers[-1] if self.context.headers else ""
            raise PageError(f"{self.context.place(header)}: a block is not closed; end it with ///")


def _left_over(root: Element) -> Iterator[str]:
    """Lines of running text that look like the start or end of a block."""
    for element in root.iter():
        own = element.tag in ("pre", "code") or isinstance(element.text, AtomicString)
        for text in ("" if own else element.text or "", element.tail or ""):
            yield from (line.strip() for line in LEFT_OVER.findall(text))
