"""One formula as text, as parse tree and as syntax tree, and the edits that it can be given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeVar

from lark import Token, Tree

from rnnwb.equations import Block
from rnnwb.equations import syntax as s
from rnnwb.equations.affine import CONSTANT, affine
from rnnwb.equations.layout import without_alignment
from rnnwb.equations.pages import equation_of
from rnnwb.equations.parse import parse
from rnnwb.equations.resolve import Resolver
from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Form, Scope, Symbol

_SIZED = re.compile(r"\\(left|right)(?![A-Za-z])")
N = TypeVar("N", bound=s.Node)


@dataclass(frozen=True)
class Edit:
    """The characters from `start` to `end`, replaced."""

    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        return f"{text[: self.start]} {self.new} {text[self.end :]}"


def flat(source: Source) -> Source:
    """The formula without alignment and without sizes of brackets, all else in its old place."""
    text = _SIZED.sub(lambda m: " " * len(m[0]), without_alignment(source))
    return Source(text, source.page, source.line)


class Formula:
    """The chain of relations of one block; its qualifiers are not mutated."""

    def __init__(self, block: Block, scope: Scope) -> None:
        self.source = flat(block.source)
        self.text = self.source.text
        self.scope = scope
        tree = parse(self.source).children[0]
        assert isinstance(tree, Tree)
        self.tree = tree
        self.chain = equation_of(block, scope).chain
        self.resolver = Resolver(self.source, scope)

    def rules(self, *names: str) -> Iterator[Tree[Token]]:
        """Parse trees of the named rules, from left to right."""
        found = [t for t in self.tree.iter_subtrees() if t.data in names and not t.meta.empty]
        yield from sorted(found, key=lambda t: t.meta.start_pos)

    def nodes(self, kind: type[N]) -> Iterator[N]:
        """Nodes of one kind in the syntax tree."""
        yield from (n for n in s.walk(self.chain) if isinstance(n, kind))

    def of(self, tree: Tree[Token] | Token) -> str:
        """The text of a parse tree."""
        start, end = span(tree)
        return self.text[start:end]

    def shifted(self, tree: Tree[Token], by: int) -> str | None:
        """An index expression or number moved by `by`, in braces where it is a script."""
        script = tree.data in ("bare", "braced")
        node = self.resolver.script(tree) if script else self.resolver.node(tree)
        moved = self.written(s.Plus(node, s.Number(abs(by)), 1 if by > 0 else -1))
        return f"{{{moved}}}" if script and moved else moved

    def written(self, node: s.Node) -> str | None:
        """An index expression as TeX; None for anything else."""
        form = affine(node)
        if form is None or any(abs(c) != 1 for name, c in form.items() if name != CONSTANT):
            return None
        letters = [(c, self.scope.symbols[name].tex) for name, c in form.items() if name != CONSTANT]
        constant = form.get(CONSTANT, 0)
        terms = [*letters, *([(constant, f"{abs(constant):g}")] if constant or not letters else [])]
        text = "".join(("-" if c < 0 else "+") + tex for c, tex in sorted(terms, key=lambda term: term[0] < 0))
        return text.removeprefix("+")

    def scripted(self, node: s.Quantity) -> Tree[Token]:
        """The parse tree that names a quantity, with all that stands below and above it."""
        return self._scripted[self.place(node)]

    def place(self, node: s.Node) -> int:
        """Where a node begins, brackets around it apart."""
        match = re.compile(r"[(\[\s]*").match(self.text, node.at)
        assert match
        return match.end()

    @cached_property
    def _scripted(self) -> dict[int, Tree[Token]]:
        return {t.meta.start_pos: t for t in self.rules("scripted") if t.children[0].data == "symbol"}

    @cached_property
    def raised(self) -> dict[int, s.Power | s.Transpose]:
        """Powers and transposes of a quantity, by the place of the quantity."""
        powers = ((n.base, n) for n in self.nodes(s.Power))
        transposes = ((n.operand, n) for n in self.nodes(s.Transpose))
        pairs = chain(powers, transposes)
        return {base.at: n for base, n in pairs if isinstance(base, s.Quantity) and base.at == self.place(base)}

    @cached_property
    def differentiated(self) -> set[int]:
        """Places of the quantities that stand inside a derivative."""
        return {self.place(n) for d in self.nodes(s.Derivative) for n in s.walk(d) if isinstance(n, s.Quantity)}

    def rewritten(self, node: s.Quantity, symbol: Symbol, times: Sequence[s.Node], raise_to: str = "") -> Edit | None:
        """The edit that names `symbol` at `times` in the place of a quantity, with the same parts."""
        forms = (f for fs in self.scope.forms.values() for f in fs if f.symbol is symbol and not f.sequence)
        form = next((f for f in forms if f.whole == (node.parts is None)), None)
        text = None if form is None else self._filled(form, times, node.parts or ())
        if text is None:
            return None
        outer = self.raised.get(self.place(node))
        if isinstance(outer, s.Transpose):
            raise_to = r"\top"
        elif outer is not None:
            raise_to = self.written(outer.exponent) or "?"
        return Edit(*span(self.scripted(node)), f"({text})^{{{raise_to}}}" if raise_to else text)

    def _filled(self, form: Form, times: Sequence[s.Node], parts: Sequence[s.Node]) -> str | None:
        values = {"time": iter(times), "part": iter(parts)}
        slots = sorted((*form.below, *form.above), key=lambda slot: slot.position)
        texts = {slot: slot.label if slot.role == "label" else self.written(next(values[slot.role])) for slot in slots}
        if None in texts.values():
            return None
        scripts = ((mark, [str(texts[x]) for x in group]) for mark, group in (("_", form.below), ("^", form.above)))
        return form.letter + "".join(f"{mark}{{{','.join(items)}}}" for mark, items in scripts if items)


def span(tree: Tree[Token] | Token) -> tuple[int, int]:
    """Where a parse tree begins and ends."""
    place = tree if isinstance(tree, Token) else tree.meta
    assert place.start_pos is not None
    assert place.end_pos is not None
    return place.start_pos, place.end_pos
