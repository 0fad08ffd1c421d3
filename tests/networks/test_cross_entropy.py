"""Cross-entropy and its gradient, row by row, against plain code and complex steps through it."""

import numpy as np
import pytest
from plain import cross_entropy, jacobian_step

from rnnwb.networks.cross_entropy import loss_and_gradient

ROWS, CLASSES = 5, 7
INTEGERS = [np.int8, np.uint8, np.int32, np.int64, np.uint64]


def logits():
    return np.random.default_rng(0).normal(size=(ROWS, CLASSES))


def expected(Y, C):
    """Loss and gradient."""

    def loss(Y):
        return sum(map(cross_entropy, Y, C))

    return loss(Y), jacobian_step(loss, Y)


@pytest.mark.parametrize("integer", INTEGERS)
def test_classes_of_any_integer_type(integer):
    Y, C = logits(), np.array([6, 0, 3, 3, 1], integer)
    (loss, gradient), (plain, by_complex_step) = loss_and_gradient(Y.copy(), C), expected(Y, C)
    assert abs(loss - plain) < 1e-13
    assert np.abs(gradient - by_complex_step).max() < 1e-14


@pytest.mark.parametrize("C", [[-1, 0, -1, 6, -1], [-1] * ROWS, [6, -1, -1, -1, 0]], ids=["first", "all", "between"])
def test_a_row_without_a_target_changes_no_other_row(C):
    Y, C = logits(), np.array(C)
    (loss, gradient), (plain, by_complex_step) = loss_and_gradient(Y.copy(), C), expected(Y, C)
    assert abs(loss - plain) < 1e-13
    assert np.abs(gradient - by_complex_step).max() < 1e-14
    assert not gradient[C < 0].any()


def test_the_gradient_is_written_over_the_logits():
    for C in (np.array([1, -1, 2, 0, 3]), np.array([1, 1, 2, 0, 3]), np.full((ROWS, CLASSES), 1 / CLASSES)):
        Y = logits()
        assert loss_and_gradient(Y, C)[1] is Y


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_far_apart_neither_overflow_nor_vanish(dtype):
    Y = np.array([[900.0, -900.0], [-900.0, 900.0], [-900.0, -900.0]], dtype)
    loss, gradient = loss_and_gradient(Y, np.array([0, 0, 1]))
    assert loss == pytest.approx(1800 + np.log(2), rel=1e-6)
    assert gradient.tolist() == [[0, 0], [-1, 1], [0.5, -0.5]]


def test_a_logit_that_is_not_a_number_makes_the_loss_none():
    Y = logits()
    Y[2, 3] = np.nan
    assert np.isnan(loss_and_gradient(Y, np.zeros(ROWS, int))[0])
