"""Index expressions such as t − 1 or T + 1 as sums of letters, sizes and a constant."""

from __future__ import annotations

from collections.abc import Mapping

from rnnwb.equations import syntax as s

Affine = Mapping[str, float]
CONSTANT = ""


def affine(node: s.Node) -> Affine | None:
    """Coefficients by name, that of the constant under `CONSTANT`; None for any other formula."""
    if isinstance(node, s.Number):
        return {CONSTANT: node.value} if node.value else {}
    if isinstance(node, s.Index | s.Size):
        return {node.symbol.name: 1.0}
    if isinstance(node, s.Negative):
        return combined({}, affine(node.operand), -1)
    if isinstance(node, s.Plus):
        return combined(affine(node.left), affine(node.right), node.sign)
    return None


def combined(left: Affine | None, right: Affine | None, factor: float) -> Affine | None:
    """`left + factor · right`, without zero coefficients."""
    if left is None or right is None:
        return None
    names = {*left, *right}
    total = {name: left.get(name, 0) + factor * right.get(name, 0) for name in names}
    return {name: value for name, value in total.items() if value}


def value(form: Affine, numbers: Mapping[str, int]) -> int:
    """The number that an index expression stands for."""
    return round(sum(c * (numbers[name] if name != CONSTANT else 1) for name, c in form.items()))
