"""Functions behind equations: what their docstrings say is evaluated, passed and compared."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from small_pages import PAGE, block

from rnnwb.equations import EquationError, Verdict, check, scan

LEFT = r"\frac{\partial E_t}{\partial S_t}"
TRUE = rf"{LEFT} = S_t - C_t"
RETURNS = rf"${LEFT}$, shape (H,)."
ARGUMENTS = ("S: $S_t$, shape (H,), entries in (-1, 1).", "C: $C_t$, shape (H,).")
NUMBER = itertools.count()


class Bench:
    """Writes a function and a page that links to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        code: str,
        returns: str = RETURNS,
        arguments: tuple[str, ...] = ARGUMENTS,
        tex: str = TRUE,
        signature: str = "S, C",
    ) -> Verdict:
        module = f"judged{next(NUMBER)}"
        listed = "".join(f"        {argument}\n" for argument in arguments)
        doc = f"Something.\n\n    Args:\n{listed}\n    Returns:\n        {returns}\n    "
        source = f'import numpy as np\n\n\ndef judged({signature}):\n    r"""{doc}"""\n    {code}\n'
        (self.folder / f"{module}.py").write_text(source, "utf-8")
        page = self.folder / f"{module}.md"
        page.write_text(PAGE + block(tex, f"function: {module}.judged"), "utf-8")
        return check(scan([page]))[-1]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.syspath_prepend(tmp_path)
    return Bench(tmp_path)


def test_a_right_function(bench: Bench) -> None:
    verdict = bench("return S - C")
    assert verdict.holds
    assert verdict.values == 36
    assert verdict.steps == 6


def test_an_entry_and_an_instance_of_what_is_returned(bench: Bench) -> None:
    assert bench("return S - C", tex=r"\frac{\partial E_t}{\partial S_t^h} = S_t^h - C_t^h").holds
    assert bench("return S - C", tex=r"\frac{\partial E_0}{\partial S_0} = S_0 - C_0").holds
    assert not bench(
        "return (S - C) * [1, 1, 2, 1][: len(S)]", tex=r"\frac{\partial E_0}{\partial S_0^i} = S_0^i - C_0^i"
    ).holds


def test_a_whole_sequence(bench: Bench) -> None:
    sequences = ("S: $S$, shape (T + 1, H).", "C: $C$, shape (T + 1, H).", "t: $t$, shape ().")
    assert bench("return S[t] - C[t]", arguments=sequences, signature="S, C, t").holds


def test_several_results(bench: Bench) -> None:
    returns = rf"dS: ${LEFT}$, shape (H,)." + "\n        " + r"dC: $\frac{\partial E_t}{\partial C_t}$, shape (H,)."
    assert bench("return S - C, C - S", returns=returns).holds
    assert not bench("return S - C, S - C", returns=returns).holds
    for code, said in (("return S - C, C - S, S", "returned 3 values"), ("return 1.0", "returned one value")):
        with pytest.raises(EquationError, match=said):
            bench(code, returns=returns)


def test_a_wrong_result_is_reported_with_shapes_and_both_values(bench: Bench) -> None:
    verdict = bench("return S + C")
    assert not verdict.holds
    assert "disagrees with the equation" in verdict.message
    assert "arguments: S (3,), C (3,)" in verdict.message
    assert "first fails at t = 0, entry (1,): left " in verdict.message
    assert "18 of 18 values fail" in verdict.message


def test_a_function_is_judged_after_the_equation(bench: Bench) -> None:
    verdict = bench("raise SystemError", tex=rf"{LEFT} = S_t + C_t")
    assert not verdict.holds
    assert "disagrees" not in verdict.message


def test_it_cannot_change_what_it_is_given(bench: Bench) -> None:
    assert bench("S -= C; return S").holds


REFUSED = [
    ("return S[:, None] - C[:, None]", "returned shape (3, 1), its docstring and the page say (3,)"),
    ("return None", "returned shape ()"),
    ("return 'S'", "returned shape ()"),
    ("return ['S'] * len(S)", "not finite real numbers"),
    ("return [[1], [1, 2]]", "no array"),
    ("return S * 1j", "not finite real numbers"),
    ("return S / 0 * 0 if not np.seterr(all='ignore') else S * np.nan", "not finite real numbers"),
    ("raise ValueError('no such step')", "raised ValueError: no such step"),
]


@pytest.mark.parametrize(("code", "said"), REFUSED)
def test_a_bad_result(bench: Bench, code: str, said: str) -> None:
    with pytest.raises(EquationError) as error:
        bench(code)
    assert said in str(error.value)
    assert "claim: judged" in str(error.value)
    assert "mend: correct the function" in str(error.value)
    assert "arguments: S (" in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "signature", "said"),
    [
        (ARGUMENTS[:1], "S, C", "the argument C has no formula"),
        ((*ARGUMENTS, "G: $a$, shape ()."), "S, C", "describes G, which is no parameter"),
        (("S: $S_t$, shape (D,).", ARGUMENTS[1]), "S, C", "the docstring says shape (D) = (2,), the page gives (3,)"),
        (("S: $S_t$, shape (Z,).", ARGUMENTS[1]), "S, C", "Z is not declared"),
        (("S: $G_t$, shape (H,).", ARGUMENTS[1]), "S, C", "G_{t} is not declared"),
        (("S: $S_s$, shape (H,).", ARGUMENTS[1]), "S, C", "the index s is not fixed by what is returned"),
        ((rf"S: ${LEFT}$, shape (H,).", ARGUMENTS[1]), "S, C", "is given the left side itself, as S"),
        (("S: $S_{t+1}$, shape (H,).", ARGUMENTS[1]), "S, C", "is outside its range"),
    ],
)  # fmt: skip
def test_a_bad_argument(bench: Bench, arguments: tuple[str, ...], signature: str, said: str) -> None:
    with pytest.raises(EquationError) as error:
        bench("return S - C", arguments=arguments, signature=signature)
    assert said in str(error.value)
    assert "mend:" in str(error.value)


def test_the_left_side_inside_a_sequence_is_the_left_side(bench: Bench) -> None:
    arguments = (r"S: $\frac{\partial E}{\partial A}$, shape (T + 1, H).", "t: $t$, shape ().")
    with pytest.raises(EquationError, match="is given the left side itself, as S"):
        bench(
            "return S[t]", returns=r"$\frac{\partial E}{\partial A_t}$, shape (H,).", arguments=arguments, signature="S, t",
            tex=r"\frac{\partial E}{\partial A_t} = \frac{\partial E}{\partial S_t} \odot (1 - S_t \odot S_t)",
        )  # fmt: skip


def test_a_default_needs_no_formula(bench: Bench) -> None:
    assert bench("return S - C if how is None else S", signature="S, C, how=None").holds


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        ("$E_t$, shape ().", "judged returns E_t, which is not this left side"),
        ("the gradient.", "a result has no formula"),
    ],
)
def test_bad_returns(bench: Bench, returns: str, said: str) -> None:
    with pytest.raises(EquationError, match=said):
        bench("return S - C", returns=returns)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rnnwb.elman.nothing", "there is no function rnnwb.elman.nothing"),
        ("nowhere.judged", "there is no module 'nowhere'"),
        ("judged", "'judged' names no module"),
        ("broken.judged", "broken cannot be imported: SyntaxError"),
        ("lacking.judged", "lacking cannot be imported: No module named 'nowhere'"),
    ],
)
def test_a_missing_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "broken.py").write_text("def judged(:\n", "utf-8")
    (tmp_path / "lacking.py").write_text("import nowhere\n", "utf-8")
    (tmp_path / "page.md").write_text(PAGE + block(TRUE, f"function: {name}"), "utf-8")
    with pytest.raises(EquationError) as error:
        check(scan([tmp_path]))
    assert said in str(error.value)
    assert f"page.md:{PAGE.count(chr(10)) + 2}: claim: " in str(error.value)
    assert "mend:" in str(error.value)
