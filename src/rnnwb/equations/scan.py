"""Markdown in, blocks out: the one reader of pages, for the command and the site alike."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rnnwb.equations.inline import inline_formulas
from rnnwb.equations.source import EquationError, Source

KINDS = {
    "symbols": frozenset[str](),
    "define": frozenset({"function", "for", "given"}),
    "equation": frozenset({"function", "for", "given"}),
    "false": frozenset({"function", "for", "given", "fails", "holds"}),
}
FOREIGN = frozenset(
    "admonition attention caution danger details error figure-caption table-caption caption definition "
    "hint html important note tab tip warning figure".split()
)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_SLASHES = re.compile(r"^(\s*)(/{3,})\s*([\w-]*)\s*(?:\|\s*(.*?))?\s*$")
_OPTION = re.compile(r"^( {4})(\w[\w-]*)\s*:")


@dataclass(frozen=True)
class Block:
    """A symbols, define, equation or false block; `line` is that of its header."""

    kind: str
    name: str
    options: dict[str, str] = field(hash=False)
    source: Source

    line: int

    @property
    def body(self) -> str:
        return self.source.text

    @property
    def page(self) -> str:
        return self.source.page

    @property
    def function(self) -> str | None:
        return self.options.get("function")


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
    for path in map(Path, paths):
        if not path.exists():
            raise EquationError(f"{path}: no such file or folder")
        yield from sorted(path.rglob("*.md")) if path.is_dir() else [path]


def scan_page(path: Path) -> Page:
    """Read one page.

    Raises:
        EquationError: with page and line, for a block or front matter that is badly written.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as failure:
        raise EquationError(f"{path}: not UTF-8 text ({failure.reason} at byte {failure.start})") from None
    name = path.as_posix()
    front = _front(name, text)
    lines = text.split("\n")
    prose, blocks = _Reader(name, lines).read()
    skip = text[: match.end()].count("\n") if (match := _FRONT.match(text)) else 0
    prose = [line if i >= skip else "" for i, line in enumerate(prose)]
    return Page(path, name, front, tuple(blocks), tuple(inline_formulas(name, prose)))


def _front(name: str, text: str) -> dict[str, Any]:
    match = _FRONT.match(text)
    if not match:
        return {}
    loaded = _mapping(name, 2, match[1])
    return loaded


def _mapping(name: str, line: int, text: str) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        at = line + (mark.line if mark else 0)
        raise EquationError(f"{name}:{at}: this is not YAML: {getattr(failure, 'problem', failure)}") from None
    if loaded is not None and not isinstance(loaded, dict):
        raise EquationError(f"{name}:{line}: options are written `key: value`, one a line")
    return loaded or {}


class _Reader:
    """Walks the lines of a page once; lines inside blocks and fences are blanked in the prose."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name, self.lines = name, lines
        self.prose = list(lines)
        self.blocks: list[Block] = []
        self.open: list[tuple[int, str, int]] = []
        self.at = 0

    def read(self) -> tuple[list[str], list[Block]]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if match := _FENCE.match(line):
                self._fence(match[1])
            elif match := _SLASHES.match(line):
                self._slashes(match)
            else:
                self.at += 1
        if self.open:
            _, kind, line_number = self.open[-1]
            raise self._error(line_number, f"the {kind} block is never closed", "close it with as many slashes as opened it")
        return self.prose, self.blocks

    def _error(self, line: int, reason: str, mend: str) -> EquationError:
        return EquationError(f"{self.name}:{line}: {reason}\n  mend: {mend}")

    def _fence(self, fence: str) -> None:
        start = self.at
        closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
        self.at += 1
        while self.at < len(self.lines) and not closing.match(self.lines[self.at]):
            self.at += 1
        if self.at == len(self.lines):
            raise self._error(start + 1, "the code fence is never closed", f"close it with {fence}")
        self.at += 1
        self._blank(start, self.at)

    def _blank(self, start: int, stop: int) -> None:
        self.prose[start:stop] = [""] * (stop - start)

    def _slashes(self, match: re.Match[str]) -> None:
        indent, slashes, kind, argument = match[1], match[2], match[3], match[4] or ""
        number = self.at + 1
        if not kind:
            self._close(len(slashes), number)
        elif kind in KINDS:
            if indent:
                raise self._error(number, f"the {kind} block is indented", "start it at the margin")
            self._block(len(slashes), kind, argument, number)
        elif kind in FOREIGN:
            self.open.append((len(slashes), kind, number))
            self._blank(self.at, self.at + 1)
            self.at += 1
        else:
            raise self._error(number, f"there is no block called {kind!r}", f"write one of {', '.join(KINDS)}")

    def _close(self, slashes: int, number: int) -> None:
        if not self.open or self.open[-1][0] != slashes:
            raise self._error(number, "this closes no block", "remove it, or match the slashes of the header")
        self.open.pop()
        self._blank(self.at, self.at + 1)
        self.at += 1

    def _block(self, slashes: int, kind: str, name: str, number: int) -> None:
        start = self.at
        options_end = self._options_end(kind, number)
        end = self._end(slashes, options_end, kind, number)
        options = self._options(kind, start + 1, options_end)
        body = "\n".join(self.lines[options_end:end])
        lead = len(body) - len(body.lstrip("\n"))
        source = Source(body.strip("\n"), self.name, options_end + 1 + lead)
        self._check_name(kind, name, number)
        self.blocks.append(Block(kind, name, options, source, number))
        self.at = end + 1
        self._blank(start, self.at)

    def _options_end(self, kind: str, number: int) -> int:
        at = number
        while at < len(self.lines) and _OPTION.match(self.lines[at]):
            at += 1
        if at < len(self.lines) and re.match(r"^\s*(function|for|given|fails|holds)\s*:", self.lines[at]):
            raise self._error(at + 1, "an option of the block is not indented by four spaces", "write it as `    key: value` directly under the header")
        if at < len(self.lines) and self.lines[at].startswith("    ") and self.lines[at].strip():
            raise self._error(at + 1, "this line under the header is no option", "options are written `    key: value`; leave a blank line before the body")
        if at < len(self.lines) and self.lines[at].strip() and at == number and kind != "symbols":
            raise self._error(at + 1, "the body begins without a blank line", "leave a blank line after the header and its options")
        return at

    def _end(self, slashes: int, start: int, kind: str, number: int) -> int:
        for at in range(start, len(self.lines)):
            match = _SLASHES.match(self.lines[at])
            if match and not match[3] and len(match[2]) == slashes:
                return at
            if match and match[3] in KINDS and not match[1]:
                break
        raise self._error(number, f"the {kind} block is never closed", f"close it with {'/' * slashes} on a line of its own")

    def _options(self, kind: str, start: int, end: int) -> dict[str, str]:
        text = textwrap.dedent("\n".join(self.lines[start:end]))
        options = {str(key): str(value) for key, value in _mapping(self.name, start + 1, text).items()}
        for unknown in sorted(options.keys() - KINDS[kind]):
            known = ", ".join(sorted(KINDS[kind])) or "none"
            raise self._error(start + 1, f"a {kind} block has no option {unknown!r}", f"its options are {known}")
        return options

    def _check_name(self, kind: str, name: str, number: int) -> None:
        if kind != "symbols" and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            said = f"the name {name!r}" if name else "a block without a name"
            raise self._error(number, f"{said} cannot be linked to", f"write `/// {kind} | lower-case-words`")
