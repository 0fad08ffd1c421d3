"""What is refused, and whether the message names both sides and the mend."""

from collections import namedtuple

import numpy as np
import pytest
from one_layer import initial_state, parameters, sequences
from plain import LENGTHS, STEPS, B

from rnnwb.networks import lstm, many_to_many, many_to_one
from rnnwb.networks.cells.lstm import State
from rnnwb.networks.checks import require_layer

network, (X, C) = parameters("tanh"), sequences()

SHAPES = {
    "no batch axis": (
        {"X": X[:, 0]},
        r"X has shape \(6, 2\), not \(time, B, D\); for a single sequence .* X\[:, None, :\]",
    ),
    "other features": ({"X": X[:, :, :1]}, r"D is 2 in U, shape \(2, 3\), but 1 in X, shape \(6, 4, 1\)"),
    "no steps": ({"X": X[:0], "C": C[:0]}, r"time is 0 in X, shape \(0, 4, 2\); there must be at least one"),
    "steps of the targets": ({"C": C[1:]}, r"C has shape \(5, 4\), but as classes \(int64\) .* \(time, B\) = \(6, 4\)"),
    "points without an axis": ({"C": C.astype(float)}, r"as points of the simplex .* \(time, B, K\) = \(6, 4, 4\)"),
    "state": ({"S_init": np.zeros(3)}, r"S_init has shape \(3,\), not \(B, H\) = \(4, 3\)"),
    "class too large": ({"C": C + 4}, "C holds the class 7, but V has 4 columns; classes must lie in 0 … 3, or be -1"),
    "class too small": ({"C": C - 4}, "C holds the class -5, but V has 4 columns"),
}
LENGTH_ERRORS = {
    "too long": ([6, 1, 7, 1], r"lengths\[2\] is 7, but the arrays hold 6 steps; lengths must lie in 0 … 6"),
    "negative": ([6, -1, 2, 1], r"lengths\[1\] is -1, but the arrays hold 6 steps"),
    "too few": ([6, 1], r"lengths has shape \(2,\), not \(4,\): one number for each of the B sequences"),
}
TYPES = {
    "integers": ({"X": np.ones((STEPS, B, 2), int)}, r"X is int64, not float32 or float64; try X.astype\(np.float64\)"),
    "a list": ({"X": X.tolist()}, r"X is a list, not an array; make it one with np.array\(…\)"),
    "text": ({"X": X.astype(str)}, "X is <U32, not float32 or float64"),
    "complex": ({"X": X.astype(complex)}, "X is complex128, not float32 or float64"),
    "mixed": ({"X": X.astype(np.float32)}, r"U is float64 but X is float32; .* X.astype\(np.float64\)"),
    "mixed state": ({"S_init": np.zeros((B, 3), np.float32)}, "W is float64 but S_init is float32"),
    "mixed targets": ({"C": np.zeros((STEPS, B, 4), np.float32)}, "C is float32 but the parameters are float64"),
    "targets of booleans": ({"C": C > 0}, "C is bool but the parameters are float64; give integer classes"),
    "targets in a list": ({"C": C.tolist()}, "C is a list, not an array"),
    "lengths in fractions": (
        {"lengths": LENGTHS / 1.0},
        r"lengths is float64, not integers; try lengths.astype\(int\)",
    ),
}


@pytest.mark.parametrize(("changed", "message"), [*SHAPES.values()], ids=[*SHAPES])
@pytest.mark.parametrize("function", [many_to_many.gradients, many_to_many.loss])
def test_shapes(function, changed, message):
    with pytest.raises(ValueError, match=message):
        function(network, **{"X": X, "C": C, **changed})


@pytest.mark.parametrize(("lengths", "message"), [*LENGTH_ERRORS.values()], ids=[*LENGTH_ERRORS])
def test_lengths(lengths, message):
    with pytest.raises(ValueError, match=message):
        many_to_many.gradients(network, X, C, lengths=lengths)


@pytest.mark.parametrize(("changed", "message"), [*TYPES.values()], ids=[*TYPES])
def test_types(changed, message):
    with pytest.raises(TypeError, match=message):
        many_to_many.gradients(network, **{"X": X, "C": C, **changed})


def test_one_output_needs_a_step():
    with pytest.raises(ValueError, match=r"lengths\[1\] is 0, but the arrays hold 6 steps; lengths must lie in 1 … 6"):
        many_to_one.gradients(network, X, np.zeros(B, int), lengths=[6, 0, 2, 1])
    with pytest.raises(ValueError, match=r"C has shape \(6, 4\), but as classes \(int64\) it must be \(B\) = \(4,\)"):
        many_to_one.gradients(network, X, C)


def test_where_every_output_counts_a_sequence_may_have_ended_before():
    found = many_to_many.gradients(network, X, C, np.ones((B, 3)), [6, 0, 2, 1])
    assert (found.S_last[1] == 1).all()
    assert (found.S_init[1] == 0).all()


@pytest.mark.parametrize(
    ("kind", "changed", "message"),
    [
        (
            "tanh",
            {"W": np.ones((3, 4))},
            r"W has shape \(3, 4\), but with D = 2 rows of U and H = 3 rows of W it must be \(3, 3\)",
        ),
        ("tanh", {"b": np.ones(4)}, r"b has shape \(4,\), but .* it must be \(3,\)"),
        ("tanh", {"V": np.ones((4, 4))}, r"H is 3 in W, shape \(3, 3\), but 4 in V, shape \(4, 4\)"),
        ("tanh", {"c": np.ones(5)}, r"K is 4 in V, shape \(3, 4\), but 5 in c, shape \(5,\)"),
        ("tanh", {"V": np.ones((3, 4), np.float32)}, "U is float64 but V is float32"),
        ("lstm", {"W": np.ones((3, 3))}, r"W has shape \(3, 3\), but .* it must be \(3, 12\)"),
        ("lstm", {"U": np.ones((2, 3)), "b": np.ones(3)}, r"U has shape \(2, 3\), but .* it must be \(2, 12\)"),
        ("gru", {"beta": np.ones(9)}, r"beta has shape \(9,\), but .* it must be \(3,\)"),
    ],
)
def test_parameters_that_do_not_fit(kind, changed, message):
    with pytest.raises((ValueError, TypeError), match=message):
        many_to_many.gradients(parameters(kind)._replace(**changed), X, C)


def test_the_state_of_an_lstm_has_two_parts():
    with pytest.raises(TypeError, match=r"S_init is a ndarray, not a State\(S, M\)"):
        lstm.gradients(parameters("lstm"), X, C, np.zeros((B, 3)))
    S, M = initial_state("lstm")
    with pytest.raises(ValueError, match=r"M has shape \(3, 3\), not \(B, H\) = \(4, 3\)"):
        lstm.gradients(parameters("lstm"), X, C, State(S, M[1:]))


def test_a_cell_of_ones_own_may_have_arrays_of_other_names():
    layer = type("Gained", (namedtuple("Gained", "U W b gain"),), {"gates": 1})
    require_layer(layer(np.ones((2, 3)), np.ones((3, 3)), np.ones(3), np.ones(5)))
    with pytest.raises(ValueError, match=r"b has shape \(4,\), but with D = 2 .* it must be \(3,\)"):
        require_layer(layer(np.ones((2, 3)), np.ones((3, 3)), np.ones(4), np.ones(5)))
