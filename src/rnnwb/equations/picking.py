"""Which letters of a formula do no more than pick entries, so that all their values can be taken at once."""

from __future__ import annotations

from rnnwb.equations import syntax as s

NUMBERWISE = frozenset({"tanh", "cosh", "sinh", "exp", "sin", "cos", "log", "logistic", "sqrt"})


def picking(node: s.Node, letters: frozenset[str]) -> frozenset[str]:
    """Those of `letters` that only stand for entries of quantities in `node`, and decide nothing.

    A letter in a condition, a limit, an exponent, a time or a sum of letters decides something.
    """
    match node:
        case s.Quantity(times=tuple(times), parts=tuple(parts)):
            deciding = (*times, *(part for part in parts if not isinstance(part, s.Index)))
            return letters.difference(*(each.free for each in deciding))
        case s.Number() | s.Size():
            return letters
        case s.Plus() | s.Negative() | s.Times() | s.Quotient():
            return _throughout(node, letters)
        case s.Power(exponent=exponent):
            return _throughout(node, letters - exponent.free)
        case s.Call(function=function) if function in NUMBERWISE:
            return _throughout(node, letters)
        case s.Big(operator="sum" | "prod", index=index, lower=lower, upper=upper, body=body):
            return picking(body, letters - index.free - lower.free - upper.free)
        case s.Index() | s.Bracket():
            return letters - node.free
        case _:
            return frozenset()


def _throughout(node: s.Node, letters: frozenset[str]) -> frozenset[str]:
    for child in s.children(node):
        letters = picking(child, letters)
    return letters
