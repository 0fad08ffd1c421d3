"""Shapes and ranges that are sums and products of sizes, such as one row for each step."""

import pytest

from rnnwb.equations import EquationError, check, scan

PAGE = r"""---
title: Stacked
---

/// symbols

| symbol | entry | shape | values | meaning |
|---|---|---|---|---|
| $T$ | | | size | the last step |
| $B$ | | | size | sequences |
| $D$ | | | size | inputs |
| $b$ | | | $1, \dots, B$ | a sequence |
| $d$ | | | $1, \dots, D$ | an input |
| $t$ | | | $0, \dots, T$ | a step |
| $q$ | | | $1, \dots, T + 1$ | a row for each step |
| $p$ | | | $1, \dots, (T + 1) B$ | a row for each step of each sequence |
| $X_t$ | $X_t^{bd}$ | $B \times D$ | | inputs |
| $F$ | $F^{qd}$ | $(T + 1) \times D$ | | inputs of the first sequence |
| $G$ | $G^{pd}$ | $((T + 1) B) \times D$ | | inputs of all sequences |
///

/// define | first

F^{qd} = X_{q-1}^{1d}
///

/// define | all

G^{pd} = \sum_{t=0}^{T} \sum_{b=1}^{B} [p = t B + b] X_t^{bd}
///

/// equation | products

G^\top G = \sum_{t=0}^{T} X_t^\top X_t
///

/// equation | trace

\sum_{q=1}^{T + 1} F^{qd} F^{qd} = \sum_{t=0}^{T} X_t^{1d} X_t^{1d}
///
"""


def verdicts(tmp_path, page):
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    return check(scan([path]))


def test_a_stacked_matrix_holds_one_row_for_each_step(tmp_path):
    found = verdicts(tmp_path, PAGE)
    assert [verdict.holds for verdict in found] == [True] * 4
    assert max(verdict.worst_error for verdict in found) < 1e-14


def test_a_time_index_does_not_fit_a_row(tmp_path):
    with pytest.raises(EquationError, match=r"t runs over T, this slot of F\^\{qd\} over T \+ 1"):
        verdicts(tmp_path, PAGE.replace("F^{qd} = X_{q-1}^{1d}", "F^{td} = X_t^{1d}"))


def test_the_rows_of_the_entry_are_those_of_the_shape(tmp_path):
    with pytest.raises(EquationError, match=r"run over \(\(T \+ 1\) B, D\), the shape is \(T \+ 1, D\)"):
        verdicts(tmp_path, PAGE.replace("$F^{qd}$", "$F^{pd}$"))


@pytest.mark.parametrize("shape", [r"$t \times D$", r"$\frac{T}{2} \times D$", r"$T^2 \times D$"])
def test_a_shape_is_made_of_sizes(tmp_path, shape):
    with pytest.raises(EquationError, match="a shape is a product of sizes"):
        verdicts(tmp_path, PAGE.replace(r"$(T + 1) \times D$", shape))
