"""TeX to a parse tree, or an error with a caret."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from rnnwb.equations.layout import without_alignment
from rnnwb.equations.source import EquationError, Source

_open_bars: set[str] = set()

STARTS = ("equation", "sum", "chain", "scripted")

_ADVICE = (
    (r"'|\\prime", "a prime has no single reading", "name the derivative or the other quantity"),
    (r"\\(approx|sim|simeq|propto|equiv|to)", "this relation cannot be tested", r"use =, \le or \ge"),
    (r"\\partial", "∂ outside a fraction", r"write \frac{\partial A}{\partial B}"),
    (r"\\frac|\\dfrac|\\tfrac", "a fraction is not complete", r"write \frac{a}{b}, with both pairs of braces"),
    (
        r"\\(tag|label|nonumber|notag|ref|eqref)",
        "a label inside the formula",
        "remove it: blocks have names, and numbers are made by the site",
    ),
    (
        r"\\(begin|end)",
        "an environment inside the block",
        r"the body is bare TeX; only aligned, split, gathered and cases may stand in it",
    ),
    (
        r"\\(math|bold|bar|hat|vec|tilde|dot|over|wide)",
        "a symbol that is not complete",
        r"put its letter into braces: \\mathbf{W}",
    ),
    (r"%", "a comment inside the formula", "remove it"),
    (r"\d", "a number alone does not fit here", r"write \frac{1}{2}, with both pairs of braces"),
    (r"\$", "a dollar sign inside a block", "the body of a block is bare TeX"),
    (r"\*", "* is no product", r"write \odot (elementwise), \cdot or nothing"),
    (r"\\over|\\atop", "an old form of fraction", r"write \frac{a}{b}"),
    (r"\{", "braces that only group are invisible to the reader", "use round brackets"),
    (r"[.;:]", "punctuation inside the formula", "put it into the sentence around the block"),
    (r"\\text", "words inside the formula", "put them into the sentence around the block"),
)


@cache
def _parser() -> Lark:
    grammar = files("rnnwb.equations").joinpath("grammar.lark").read_text("utf-8")
    return Lark(
        grammar,
        parser="lalr",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=False,
        lexer_callbacks={"NORM_OPEN": _toggle("NORM"), "BAR_OPEN": _toggle("BAR")},
    )


def _toggle(kind: str) -> Callable[[Token], Token]:
    """A bar that looks the same on both sides closes what the one before it opened."""

    def callback(token: Token) -> Token:
        if str(token).endswith("Vert") or str(token).endswith("vert"):
            return token
        _open_bars.symmetric_difference_update({kind})
        if kind in _open_bars:
            return token
        return Token.new_borrow_pos(f"{kind}_CLOSE", str(token), token)

    return callback


def terminal(name: str) -> str:
    """The regular expression of a terminal of the grammar."""
    return str(_parser().get_terminal(name).pattern.to_regexp())


def parse(source: Source, start: str = "equation") -> Tree[Token]:
    """The parse tree of one formula.

    Args:
        source: the TeX and its place.
        start: what it must be, one of `STARTS`.

    Raises:
        EquationError: if it is not of that form.
    """
    text = without_alignment(source)
    if not text.strip():
        raise source.error(0, "there is no formula here", "write the TeX of one equation")
    try:
        return _tree(text, start)
    except UnexpectedInput as failure:
        raise _explained(source, failure) from None


@cache
def _tree(text: str, start: str) -> Tree[Token]:
    """The tree, which its readers share and do not change."""
    _open_bars.clear()
    return _parser().parse(text, start=start)


def _explained(source: Source, failure: UnexpectedInput) -> EquationError:
    at = failure.pos_in_stream if failure.pos_in_stream is not None else len(source.text)
    if isinstance(failure, UnexpectedToken) and failure.token.type == "$END":
        at = len(source.text.rstrip())
        return source.error(at, "the formula ends too early", _expected(failure))
    before = source.text[:at].rstrip()
    named = re.search(r"\\(tanh|exp|log|ln|sin|cos|max|min|operatorname\{\w+\})$", before)
    if named and not source.text[at:].startswith("'"):
        return source.error(at, "a named function takes brackets", r"write \tanh(x), with the argument in brackets")
    for pattern, reason, mend in _ADVICE:
        if re.match(pattern, source.text[at:]):
            return source.error(at, reason, mend)
    return source.error(at, _unexpected(source, at, failure), _expected(failure))


def _unexpected(source: Source, at: int, failure: UnexpectedInput) -> str:
    if isinstance(failure, UnexpectedCharacters):
        found = re.match(r"\\[A-Za-z]+|.", source.text[at:], re.DOTALL)
        return f"{found[0] if found else ''!r} is not part of the grammar"
    assert isinstance(failure, UnexpectedToken)
    return f"{str(failure.token)!r} does not fit here"


def _expected(failure: UnexpectedInput) -> str:
    accepts = getattr(failure, "accepts", None) or getattr(failure, "expected", None) or ()
    if "RELATION" in accepts and "SYMBOL" not in accepts:
        return "a relation (=, \\le, \\ge) is missing"
    names = {"RPAR": ")", "RBRACE": "}", "RSQB": "]", "RELATION": "=", "SYMBOL": "a symbol"}
    wanted = [names[name] for name in names if name in accepts]
    return f"expected {' or '.join(wanted)}" if wanted else ""
