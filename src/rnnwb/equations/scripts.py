"""Sub- and superscripts: the readings that the juxtaposed letters in them allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lark import Token, Tree

from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Scope


@dataclass(frozen=True)
class Item:
    """One entry of a script: its text without spaces, and its tree where it has a value."""

    text: str
    at: int
    tree: Tree[Token] | None


class Scripts:
    """All that stands below (or above) a symbol, as alternative sequences of items.

    `_{dh}` is read as two items first, as one product second.
    """

    def __init__(self, source: Source, groups: Sequence[Sequence[Item]], split: Sequence[Sequence[Item]] = ()) -> None:
        self.present = bool(groups)
        flat = tuple(item for group in groups for item in group)
        fine = tuple(item for group in split for item in group)
        self.alternatives = [fine, flat] if split and fine != flat else [flat]
        self.at = flat[0].at if flat else 0
        self.source = source

    @property
    def texts(self) -> list[tuple[str, ...]]:
        return [tuple(item.text for item in items) for items in self.alternatives]

    @property
    def without_top(self) -> list[tuple[str, ...]]:
        """The readings less a final transposition sign; empty where there is none."""
        return [texts[:-1] for texts in self.texts if texts and texts[-1] == "\\top"]

    def is_component(self, scope: Scope) -> bool:
        """Whether the script is a lone component index, which is no exponent."""
        for text, *rest in (t for t in self.texts if t):
            symbol = scope.symbols.get(text)
            if not rest and symbol and symbol.kind == "index" and not _counts_time(symbol.values):
                return True
        return False

    def shown(self, mark: str) -> str:
        text = ",".join(self.texts[-1])
        return f"{mark}{{{text}}}" if text else ""


def _counts_time(values: str) -> bool:
    return values.lstrip("$ ").startswith("0")


def scripts_of(source: Source, trees: Sequence[Tree[Token] | Token]) -> Scripts:
    """The scripts on one side of a symbol."""
    if len(trees) > 1:
        at = _start(trees[1])
        raise source.error(at, "two scripts on the same side", "join them in one pair of braces")
    groups = [_items(source, tree) for tree in trees]
    split = [[part for item in group for part in _split(source, item)] for group in groups]
    return Scripts(source, groups, split)


def _items(source: Source, script: Tree[Token] | Token) -> list[Item]:
    assert isinstance(script, Tree)
    if script.data != "bare":
        return [_item(source, child) for child in script.children if isinstance(child, Tree)]
    token = script.children[0]
    assert isinstance(token, Token)
    at = token.start_pos or 0
    if token.type == "NUMBER" and len(token) > 1:
        raise source.error(
            at, f"TeX takes only the first character of {token} as the script", f"write braces: {{{token}}}"
        )
    kinds = {"SYMBOL": "symbol", "NUMBER": "number", "TOP": "top"}
    tree = Tree(kinds[token.type], [token], script.meta) if token.type in kinds else None
    return [Item("".join(token.split()), at, tree)]


def _item(source: Source, tree: Tree[Token]) -> Item:
    start, end = tree.meta.start_pos, tree.meta.end_pos
    text = "".join(source.text[start:end].split())
    return Item(text, start, None if tree.data == "star" else tree)


def _split(source: Source, item: Item) -> list[Item]:
    """The factors of a bare juxtaposition as items of their own."""
    tree = item.tree
    if tree is None or tree.data != "times" or any(isinstance(c, Token) for c in tree.children):
        return [item]
    left, right = (c for c in tree.children if isinstance(c, Tree))
    return [*_split(source, _item(source, left)), _item(source, right)]


def _start(tree: Tree[Token] | Token) -> int:
    return tree.start_pos or 0 if isinstance(tree, Token) else tree.meta.start_pos
