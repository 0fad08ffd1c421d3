"""The blocks of a page: options under the header, a body of bare TeX, closed by slashes."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from typing import Any

import yaml

from rnnwb.equations.source import EquationError, Source

KINDS = {
    "symbols": frozenset[str](),
    "define": frozenset({"function", "for", "given"}),
    "equation": frozenset({"function", "for", "given"}),
    "false": frozenset({"function", "for", "given", "fails", "holds"}),
}
FOREIGN = frozenset({
    "admonition", "attention", "caption", "caution", "danger", "definition", "details", "error", "figure",
    "figure-caption", "hint", "html", "important", "note", "tab", "table-caption", "tip", "warning",
})  # fmt: skip
_YAML = "\n  mend: write `key: value`, one a line, and quote a value with a colon in it"
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


def mapping(name: str, line: int, text: str) -> dict[str, Any]:
    """The YAML of a page's front matter or a block's options.

    Raises:
        EquationError: if it is not a mapping.
    """
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        at = line + (mark.line if mark else 0)
        raise EquationError(f"{name}:{at}: this is not YAML: {getattr(failure, 'problem', failure)}{_YAML}") from None
    if loaded is not None and not isinstance(loaded, dict):
        raise EquationError(f"{name}:{line}: this is no list of options\n  mend: write `key: value`, one a line")
    return loaded or {}


class BlockReader:
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
            raise self._error(
                line_number, f"the {kind} block is never closed", "close it with as many slashes as opened it"
            )
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
            raise self._error(
                at + 1,
                "an option of the block is not indented by four spaces",
                "write it as `    key: value` directly under the header",
            )
        if at < len(self.lines) and self.lines[at].startswith("    ") and self.lines[at].strip():
            raise self._error(
                at + 1,
                "this line under the header is no option",
                "options are written `    key: value`; leave a blank line before the body",
            )
        if at < len(self.lines) and self.lines[at].strip() and at == number and kind != "symbols":
            raise self._error(
                at + 1, "the body begins without a blank line", "leave a blank line after the header and its options"
            )
        return at

    def _end(self, slashes: int, start: int, kind: str, number: int) -> int:
        for at in range(start, len(self.lines)):
            match = _SLASHES.match(self.lines[at])
            if match and not match[3] and len(match[2]) == slashes:
                return at
            if match and match[3] in KINDS and not match[1]:
                break
        raise self._error(
            number, f"the {kind} block is never closed", f"close it with {'/' * slashes} on a line of its own"
        )

    def _options(self, kind: str, start: int, end: int) -> dict[str, str]:
        text = textwrap.dedent("\n".join(self.lines[start:end]))
        options = {
            str(key): str(value) for key, value in mapping(self.name, start + 1, text).items() if value is not None
        }
        for unknown in sorted(options.keys() - KINDS[kind]):
            known = ", ".join(sorted(KINDS[kind])) or "none"
            at = next((i for i in range(start, end) if self.lines[i].lstrip().startswith(unknown)), start)
            raise self._error(at + 1, f"the {kind} block has no option {unknown!r}", f"its options are {known}")
        return options

    def _check_name(self, kind: str, name: str, number: int) -> None:
        if kind != "symbols" and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            said = f"the name {name!r}" if name else "a block without a name"
            raise self._error(number, f"{said} cannot be linked to", f"write `/// {kind} | lower-case-words`")
