"""The authoring guide tells the truth: its page holds, and each mistake gets the answer that it prints."""

import re
from pathlib import Path

import pytest

from rnnwb.equations import EquationError, check, scan

GUIDE = (Path(__file__).parent.parent / "docs" / "write-your-own.md").read_text("utf-8")
(PAGE,) = re.findall(r"^````text\n(.*?)^````", GUIDE, re.MULTILINE | re.DOTALL)
FORMULAS = re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", GUIDE, re.MULTILINE)
ANSWERS = set(re.findall(r"^\| [^|]+ \| `([^`]+)` \|$", GUIDE, re.MULTILINE))
CLAIM = r"\frac{\partial L}{\partial h_T} = h_T - y_T"


def block(body, kind="equation", name="wrong", options=""):
    return f"/// {kind} | {name}\n{options}\n{body}\n///\n"


def answer(text, tmp_path):
    """What the checker says about a page."""
    path = tmp_path / "page.md"
    path.write_text(text, "utf-8")
    try:
        return "\n".join(verdict.message for verdict in check(scan([path])) if not verdict.holds)
    except EquationError as error:
        return str(error)


def test_the_page_of_the_guide_holds(tmp_path):
    assert answer(PAGE, tmp_path) == ""


def test_the_claim_that_is_broken_below_is_true(tmp_path):
    assert answer(PAGE + block(CLAIM), tmp_path) == ""


@pytest.mark.parametrize(("tex", "said"), FORMULAS)
def test_formula(tex, said, tmp_path):
    found = answer(PAGE + block(tex), tmp_path)
    assert said in found
    assert "page.md:" in found


MISTAKES = [
    ("is not declared", lambda: PAGE + block(r"L = Z")),
    ("is declared already", lambda: PAGE.replace("| $L$ | | | | loss |", "| $L$ | | | | loss |\n| $L$ | | | | loss |")),
    ("has a shape but no entry form", lambda: PAGE.replace("$y_t^i$", "")),
    ("match the order of the indices to the shape", lambda: PAGE.replace("$w^{xh}_{id}$", "$w^{xh}_{di}$")),
    ("is neither a range, an interval nor a domain", lambda: PAGE.replace("| | loss |", "| nice | loss |")),
    ("cells in this row, not 5", lambda: PAGE.replace("| | loss |", "| loss |")),
    ("these are not the columns of a symbol table", lambda: PAGE.replace("| symbol |", "| letter |")),
    ("there is no block called", lambda: PAGE + block(CLAIM, kind="equatoin")),
    ("has no option", lambda: PAGE + block(CLAIM, options="    fro: t = T\n")),
    ("is not indented by four spaces", lambda: PAGE + block(CLAIM, options="  for: t = T\n")),
    ("the body begins without a blank line", lambda: PAGE + f"/// equation | wrong\n{CLAIM}\n///\n"),
    ("is never closed", lambda: PAGE + f"/// equation | wrong\n\n{CLAIM}\n"),
    ("cannot be linked to", lambda: PAGE + block(CLAIM, name="Wrong One")),
    ("is taken by", lambda: PAGE + block(CLAIM, name="state-gradient")),
    ("is defined already, by", lambda: PAGE + block("L = 1", kind="define")),
    ("defined in a circle", lambda: PAGE.replace("W_{hh} h_{t-1})", "W_{hh} h_t)")),
    ("is left out by", lambda: PAGE.replace("/// define | state\n", "/// define | state\n    for: t < T\n")),
    ("a domain is for inputs", lambda: PAGE.replace("| $L$ | | | | loss |", "| $L$ | | | positive | loss |")),
    ("there is no domain", lambda: PAGE + block(CLAIM, options="    given: W_{hh} symmetric\n")),
    ("it was to fail, and holds", lambda: PAGE + block(CLAIM, kind="false")),
    ("there is no function", lambda: PAGE + block(CLAIM, options="    function: rnnwb.notations.columns.nothing\n")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "broken"), MISTAKES)
def test_mistake(said, broken, tmp_path):
    assert said in ANSWERS
    assert said in answer(broken(), tmp_path)


OTHER_FUNCTIONS = {"which is not this left side", "has no formula", "the page gives"}


def test_every_answer_is_tried():
    assert {said for said, _ in MISTAKES} | OTHER_FUNCTIONS == ANSWERS


@pytest.mark.parametrize(
    ("said", "returns", "argument"),
    [
        ("which is not this left side", r"$h_T$, shape (H,)", r"h: $h_T$, shape (H,)"),
        ("has no formula", r"$\frac{\partial L}{\partial h_T}$, shape (H,)", "h: the last state"),
        ("the page gives", r"$\frac{\partial L}{\partial h_T}$, shape (H,)", r"h: $h_T$, shape (D,)"),
    ],
)
def test_mistake_in_a_docstring(said, returns, argument, tmp_path, monkeypatch):
    name = "own_" + said.replace(" ", "_")
    sections = f"    Args:\n        {argument}.\n\n    Returns:\n        {returns}.\n"
    source = f'def gradient(h):\n    r"""Gradient.\n\n{sections}    """\n    return h\n'
    (tmp_path / f"{name}.py").write_text(source, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert said in answer(PAGE + block(CLAIM, options=f"    function: {name}.gradient\n"), tmp_path)
