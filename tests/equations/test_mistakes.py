"""A wrong page, tried as a new author would: each message names page, line, column, and the mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_pages import PAGE, answer, block, line_of, row

from rnnwb.equations import EquationError, check, scan

BODY = PAGE.count("\n") + 4
Broken = Callable[[], str]


def formula(tex: str, options: str = "") -> str:
    return PAGE + block(tex, options)


FORMULAS = {
    # (what is written, the part that the caret points at): (reason, mend)
    (r"S_t^h = \tanh A_t^h", "A_t^h"): ("a named function takes brackets", r"\tanh(x)"),
    (r"S_t^h = \tanh{A_t^h}", "{A_t^h}"): ("a named function takes brackets", r"\tanh(x)"),
    (r"S_t^h = tanh(A_t^h)", "n"): ("n is not declared", "add it to a symbols block"),
    (r"S_t^h = \mathrm{tanh}(A_t^h)", r"\mathrm"): ("is not declared", r"write \tanh(x)"),
    (r"p = e^{\log(p)}", "e^{"): ("is not declared", r"write \exp(x)"),
    (r"S_t^k = a", "k"): ("k runs over K, this slot of S_t^h over H", "use an index declared for this size"),
    (r"A^{tj} = a", "A^"): ("A^{tj} has no such form", "it is declared as A_t, A_t^h"),
    (r"w_{12} = a", "w_"): ("w_{12} has no such form", "commas part the numbers"),
    (r"\delta_t = \delta_t \odot (1 - S_t^2)", r"\delta_t \odot"): ("differ under ⊙", "a square is (S_t)^2"),
    (r"a = \sum_h z_h", r"_h"): ("the limits are not complete", r"print both: \sum_{k=1}^{K}"),
    (r"a = \sum_{h=1}^10 b", "10"): ("TeX takes only the first character of 10", "write braces: {10}"),
    (r"a = \sum_{h=1}^{H} z_h + z_h", r"\sum"): ("h is summed over here and free elsewhere", "use another letter"),
    (r"a = \sum_{h=1}^{H} z_h \sum_{h=1}^{H} z_h", r"\sum_{h=1}^{H} z_h$"): ("h is bound twice", "use another letter"),
    (r"a = a/b p", "a/b"): ("a slash inside a longer product is read in two ways", r"write \frac{a}{b}"),
    (r"z = z \odot z W", r"z \odot"): ("⊙ next to another product is read in two ways", "put brackets"),
    (r"\delta_t = \delta_{t+1} W^\top", r"\delta_{t+1}"): ("outside its range 0 … 5", "a bracket such as [t < T]"),
    (r"\delta_t = \delta_t W^T", "T"): ("a power or a transpose?", r"W^\top"),
    (r"W = S_t^T S_t", "T S_t"): ("T is a size of something else, not a component of S_t", r"a transpose is written ^\top"),
    (r"A_t = X_t U + W S_{t-1}", "W S"): ("shapes (3, 3) and (1, 3) cannot be multiplied", "the order of the factors"),
    (r"A_t = X_t W", "X_t W"): ("shapes (1, 2) and (3, 3) cannot be multiplied", "the transposes"),
    (r"W = S_t S_t^\top", "S_t S_t"): ("the left side has shape (3, 3), the right side ()", "make both sides one shape"),
    (r"A_t = X_t + S_t", "X_t"): ("shapes (1, 2) and (1, 3) cannot be added", "give both one shape"),
    (r"S_t = A_t^h", "A_t^h"): ("the left side has shape (1, 3), the right side ()", "make both sides one shape"),
    (r"W^{-1} = W", "W^{-1}"): ("power -1 of a matrix", "only square matrices have powers, from 0 upwards"),
    (r"W' = W", "'"): ("a prime has no single reading", "name the derivative"),
    (r"W^* = W", "*"): ("* is no value", "write an index or a number"),
    (r"a = a * b", "*"): ("* is no product", r"\odot"),
    (r"a \approx b", r"\approx"): ("this relation cannot be tested", "use ="),
    (r"a := b", ":"): ("punctuation inside the formula", "into the sentence"),
    (r"a = b.", "."): ("punctuation inside the formula", "into the sentence"),
    (r"$a = b$", "$a"): ("a dollar sign inside a block", "bare TeX"),
    (r"a = b \tag{1}", r"\tag"): ("a label inside the formula", "numbers are made by the site"),
    (r"\begin{equation} a = b \end{equation}", r"\begin"): ("an environment inside the block", "bare TeX"),
    (r"a = \mathbf W", r"\mathbf"): ("a symbol that is not complete", r"\mathbf{W}"),
    (r"a = \frac12", "12"): ("a number alone does not fit here", r"\frac{1}{2}"),
    (r"a = {b}", "{b}"): ("braces that only group", "use round brackets"),
    (r"a = \left( b", "a ="): (r"\left without its \right", "pair them"),
    ("a = b\nE = a", "E = a"): ("a second equation begins on this line", "one equation a block"),
    ("a = b\n\nE = a", "E = a"): ("a blank line inside the formula", "one equation a block"),
    ("\\begin{aligned} a &= b \\\\ E &= a \\end{aligned}", r"\\ E"): ("a second equation begins", "one equation a block"),
    (r"a = b \\ = p", r"\\ ="): ("outside an alignment", r"\begin{aligned}"),
    (r"\frac{dE}{dw_{ij}} = w_{ij}", r"\frac"): ("d above and below", r"\frac{\partial A}{\partial B}"),
    (r"\frac{\partial}{\partial a} E = a", r"\frac"): ("∂/∂x as an operator", "put what is differentiated into the fraction"),
    (r"\frac{\partial E}{\partial h} = a", r"\partial h"): ("this is no quantity to differentiate by", "a declared symbol"),
    (r"a + b", "$"): ("the formula ends too early", "a relation (="),
    (r"a = \log(b - p)", r"\log"): ("logarithm of a number that is not positive", "declare the argument `positive`"),
    (r"a = (b", "$"): ("the formula ends too early", "expected )"),
    (r"S_t^h_j = a", "j = a"): ("two scripts on the same side", "join them in one pair of braces"),
}  # fmt: skip


@pytest.mark.parametrize("written", FORMULAS, ids=lambda written: written[0])
def test_formula(written: tuple[str, str]) -> None:
    tex, part = written
    reason, mend = FORMULAS[written]
    at = len(tex) if part == "$" else tex.rindex(part[:-1]) if part.endswith("$") else tex.index(part)
    above = tex[:at].count("\n")
    column = at - (tex.rfind("\n", 0, at) + 1)
    said = answer(formula(tex)).split("\n")
    assert said[0].startswith(f"page.md:{BODY + above}:{column + 1}: ")
    assert reason in said[0]
    assert said[1] == "    " + tex.split("\n")[above]
    assert said[2] == "    " + " " * column + "^"
    assert said[3].startswith("  mend: ")
    assert mend in said[3]


PAGES: dict[str, tuple[Broken, str, str, str]] = {
    # (the page, the line that is named, reason, mend)
    "misspelt option": (lambda: formula("a = b", "function: f\nfro: t = 0"), "    fro:", "has no option 'fro'", "its options are"),
    "misspelt kind": (lambda: PAGE + block("a = b", kind="equasion"), "/// equasion", "no block called", "write one of symbols"),
    "no blank line": (lambda: PAGE + "\n/// equation | x\na = b\n///\n", "a = b", "without a blank line", "leave a blank line"),
    "two spaces": (lambda: PAGE + "\n/// equation | x\n  for: t = 0\n\na = b\n///\n", "  for:", "four spaces", "    key: value"),
    "no colon": (lambda: formula("a = b", "for t = 0"), "    for t", "is no option", "    key: value"),
    "bad YAML": (lambda: formula("a = b", "for: t: 0"), "    for: t", "this is not YAML", "quote a value with a colon"),
    "unclosed block": (lambda: PAGE + "\n/// equation | x\n\na = b\n", "/// equation", "never closed", "close it with ///"),
    "next block inside": (lambda: PAGE.replace("\n///\n\n/// define | loss", "\n/// define | loss"), "/// define | step", "never closed", "close it"),
    "closed twice": (lambda: formula("a = b") + "///\n", "", "this closes no block", "remove it"),
    "unclosed fence": (lambda: PAGE + "\n```python\nx = 1\n", "```python", "the code fence is never closed", "close it with ```"),
    "no name": (lambda: PAGE + "\n/// equation\n\na = b\n///\n", "/// equation", "a block without a name", "lower-case-words"),
    "capitals": (lambda: PAGE + block("a = b", name="My Claim"), "/// equation", "cannot be linked to", "lower-case-words"),
    "name twice": (lambda: PAGE + block("a = b", name="loss"), "/// equation", "'loss' is taken by", "rename one"),
    "unknown domain": (lambda: formula("a = b", "given: W symmetric"), "/// equation", "there is no domain", "domains are"),
    "given nothing": (lambda: formula("a = b", "given: G diagonal"), "/// equation", "not a declared symbol", "given: W diagonal"),
    "range of nothing": (lambda: formula("a = b", "for: t < T"), "a = b", "does not stand free", "remove it"),
    "range without index": (lambda: formula("a = b", "for: T > 3"), "/// equation", "speaks of no index", "for: 0 <= t < T"),
    "prose": (lambda: PAGE + "\nThe gate $G_t$ is open.\n", "The gate", "G_{t} is not declared", "add it to a symbols block"),
    "wrong letter in prose": (lambda: PAGE + "\nSee $S_t^k$.\n", "See", "k runs over K", "use an index"),
    "missing cell": (lambda: PAGE.replace("| | | | total loss |", "| | | total loss |"), "| $E$", "4 cells in this row, not 5", "an empty cell"),
    "wrong columns": (lambda: PAGE.replace("| symbol | entry |", "| symbol | entries |"), "| symbol |", "not the columns", "symbol | entry"),
    "index in the symbol column": (lambda: PAGE.replace("| $W$ |", "| $w_{ij}$ |"), "| $w_{ij}$ |", "an index in the symbol column", "own column"),
    "indices exchanged": (lambda: PAGE.replace("$u_{dh}$", "$u_{hd}$"), "| $U$", "run over (H, D), the shape is (D, H)", "match the order"),
    "no entry": (lambda: PAGE.replace("$z_i$", ""), "| $z$", "has a shape but no entry form", "fill the entry column"),
    "undeclared size": (lambda: row("$g$", "$g_i$", "$N$", "", "?"), "| $g$", "N is not declared", "add it to a symbols block"),
    "symbol twice": (lambda: row("$W$", "", "", "", "again"), "| $W$ |  |", "W is declared already", "declare each symbol once"),
    "unknown values": (lambda: row("$g$", "", "", "real", "?"), "| $g$", "neither a range, an interval nor a domain", ""),
    "written alike": (lambda: row("$X_0$", "", "", "", "first input"), "| $X_0$", "X_0 and X_t are written alike", "label one of them"),
    "named like a function": (lambda: row(r"$\rho$", "", "", "", "?") + block(r"a = \rho(b)"), r"a = \rho", r"\rho a declared symbol", "rename"),
    "defining an expression": (lambda: PAGE + block("a + b = p", kind="define"), "a + b", "a definition begins with the quantity", "S_t^h"),
    "defining one entry": (lambda: PAGE + block("z_1 = a", kind="define"), "z_1", "a definition covers every entry", "distinct free indices"),
    "a step left out": (
        lambda: row("$G_t$", "", "", "", "?") + block("G_t = E_t", "for: t < T", "define", "g")
        + block("G_T = E_T"), "G_T = E_T", "G_t at t = 5 is left out by g", "its first steps alone",
    ),
    "a domain on what is defined": (
        lambda: row("$G_t$", "", "", "positive", "?") + block("G_t = (E_t)^2", kind="define", name="x"), "| $G_t$",
        "G_t is drawn as positive, and x computes it", "a domain is for inputs",
    ),
    "defining the next step": (lambda: PAGE + block("S_{t+1} = A_t", kind="define"), "S_{t+1}", "at t or at a fixed step", "shift the index"),
}  # fmt: skip


@pytest.mark.parametrize("what", PAGES)
def test_page(what: str) -> None:
    page, where, reason, mend = PAGES[what][0](), *PAGES[what][1:]
    said = answer(page)
    number = page.rstrip("\n").count("\n") + 1 if not where else _last_line(page, where)
    assert said.startswith(f"page.md:{number}:"), said
    assert reason in said.split("\n")[0]
    assert mend in said
    if mend:
        assert "\n  mend: " in said


def _last_line(page: str, where: str) -> int:
    """The line of the last place that begins with a text."""
    return (
        line_of(page, where)
        if where.startswith(("|", "/// define"))
        else page[: page.rindex("\n" + where) + 1].count("\n") + 1
    )


def test_a_displayed_formula_outside_blocks_is_refused_below_docs(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "page.md").write_text("# A page\n\n$$\nE = m c^2\n$$\n", "utf-8")
    with pytest.raises(
        EquationError, match=r"page.md:3:1: a displayed formula that nothing checks(.|\n)*mend: put it into"
    ):
        check(scan([folder]))


def test_code_and_comments_are_no_formulas() -> None:
    assert answer(PAGE + "\n`$G$` and <!-- $G$ --> and\n\n```text\n/// equation | x\n$G$\n```\n\nfrom 5$ to 6$\n") == ""


@pytest.mark.parametrize("tex", ["a = " + "(" * 400 + "b" + ")" * 400, "a = " + "+".join(["b"] * 900)])
def test_a_monstrous_formula_is_an_error_not_a_crash(tex: str) -> None:
    assert "too long or nested too deeply" in answer(formula(tex))
