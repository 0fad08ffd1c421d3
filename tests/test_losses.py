import numpy as np
import pytest

from oracle import close, jacobian
from rnnwb import losses

random = np.random.default_rng(1)
Y, C = random.normal(size=4), random.dirichlet(np.ones(4))


def plain_cross_entropy(Y):
    return -sum(c * np.log(np.exp(y) / sum(np.exp(Y))) for c, y in zip(C, Y))


def test_softmax_is_the_quotient_of_exponentials():
    assert close(losses.softmax(Y), np.exp(Y) / np.exp(Y).sum())
    assert close(losses.log_softmax(Y), np.log(np.exp(Y) / np.exp(Y).sum()))


def test_cross_entropy_and_its_gradient():
    assert close(losses.softmax_cross_entropy(Y, C), plain_cross_entropy(Y))
    assert close(losses.softmax_cross_entropy_gradient(Y, C), jacobian(plain_cross_entropy, Y))


def test_squared_error_and_its_gradient():
    def plain(Y):
        return sum((y - c) * (y - c) for y, c in zip(Y, C)) / 2

    assert close(losses.squared_error(Y, C), plain(Y))
    assert close(losses.squared_error_gradient(Y, C), jacobian(plain, Y))


def test_leading_axes_are_kept():
    outputs, targets = random.normal(size=(5, 3, 4)), random.dirichlet(np.ones(4), size=(5, 3))
    for function in (losses.softmax_cross_entropy, losses.softmax_cross_entropy_gradient,
                     losses.squared_error, losses.squared_error_gradient):  # fmt: skip
        whole = function(outputs, targets)
        assert close(whole[2, 1], function(outputs[2, 1], targets[2, 1]))
    assert close(losses.total_loss(outputs[0], targets[0]), losses.softmax_cross_entropy(outputs[0], targets[0]).sum())


@pytest.mark.parametrize("shift", [1e4, -1e4])
def test_large_logits_do_not_overflow(shift):
    assert close(losses.softmax(Y + shift), losses.softmax(Y), 1e-11)
    assert np.isfinite(losses.softmax_cross_entropy(np.array([shift, 0.0]), np.array([0.5, 0.5])))


def test_complex_step_goes_through_the_softmax():
    assert close(jacobian(lambda Y: losses.softmax_cross_entropy(Y, C), Y), jacobian(plain_cross_entropy, Y))


def test_mean_is_the_sum_over_the_number_of_steps():
    assert losses.mean_loss(np.array(10.0), np.array(4)) == 2
    assert close(losses.mean_loss_gradient(np.ones((3, 3)), np.array(4)), np.full((3, 3), 0.2))


@pytest.mark.parametrize(
    "function",
    [
        losses.softmax_cross_entropy,
        losses.softmax_cross_entropy_gradient,
        losses.squared_error,
        losses.squared_error_gradient,
    ],
)
def test_wrong_shapes_are_named(function):
    with pytest.raises(ValueError, match=r"\(4,\).*\(3,\)"):
        function(Y, C[:3])
