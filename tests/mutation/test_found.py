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
