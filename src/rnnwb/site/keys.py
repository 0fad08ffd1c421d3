"""For each page, a digest of everything that its verdicts and numbers rest on."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import rnnwb.equations as engine

LIBRARIES = ("numpy", "lark", "griffelib", "math-core")


def page_keys(book: engine.Book, package: str) -> dict[str, str]:
    """The keys of all pages, by name: of its formulas and of those that it inherits, of the package and the libraries.

    The sentences around the formulas, and the lines on which these stand, change no key.

    Args:
        book: what `scan` returned.
        package: the digest of the code that judges and is judged.
    """
    pages = {page.path.resolve(): page for page in book.pages}
    return {page.name: _key(path, pages, package) for path, page in pages.items()}


def _key(path: Path, pages: dict[Path, engine.Page], package: str) -> str:
    read: dict[Path, str] = {}
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one not in read and one.is_file():
            page = pages[one] if one in pages else engine.scan([one]).pages[0]
            read[one] = _meaning(page)
            waiting += page.inherits
    ground = [package, sys.version, *map(version, LIBRARIES), *read.values()]
    return sha256("\0".join(ground).encode()).hexdigest()


def _meaning(page: engine.Page) -> str:
    """All that is read of a page, but not where it stands."""
    blocks = [(block.kind, block.name, block.options, block.body) for block in page.blocks]
    return repr((page.name, page.front, blocks, [formula.text for formula in page.inline]))
