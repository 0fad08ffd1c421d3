"""Letters with scripts: which declared symbol they name, and what is left over as a power."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token, Tree

from rnnwb.equations import syntax as s
from rnnwb.equations.scripts import Item, Scripts, scripts_of
from rnnwb.equations.source import EquationError, Source
from rnnwb.equations.symbols import Form, Scope, Symbol


class Names:
    """The rules of the grammar for symbols, over those for everything else."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.scope = scope

    def node(self, tree: Tree[Token] | Token) -> s.Node:
        raise NotImplementedError

    def error(self, tree: Tree[Token] | Token, reason: str, mend: str = "") -> EquationError:
        return self.source.error(start_of(tree), reason, mend)

    def script(self, tree: Tree[Token]) -> s.Node:
        """The value of a script that holds one expression."""
        items = scripts_of(self.source, [tree]).alternatives[-1]
        if len(items) != 1:
            raise self.error(tree, "one expression is wanted here", "remove the comma")
        return self.value(items[0])

    def value(self, item: Item) -> s.Node:
        if item.tree is None:
            raise self.source.error(item.at, f"{item.text} is no value", "write an index or a number")
        return self.node(item.tree)

    def symbol(self, tree: Tree[Token]) -> s.Node:
        return self._named(tree, Scripts(self.source, []), Scripts(self.source, []))

    def scripted(self, tree: Tree[Token]) -> s.Node:
        primary, *attached = (t for t in tree.children if isinstance(t, Tree))
        below = scripts_of(self.source, [t.children[0] for t in attached if t.data == "lower"])
        above = scripts_of(self.source, [t.children[0] for t in attached if t.data == "upper"])
        if primary.data == "symbol":
            return self._named(primary, below, above)
        if primary.data in ("norm", "modulus"):
            return self._raised(self._norm(primary, below), above)
        node = self.node(primary)
        if below.present:
            if primary.data != "group":
                raise self.error(primary, "entries of a function's value", "put brackets around it")
            node = s.Entry(node, tuple(map(self.value, below.alternatives[0])))
        elif above.present and primary.data in ("call", "call_power"):
            raise self.error(
                primary,
                "a script after a bracketed argument is read in two ways",
                r"write \tanh^2(x), or brackets around all of it",
            )
        return self._raised(node, above)

    def _named(self, tree: Tree[Token], below: Scripts, above: Scripts) -> s.Node:
        letter = "".join(str(tree.children[0]).split())
        readings: list[list[tuple[str, ...]]] = [above.texts, above.without_top, [()]]
        for reading, uppers in enumerate(readings):
            for form, i, j in self.scope.match(letter, below.texts, uppers):
                if reading == 2 and above.is_component(self.scope):
                    continue
                items = above.alternatives[j] if reading < 2 else ()
                node = self._reference(tree, form, below.alternatives[i], items[: len(form.above)])
                if reading == 1:
                    return s.Transpose(node, at=start_of(tree))
                return self._raised(node, above) if reading == 2 else node
        text = letter + below.shown("_") + above.shown("^")
        raise self.scope.undeclared(self.source, start_of(tree), text, letter)

    def _reference(self, tree: Tree[Token], form: Form, below: Sequence[Item], above: Sequence[Item]) -> s.Node:
        symbol, at = form.symbol, start_of(tree)
        if symbol.kind == "index":
            return s.Index(symbol, at=at)
        if symbol.kind == "size":
            return s.Size(symbol, at=at)
        pairs = list(zip((*form.below, *form.above), (*below, *above), strict=True))
        times, parts = (
            tuple(self.value(item) for slot, item in sorted(pairs, key=lambda p: p[0].position) if slot.role == role)
            for role in ("time", "part")
        )
        self._check_slots(symbol, parts)
        if not self.scope.sequences:
            self._check_clocks(symbol, times)
        return s.Quantity(symbol, None if form.sequence else times, None if form.whole else parts, at=at)

    def _check_slots(self, symbol: Symbol, parts: Sequence[s.Node]) -> None:
        for part, size in zip(parts, symbol.shape, strict=False):
            if isinstance(part, s.Size) and part != size:
                raise self.source.error(
                    part.at,
                    f"{part.symbol.tex} is a size of something else, not a component of {symbol.tex}",
                    r"a transpose is written ^\top",
                )
            for letter in (n.symbol for n in s.walk(part) if isinstance(n, s.Index)):
                if letter.bounds is not None and letter.bounds[1] != size:
                    raise self.source.error(
                        part.at, f"{letter.tex} runs over {size_name(letter.bounds[1])}, this slot of {symbol.entry_tex} over {size_name(size)}",
                        "use an index declared for this size",
                    )  # fmt: skip

    def _check_clocks(self, symbol: Symbol, times: Sequence[s.Node]) -> None:
        """A letter that counts something else would leave out steps, and nobody would see it."""
        for time, clock in zip(times, symbol.clocks, strict=False):
            for letter in (n.symbol for n in s.walk(time) if isinstance(n, s.Index)):
                if letter.bounds and clock.bounds and _sizes(clock.bounds[1]).isdisjoint(_sizes(letter.bounds[1])):
                    raise self.source.error(
                        time.at, f"{letter.tex} runs over {size_name(letter.bounds[1])}, the steps of {symbol.tex} over {size_name(clock.bounds[1])}",
                        "use an index of time steps",
                    )  # fmt: skip

    def _norm(self, tree: Tree[Token], below: Scripts) -> s.Node:
        which = "|" if tree.data == "modulus" else below.shown("").strip("{}")
        return s.Norm(which, self.node(next(t for t in tree.children if isinstance(t, Tree))), at=start_of(tree))

    def _raised(self, node: s.Node, above: Scripts) -> s.Node:
        if not above.present:
            return node
        items = above.alternatives[-1]
        if [item.text for item in items] == ["\\top"]:
            return s.Transpose(node)
        if len(items) != 1:
            raise self.source.error(above.at, "an exponent is one expression", "remove the comma")
        exponent = self.value(items[0])
        if isinstance(exponent, s.Size) and isinstance(node, s.Quantity) and node.parts is None and node.symbol.shape:
            raise self.source.error(
                above.at,
                f"a power or a transpose? {exponent.symbol.tex} is a size",
                r"write W^\top, or (W)^{T} for a power",
            )
        return s.Power(node, exponent)

    def _index(self, tree: Tree[Token] | Token) -> s.Index:
        node = self.node(tree)
        if not isinstance(node, s.Index):
            raise self.error(tree, "this is not an index", "declare the letter with a range")
        return node


def size_name(node: s.Node) -> str:
    """A size as it is written, such as T, 3 or (T + 1) B."""
    if isinstance(node, s.Plus):
        return f"{size_name(node.left)} {'+' if node.sign > 0 else '-'} {size_name(node.right)}"
    if isinstance(node, s.Times):
        return " ".join(f"({size_name(n)})" if isinstance(n, s.Plus) else size_name(n) for n in node.factors)
    return node.symbol.tex if isinstance(node, s.Size) else f"{getattr(node, 'value', 0):g}"


def _sizes(bound: s.Node) -> set[str]:
    return {n.symbol.name for n in s.walk(bound) if isinstance(n, s.Size)}


def start_of(tree: Tree[Token] | Token) -> int:
    """Offset of the first character of a parse tree."""
    if isinstance(tree, Token):
        return tree.start_pos or 0
    return getattr(tree.meta, "start_pos", 0)
