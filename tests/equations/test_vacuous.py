"""No vacuous truth: what could not have been false is refused, with its reason and its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pages import PAGE, answer, block, claim, line_of, refusal, row

from rnnwb.equations import EquationError, check, scan

REFUSED = {
    "range": (r"X_t (a + b) = a X_t + b X_t", "for: t > T", "this compares no value: its range is empty"),
    "tree": (r"a + b = \left(a + b\right)", "", "both sides are the same formula"),
    "chain": (r"a b + p = p + a b = p + a b", "", "both sides are the same formula"),
    "zero": (r"\frac{\partial S_0^h}{\partial X_1^d} = \frac{\partial A_0^h}{\partial X_2^d}", "", "both sides are zero in every sample"),
    "undeclared": (r"a = G", "", "G is not declared"),
    "index": (r"a = \sum_h z_h", "", "the limits are not complete"),
    "no sum": (r"a = \sum z_h", "", "the limits are not complete"),
    "half a range": (r"a = \sum_{h=1} z_h", "", "the limits are not complete"),
    "unequal": (r"a + 1 \ne a", "", "≠ holds almost everywhere"),
    "repeated": (r"A_t = X_t U + S_{t-1} W", "", "this repeats the definition preactivation"),
    "instance": (r"A_0 = X_0 U + S_{-1} W", "", "this repeats the definition preactivation"),
    "given": (r"a (b + p) = a b + a p", "given: A_t positive", "which a definition computes"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_claim(what: str) -> None:
    tex, options, reason = REFUSED[what]
    said = refusal(tex, options)
    assert reason in said
    assert "mend:" in said
    assert said.startswith("page.md:")


def test_zero_that_is_printed_is_a_claim() -> None:
    assert claim(r"\frac{\partial S_0^h}{\partial X_1^d} = 0").holds


def test_defined_twice() -> None:
    page = PAGE + block("S_t^h = A_t^h", kind="define", name="again")
    assert "S_t is defined already, by state at " in answer(page)
    page = PAGE + block("S_0 = z", kind="define", name="again")
    assert "is defined twice, by state and again" in answer(page)


def test_a_range_of_a_definition_keeps_two_apart() -> None:
    page = row(r"$G_t$", "", "", "", "two rules")
    page += block("G_t = a", "for: t >= 1", "define", "later") + block("G_0 = b", kind="define", name="first")
    assert claim(r"\sum_{t=0}^{T} G_t = T a + b", page=page).holds


@pytest.mark.parametrize("circle", ["A_t = S_t W", r"A_t^h = \sum_{i=1}^{H} S_t^i"])
def test_defined_in_a_circle(circle: str) -> None:
    page = PAGE.replace(r"A_t = X_t U + S_{t-1} W", circle)
    said = answer(page)
    assert "defined in a circle: " in said
    assert "A_t → S_t → A_t" in said or "S_t → A_t → S_t" in said
    assert f"page.md:{line_of(page, circle)}" in said or f"page.md:{line_of(page, 'S_t = ')}" in said


def test_an_index_without_a_value() -> None:
    page = row("$G$", "", "", "", "a number") + block("G = z_h", kind="define", name="open")
    assert "the index h has no value here" in answer(page)


def test_equal_sizes(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    book = scan([tmp_path])
    with pytest.raises(EquationError, match=r"the sizes D and H are both 3(.|\n)*mend:"):
        check(book, {"D": 3, "H": 3})
    with pytest.raises(EquationError, match="no page declares a size 'Q'"):
        check(book, {"Q": 3})
    with pytest.raises(EquationError, match="the size D = 0 is below 1"):
        check(book, {"D": 0})


@pytest.mark.parametrize(
    "tex", [r"\sum_{t=0}^{5} E_t = E", r"T = 5", r"D H = 6", r"\frac{\partial E}{\partial S_5} = S_5 - C_5"]
)
def test_a_number_that_happens_to_be_a_size(tex: str) -> None:
    assert not claim(tex).holds


def test_sizes_are_distinct_by_themselves() -> None:
    assert not claim(r"\sum_{h=1}^{H} z_h = \sum_{h=1}^{D} z_h").holds
    assert "cannot be multiplied" in refusal("X_t W = z")


def test_a_strong_zero_is_not_evaluated() -> None:
    assert claim(r"\sum_{t=0}^{T} [t < T] E_{t+1} = E - E_0").holds
    assert "E_t at t = 6 is outside its range 0 … 5" in refusal(r"\sum_{t=0}^{T} E_{t+1} = E - E_0")
    assert "E_t at t = 6" in refusal(r"\sum_{t=0}^{T} (1 - [t = T]) E_{t+1} = E - E_0")
    assert claim(r"\sum_{t=0}^{T} [0 < t] \frac{a}{t} = \sum_{t=1}^{T} \frac{a}{t}").holds


BOUNDS = {
    r"a b \le |a| |b|": (True, 1.0),
    r"\|z\|_2 \le \|z\|_1": (True, None),
    r"a \le |a| + 100": (False, None),
    r"|a| + |b| \le |a|": (False, None),
    r"a \cdot 1 < a": (False, None),
    r"\max_{1 \le i \le H} z_i \ge z_h": (True, 1.0),
}


@pytest.mark.parametrize("tex", BOUNDS)
def test_bound(tex: str) -> None:
    holds, ratio = BOUNDS[tex]
    verdict = claim(tex)
    assert verdict.holds == holds
    assert verdict.ratio is not None
    if ratio is not None:
        assert verdict.ratio == pytest.approx(ratio)


def test_a_loose_bound_says_so() -> None:
    said = claim(r"a \le |a| + 100").message
    assert "the bound is never attained" in said
    assert "mend: show the tight case" in said
    assert "first fails at" in claim(r"|a| + |b| \le |a|").message


def test_a_bound_on_negative_numbers_can_be_attained() -> None:
    assert claim(r"S_t^h \ge -1").ratio == pytest.approx(1, abs=0.5)


def test_a_bound_of_zero_has_no_ratio_and_can_fail() -> None:
    assert claim(r"a^2 \ge 0").holds
    assert claim(r"a^2 \ge 0").ratio is None
    assert not claim(r"a^2 \le 0").holds
