"""Parse trees to syntax trees: every letter becomes a declared symbol, or an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from lark import Token, Tree

from rnnwb.equations import syntax as s
from rnnwb.equations.names import Names, start_of
from rnnwb.equations.parse import parse
from rnnwb.equations.picking import picking
from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Scope

RELATIONS = {
    "=": "=", "<": "<", ">": ">", "\\lt": "<", "\\gt": ">", "\\le": "<=", "\\leq": "<=",
    "\\ge": ">=", "\\geq": ">=", "\\ne": "!=", "\\neq": "!=",
}  # fmt: skip
_LEIBNIZ = re.compile(r"(d|\\mathrm\s*\{d\})(?![_^])")
FUNCTIONS = {"ln": "log", "sigma": "logistic"}


def read(source: Source, scope: Scope, start: str = "equation") -> s.Node:
    """The syntax tree of a formula in the symbols of `scope`."""
    try:
        return Resolver(source, scope).node(parse(source, start))
    except RecursionError:
        raise source.error(
            0, "this formula is too long or nested too deeply", "name parts of it by definitions"
        ) from None


class Resolver(Names):
    """One formula being read; each method named after a rule of the grammar builds its node."""

    def node(self, tree: Tree[Token] | Token) -> s.Node:
        assert isinstance(tree, Tree)
        build: Callable[[Tree[Token]], s.Node] = getattr(self, str(tree.data))
        return replace(build(tree), at=start_of(tree))

    def nodes(self, trees: Sequence[Tree[Token] | Token]) -> tuple[s.Node, ...]:
        return tuple(self.node(t) for t in trees if isinstance(t, Tree))

    def equation(self, tree: Tree[Token]) -> s.Node:
        chain, *domains = self.nodes(tree.children)
        assert isinstance(chain, s.Relation)
        return s.Equation(chain, tuple(d for d in domains if isinstance(d, s.Domain)))

    def qualifier(self, tree: Tree[Token]) -> s.Node:
        inner = next(t for t in tree.children if isinstance(t, Tree))
        return self.over_condition(tree) if inner.data == "chain" else self.node(inner)

    def over_condition(self, tree: Tree[Token]) -> s.Node:
        (relation,) = self.nodes(tree.children)
        assert isinstance(relation, s.Relation)
        letters = [n for n in s.walk(relation) if isinstance(n, s.Index)]
        if not letters:
            raise self.error(tree, "a condition without an index", "state the range of a free index")
        return s.Domain(letters[0], (relation,))

    def over_all(self, tree: Tree[Token]) -> s.Node:
        return s.Domain(self._index(tree.children[0]), ())

    def over_range(self, tree: Tree[Token]) -> s.Node:
        letter, first, *_, last = self.nodes(tree.children)
        if not isinstance(letter, s.Index):
            raise self.error(tree, "∀ speaks of an index", "declare the letter as an index")
        return s.Domain(letter, (s.Relation(("<=", "<="), (first, letter, last)),))

    def chain(self, tree: Tree[Token]) -> s.Node:
        operators = tuple(RELATIONS[str(t)] for t in tree.children if isinstance(t, Token))
        return s.Relation(operators, self.nodes(tree.children))

    def plus(self, tree: Tree[Token]) -> s.Node:
        left, right = self.nodes(tree.children)
        return s.Plus(left, right, 1)

    def minus(self, tree: Tree[Token]) -> s.Node:
        left, right = self.nodes(tree.children)
        return s.Plus(left, right, -1)

    def negative(self, tree: Tree[Token]) -> s.Node:
        return s.Negative(*self.nodes(tree.children))

    def number(self, tree: Tree[Token]) -> s.Node:
        return s.Number(float(str(tree.children[0])))

    def times(self, tree: Tree[Token]) -> s.Node:
        operators, factors = self._product(tree)
        nodes = self.nodes(factors)
        if "/" in operators:
            if len(factors) != 2:
                raise self.error(tree, "a slash inside a longer product is read in two ways", r"write \frac{a}{b}")
            return s.Quotient(*nodes)
        if "\\odot" in operators:
            if set(operators) != {"\\odot"}:
                raise self.error(
                    tree, "⊙ next to another product is read in two ways", "put brackets around one of them"
                )
            return s.Hadamard(nodes)
        return s.Times(nodes)

    def _product(self, tree: Tree[Token]) -> tuple[list[str], list[Tree[Token]]]:
        operators: list[str] = []
        factors: list[Tree[Token]] = []
        inner, *rest = tree.children
        assert isinstance(inner, Tree)
        if inner.data == "times":
            operators, factors = self._product(inner)
        else:
            factors = [inner]
        operators.append(str(rest[0]) if isinstance(rest[0], Token) else "")
        factors.append(next(t for t in rest if isinstance(t, Tree)))
        return operators, factors

    def fraction(self, tree: Tree[Token]) -> s.Node:
        if all(_LEIBNIZ.match(self.source.text, start_of(t)) for t in tree.children if isinstance(t, Tree)):
            raise self.error(
                tree, "d above and below a fraction line is read as a factor", r"write \frac{\partial A}{\partial B}"
            )
        return s.Quotient(*self.nodes(tree.children))

    def derivative(self, tree: Tree[Token]) -> s.Node:
        above, below = (t for t in tree.children if isinstance(t, Tree))
        numerator, variable = self.node(above.children[-1]), self.node(below.children[-1])
        if not isinstance(variable, s.Quantity):
            raise self.error(
                below, "this is no quantity to differentiate by", "write a declared symbol or an entry of one"
            )
        if any(isinstance(n, s.Derivative) for n in s.walk(numerator)):
            raise self.error(above, "a derivative of a derivative", "name the inner one and treat it as a value")
        if len(below.children) > 2:
            raise self.error(below, "the plus of ∂⁺ stands below", r"write \frac{\partial^+ A}{\partial B}")
        return s.Derivative(numerator, variable, immediate=len(above.children) > 2)

    def operator(self, tree: Tree[Token]) -> s.Node:
        raise self.error(
            tree, "∂/∂x as an operator", r"put what is differentiated into the fraction: \frac{\partial A}{\partial B}"
        )

    def big(self, tree: Tree[Token]) -> s.Node:
        token, limits, body = tree.children
        assert isinstance(limits, Tree)
        printed = str(token)
        operator = "max" if "max" in printed else "sum" if "sum" in printed else "prod"
        if "overleftarrow" in printed:
            operator = "reversed prod"
        index, lower, upper = self._limits(limits)
        inside = self.node(body)
        picks = index.symbol.name in picking(inside, index.free)
        return s.Big(operator, index, lower, upper, inside, picks)

    def _limits(self, tree: Tree[Token]) -> tuple[s.Index, s.Node, s.Node]:
        trees = [t for t in tree.children if isinstance(t, Tree)]
        if tree.data == "upper_first":
            trees.reverse()
        sides = self.nodes(trees[0].children) if tree.data != "no_range" else ()
        if tree.data == "condition" and len(sides) == 3:
            if isinstance(sides[1], s.Index) and self.chain(trees[0]).operators == ("<=", "<="):  # type: ignore[attr-defined]
                return sides[1], sides[0], sides[2]
        elif len(sides) == 2 and len(trees) == 2 and isinstance(sides[0], s.Index):
            return sides[0], sides[1], self.script(trees[1])
        raise self.error(tree, "the limits are not complete", r"print both: \sum_{k=1}^{K}")

    def top(self, tree: Tree[Token]) -> s.Node:
        raise self.error(tree, "⊤ without a matrix under it", r"write W^\top")

    def group(self, tree: Tree[Token]) -> s.Node:
        return self.node(next(t for t in tree.children if isinstance(t, Tree)))

    def bracket(self, tree: Tree[Token]) -> s.Node:
        return s.Bracket(tuple(n for n in self.nodes(tree.children) if isinstance(n, s.Relation)))

    def call(self, tree: Tree[Token]) -> s.Node:
        if (letter := str(tree.children[0]).strip()) in self.scope.forms:
            raise self.error(tree, f"{letter}(…) is a function, and {letter} a declared symbol", "rename the symbol")
        name = str(tree.children[0]).removesuffix("}").split("{")[-1].strip("\\ ")
        return s.Call(FUNCTIONS.get(name, name), self.nodes(tree.children[1:]))

    def call_power(self, tree: Tree[Token]) -> s.Node:
        function, exponent, *arguments = tree.children
        assert isinstance(exponent, Tree)
        value = self.script(exponent)
        if not isinstance(value, s.Number) or value.value < 1:
            raise self.error(exponent, "a function's exponent is a positive number", r"write (\tanh(x))^n")
        return s.Power(self.call(Tree("call", [function, *arguments], tree.meta)), value)

    def root(self, tree: Tree[Token]) -> s.Node:
        return s.Call("sqrt", self.nodes(tree.children))

    def cases(self, tree: Tree[Token]) -> s.Node:
        rows = [t for t in tree.children if isinstance(t, Tree)]
        return s.Cases(tuple(self._row(row) for row in rows))

    def _row(self, tree: Tree[Token]) -> tuple[s.Node, s.Relation | None]:
        value, *conditions = self.nodes(tree.children)
        if len(conditions) > 1:
            raise self.error(tree, "several conditions in a row", "write one chain of relations")
        condition = conditions[0] if conditions else None
        assert condition is None or isinstance(condition, s.Relation)
        return value, condition
