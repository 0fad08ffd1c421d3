"""Known-false blocks, domains that inputs are drawn from, and pages that inherit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_pages import PAGE, SYMBOLS, Point, answer, claim, refusal, row

from rnnwb.equations import EquationError, Verdict, check, scan, symbols
from rnnwb.equations.sampling import DOMAINS, draw
from rnnwb.equations.verdict import Pair, judge

LAST_ONLY = r"\frac{\partial E}{\partial S_t} = S_t - C_t"


def false(tex: str, options: str = "") -> Verdict:
    return claim(tex, options, kind="false")


def test_a_false_equation_fails_as_stated() -> None:
    verdict = false(LAST_ONLY, "fails: t < T\nholds: t = T")
    assert verdict.kind == "known-false"
    assert verdict.holds
    assert verdict.values == 15
    assert verdict.worst_error > 1e-3


def test_how_often_and_by_how_much_it_fails_is_told_of_one_sample() -> None:
    def sample(steps: int) -> list[Pair]:
        """A mean over the steps, of which the right side has left the division out."""
        return [Pair({"t": t}, np.array(1 / steps), np.array(1.0)) for t in range(steps)]

    found = judge([sample(5), sample(6), sample(2)], "=", ["t"])
    assert (found.values, found.failing, found.steps) == (5, 5, 5)
    assert found.worst == pytest.approx(1 - 1 / 5)
    alike = judge([[Pair({}, np.array(1.0), np.array(1 + error))] for error in (1e-14, 1e-12)], "=", [])
    assert alike.holds
    assert alike.worst == pytest.approx(1e-12, rel=1e-3), "that of all samples, where all hold"


def test_what_is_no_zero_is_off_by_all_of_itself() -> None:
    found = judge([[Pair({}, np.array([15.0, -3.0]), np.zeros(2))]], "=", [], against_zero=True)
    assert (found.holds, found.failing, found.worst) == (False, 2, 1.0)
    assert judge([[Pair({}, np.array([1e-14]), np.zeros(1))]], "=", [], against_zero=True).holds
    assert not judge([[Pair({}, np.array([100.0, -1e-9]), np.zeros(2))]], ">=", [], against_zero=True).holds


def test_a_false_equation_that_is_true_is_refused() -> None:
    verdict = false(r"a (b + p) = a b + a p")
    assert not verdict.holds
    assert "it was to fail, and holds" in verdict.message
    assert "mend: make it an equation block" in verdict.message


def test_where_it_fails_and_holds_is_tested() -> None:
    assert "it was to fail at t <= T, and holds at t = 5" in false(LAST_ONLY, "fails: t <= T").message
    said = false(LAST_ONLY, "fails: t < T\nholds: t >= T - 1").message
    assert "it was to hold at t >= T - 1, and does not" in said
    assert "first fails at t = 4" in said


def test_empty_ranges_of_a_false_equation() -> None:
    assert "`holds` compares no value" in refusal(LAST_ONLY, "fails: t < T\nholds: t > T", kind="false")
    assert "this compares no value" in refusal(LAST_ONLY, "fails: t > T", kind="false")


def test_a_false_equation_is_one_relation() -> None:
    assert "a known-false equation is one relation" in refusal("a = b = p", kind="false")


HOLDS_IN = {
    "simplex": r"\sum_{k=1}^{K} g_k = 1",
    "one-hot": r"\sum_{k=1}^{K} (g_k)^2 = 1",
    "positive": r"|g_k| = g_k + 0",
    "mask": r"g_k g_k = g_k",
    "ones": r"g_k = 1",
    "zero": r"g_k = 0",
}


@pytest.mark.parametrize("domain", HOLDS_IN)
def test_domain(domain: str) -> None:
    tex = HOLDS_IN[domain]
    assert claim(tex, page=row("$g$", "$g_k$", "$K$", domain, "drawn")).holds
    plain = row("$g$", "$g_k$", "$K$", "", "drawn")
    assert not claim(tex, page=plain).holds
    assert claim(tex, f"given: g {domain}", page=plain).holds


@pytest.mark.parametrize(("domain", "tex"), [("orthogonal", r"W^\top W W = W"), ("diagonal", r"W^\top = W")])
def test_domain_of_a_matrix(domain: str, tex: str) -> None:
    assert claim(tex, f"given: W {domain}").holds
    assert not claim(tex).holds


@pytest.mark.parametrize(
    ("name", "domain"), [("a", "diagonal"), ("z", "orthogonal"), ("a", "one-hot"), ("p", "simplex")]
)
def test_a_domain_that_does_not_fit(name: str, domain: str) -> None:
    said = refusal(rf"{name} (a - b) = {name} a - {name} b", f"given: {name} {domain}")
    assert f"'{domain}' is no domain for shape" in said
    assert "mend: correct its values" in said


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_draw_depends_on_name_step_and_seed_alone(domain: str) -> None:
    def one(name: str, time: int, seed: int) -> str:
        return str(draw(name, (time,), (5, 5), domain, seed).tolist())

    assert one("W", 0, 1) == one("W", 0, 1)
    if domain not in ("ones", "zero"):
        assert len({one("W", 0, 1), one("V", 0, 1), one("W", 1, 1), one("W", 0, 2)}) > 1


def test_inputs_are_dense_and_differ() -> None:
    X, C, first, U, W = Point().inputs()
    numbers = np.concatenate([array.ravel() for array in (X, C, first, U, W)])
    assert len(set(numbers)) == numbers.size
    assert np.abs(numbers).min() > 1e-6


def test_intervals() -> None:
    table = row("$g$", "", "", "$(2, 3)$", "between")
    assert claim(r"|g - 2| + |3 - g| = 1", page=table).holds
    narrow = PAGE.replace(r"$t \ge -1$ | hidden", r"$t \ge -1$; $(0, 1)$ | hidden")
    assert "outside its declared interval from 0 to 1" in answer(narrow)
    assert "outside its declared interval from 0 to 1" in answer(narrow.replace("(0, 1)", "(0, 1]"))


def test_a_page_inherits_symbols_and_definitions(tmp_path: Path) -> None:
    (tmp_path / "notation.md").write_text(PAGE, "utf-8")
    child = tmp_path / "child.md"
    text = "---\ninherits: notation.md\n---\n\n/// equation | own\n\nE - E_T = \\sum_{t=0}^{T-1} E_t\n///\n"
    child.write_text(text, "utf-8")
    book = scan([child])
    (verdict,) = check(book)
    assert verdict.holds
    assert verdict.rests_on[:2] == ("loss", "step-loss")
    assert symbols(book, book.pages[0]) == []
    child.write_text(text + SYMBOLS, "utf-8")
    with pytest.raises(EquationError, match=r"D is declared already, at .*notation.md:6"):
        check(scan([child]))


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("inherits: none.md", "it inherits none.md, which does not exist"),
        ("inherits: page.md", "inherit from each other in a circle"),
        ("inherits:", "`inherits` names no page"),
        ("inherits: 3", "`inherits` names no page"),
        ("inherit: other.md", "mend: write 'inherits'"),
        ("conventions: columns", "mend: write 'convention'"),
        ("convention: column", "the convention is rows or columns"),
        ("title: [", "this is not YAML"),
        ("- title", "this is no list of options"),
    ],
)
def test_front_matter(front: str, said: str) -> None:
    found = answer(f"---\n{front}\n---\n{PAGE}")
    assert said in found
    assert found.startswith("page.md:")
    assert "mend:" in found


def test_a_byte_order_mark_does_not_hide_the_front_matter() -> None:
    assert "cannot be added" in answer(f"\ufeff---\nconvention: columns\n---\n{PAGE}") + "cannot be added"
    assert (
        answer(f"\ufeff---\nconvention: columns\n---\n{PAGE}") == answer(f"---\nconvention: columns\n---\n{PAGE}") != ""
    )
