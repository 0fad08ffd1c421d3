"""A piece of TeX that knows where it stands, and the error that points at it."""

from __future__ import annotations

from dataclasses import dataclass


class EquationError(Exception):
    """A page, block, formula or docstring that cannot be given a meaning.

    The text of the error names the place (page, line, column), shows the line
    with a caret, and says what to change.
    """


@dataclass(frozen=True)
class Source:
    """TeX with its place: `line` and `column` are those of the first character, from 1."""

    text: str
    page: str
    line: int
    column: int = 1

    def place(self, offset: int = 0) -> tuple[int, int]:
        """Line and column of the character at `offset`."""
        before = self.text[:offset]
        row = before.count("\n")
        start = before.rfind("\n") + 1
        return self.line + row, offset - start + (self.column if row == 0 else 1)

    def error(self, offset: int, reason: str, mend: str = "") -> EquationError:
        """The error at `offset`, with the line of TeX and a caret under it."""
        offset = min(max(offset, 0), len(self.text))
        line, column = self.place(offset)
        start = self.text.rfind("\n", 0, offset) + 1
        shown = self.text[start:].split("\n", 1)[0]
        caret = " " * (offset - start) + "^"
        advice = f"\n  mend: {mend}" if mend else ""
        return EquationError(f"{self.page}:{line}:{column}: {reason}\n    {shown}\n    {caret}{advice}")
