"""What mutants that were taken for true have shown the engine to miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnwb.equations import EquationError, check, scan

PAGE = r"""
/// symbols

| symbol | entry | shape | values | meaning |
|---|---|---|---|---|
| $H$ | | | size | number of units |
| $T$ | | | size | the last time step |
| $h$ | | | $1, \dots, H$ | a unit |
| $t, r$ | | | $0, \dots, T$ | time steps |
| $q$ | | | $1, \dots, T + 1$ | a row |
| $X_t$ | $X_t^h$ | $H$ | | input |
| $S_t$ | $S_t^h$ | $H$ | | state |
| $Z_{rt}$ | | | | something of two steps |
///

/// define | state

S_t = X_t + X_t
///

BLOCK
"""


def verdicts(folder: Path, block: str) -> list[bool]:
    path = folder / "page.md"
    path.write_text(PAGE.replace("BLOCK", block), "utf-8")
    return [v.holds for v in check(scan([path]), functions_required=False)]


def test_a_letter_that_counts_components_is_no_step(tmp_path: Path) -> None:
    """It would compare fewer steps than there are."""
    with pytest.raises(EquationError, match=r"h runs over H, the steps of S_t over T"):
        verdicts(tmp_path, "/// equation | doubled\n\nS_h = X_h \\odot (1 + X_h) - X_h\n///")


def test_a_letter_that_counts_rows_is_a_step(tmp_path: Path) -> None:
    assert verdicts(tmp_path, "/// equation | doubled\n\nS_{q-1} - X_{q-1} = X_{q-1}\n///") == [True, True]


def test_a_definition_on_the_diagonal_says_nothing_beside_it(tmp_path: Path) -> None:
    """Each letter stands for one step, wherever it occurs."""
    blocks = "/// define | diagonal\n\nZ_{tt} = 2\n///\n\n/// equation | elsewhere\n\nZ_{rt} = 2 + 0 Z_{rt}\n///"
    assert verdicts(tmp_path, blocks) == [True, True, False]


def test_a_definition_with_its_sides_exchanged_is_a_repetition(tmp_path: Path) -> None:
    with pytest.raises(EquationError, match="this repeats the definition state"):
        verdicts(tmp_path, "/// equation | exchanged\n\nX_t + X_t = S_t\n///")


def test_a_chain_that_returns_to_what_it_defines_is_a_repetition(tmp_path: Path) -> None:
    with pytest.raises(EquationError, match="this repeats the definition returning"):
        verdicts(tmp_path, "/// define | returning\n\nZ_{rt} = 2 + 2 = Z_{rt}\n///")


def test_some_sequence_reaches_the_last_step(tmp_path: Path) -> None:
    """Otherwise a limit of T - 1 would do where T is meant."""
    block = (
        r"/// equation | {}"
        + "\n\n"
        + r"\sum_{{h=1}}^{{H}} L_h = \sum_{{t=0}}^{{{}}} \sum_{{h=1}}^{{H}} [t < L_h]"
        + "\n///"
    )
    row = "| $L$ | $L_h$ | $H$ | step | last step |\n| $Z_{rt}$"
    path = tmp_path / "page.md"
    blocks = block.format("whole", "T") + "\n\n" + block.format("two-short", "T - 2")
    path.write_text(PAGE.replace("| $Z_{rt}$", row).replace("BLOCK", blocks), "utf-8")
    assert [v.holds for v in check(scan([path]), functions_required=False)] == [True, True, False]


def test_a_chain_that_comes_back_says_a_thing_twice(tmp_path: Path) -> None:
    with pytest.raises(EquationError, match="the chain comes back to this formula"):
        verdicts(tmp_path, "/// equation | returning\n\nS_t^h = 2 X_t^h = S_t^h\n///")
