"""Markdown in, pages out: the one reader, for the command and the site alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rnnwb.equations.blocks import Block, BlockReader, mapping
from rnnwb.equations.inline import inline_formulas
from rnnwb.equations.source import EquationError, Source

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One Markdown file: front matter, blocks, and the formulas in its sentences."""

    path: Path
    name: str
    front: dict[str, Any] = field(hash=False)
    blocks: tuple[Block, ...]
    inline: tuple[Source, ...]

    @property
    def inherits(self) -> tuple[Path, ...]:
        named = self.front.get("inherits", [])
        names = [named] if isinstance(named, str) else named
        return tuple((self.path.parent / name).resolve() for name in names)


@dataclass(frozen=True)
class Book:
    """All pages of one scan."""

    pages: tuple[Page, ...]

    def blocks(self) -> Iterator[Block]:
        for page in self.pages:
            yield from page.blocks


def scan(paths: Iterable[Path | str]) -> Book:
    """Read Markdown files, or all those below folders.

    Args:
        paths: files and folders.

    Raises:
        EquationError: for a missing path, a malformed block, or a name used twice.
    """
    pages = tuple(scan_page(path) for path in _files(paths))
    seen: dict[str, Block] = {}
    for block in (b for page in pages for b in page.blocks if b.name):
        if block.name in seen:
            first = seen[block.name]
            raise EquationError(
                f"{block.page}:{block.line}: the name {block.name!r} is taken by {first.page}:{first.line}\n"
                "  mend: names are unique across the site; rename one of the blocks"
            )
        seen[block.name] = block
    return Book(pages)


def _files(paths: Iterable[Path | str]) -> Iterator[Path]:
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise EquationError(f"{path}: no such file or folder\n  mend: name a Markdown file, or a folder of them")
        for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    yield from found.values()


def scan_page(path: Path) -> Page:
    """Read one page.

    Raises:
        EquationError: with page and line, for a block or front matter that is badly written.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise EquationError(f"{path}: not UTF-8 text ({failure.reason} at byte {failure.start})") from None
    name = path.as_posix()
    front = _front(name, text)
    lines = text.split("\n")
    prose, blocks = BlockReader(name, lines).read()
    skip = text[: match.end()].count("\n") if (match := _FRONT.match(text)) else 0
    prose = [line if i >= skip else "" for i, line in enumerate(prose)]
    return Page(path, name, front, tuple(blocks), tuple(inline_formulas(name, prose)))


def _front(name: str, text: str) -> dict[str, Any]:
    match = _FRONT.match(text)
    if not match:
        return {}
    loaded = mapping(name, 2, match[1])
    for key in loaded.keys() - {"inherits", "convention"}:
        meant = get_close_matches(str(key), ["inherits", "convention"], cutoff=0.85)
        if meant:
            line = 1 + next(i for i, said in enumerate(text.split("\n")) if said.startswith(str(key)))
            raise EquationError(f"{name}:{line}: the front matter says {key!r}\n  mend: write {meant[0]!r}")
    named = loaded.get("inherits", [])
    if not isinstance(named, str) and not (isinstance(named, list) and all(isinstance(n, str) for n in named)):
        raise EquationError(
            f"{name}:1: `inherits` names no page\n  mend: write `inherits: notation.md`, or a list of such names"
        )
    return loaded
