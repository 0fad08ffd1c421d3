import numpy as np
import pytest

from oracle import D, H, close, derivative, jacobian, random_case, rejects_another_axis, run
from rnnwb.gradient_flow import clipping as gradient_clipping
from rnnwb.gradient_flow import jacobians as gradient_flow

case = random_case(11)
X, C, U, W, V, S_init = case.values()
net = run(**case)
S, T = net.S, len(X) - 1
t, tau = 4, 1
by_state = jacobian(lambda shift: run(**case, S_shift=shift).S, np.zeros((T + 1, H)))
dS = derivative(case, lambda net: net.losses[t], "S_shift")
dA = derivative(case, lambda net: net.losses[T], "A_shift")
dW = derivative(case, lambda net: net.E, "W")


def spectral(matrix):
    """The largest singular value, from the eigenvalues of a symmetric matrix."""
    return np.sqrt(np.linalg.eigvalsh(matrix @ matrix.T).max())


def length(array):
    return np.sqrt((array**2).sum())


LONG = by_state[t, :, tau]
VALUES = {
    (gradient_flow, "long_state_jacobian"): ((S, W, t, tau), LONG),
    (gradient_flow, "earlier_state_gradient"): ((dS[t], LONG), dS[tau]),
    (gradient_flow, "state_jacobian_norm"): ((S[t], W), spectral(by_state[t, :, t - 1])),
    (gradient_flow, "long_jacobian_norm"): ((S, W, t, tau), spectral(LONG)),
    (gradient_flow, "earlier_gradient_norm"): ((dS[t], LONG), length(dS[tau])),
    (gradient_clipping, "last_loss_weight_gradient"): (
        (S_init, S, dA),
        derivative(case, lambda net: net.losses[T], "W"),
    ),
    (gradient_clipping, "term_norm"): ((S[tau - 1], dA[tau]), length(np.outer(S[tau - 1], dA[tau]))),
    (gradient_clipping, "old_preactivation_gradient_norm"): ((dA[T], S, W, tau), length(dA[tau])),
    (gradient_clipping, "clipped_gradient"): ((dW, 0.1), 0.1 * dW / length(dW)),
    (gradient_clipping, "clipped_norm"): ((dW, 0.1), 0.1),
}


@pytest.mark.parametrize("key", VALUES, ids=lambda key: key[1])
def test_value(key):
    arguments, expected = VALUES[key]
    assert close(getattr(*key)(*arguments), expected)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (gradient_flow.earlier_state_gradient, (dS[t], LONG)),
        (gradient_flow.state_jacobian_norm, (S[t], W)),
        (gradient_clipping.last_loss_weight_gradient, (S_init, S, dA)),
        (gradient_clipping.term_norm, (S[0], dA[1])),
    ],
)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


def test_no_step_is_the_identity():
    assert close(gradient_flow.long_state_jacobian(S, W, 3, 3), np.eye(H))


def test_the_spectral_radius_of_a_known_matrix():
    basis = np.random.default_rng(1).normal(size=(H, H))
    known = basis @ np.diag([0.3, -0.9, 0.5]) @ np.linalg.inv(basis)
    assert close(gradient_flow.spectral_radius(known), 0.9)
    rotation = np.array([[0.0, 2.0], [-2.0, 0.0]])
    assert close(gradient_flow.spectral_radius(rotation), 2.0)


@pytest.mark.parametrize("size", [D, H, 7])
def test_the_shear(size):
    shear = gradient_flow.shear(size)
    assert close(gradient_flow.shear_norm(size), spectral(shear))
    assert close(gradient_flow.shear_squared(size), np.einsum("im,mj->ij", shear, shear))
    assert gradient_flow.shear_radius(size) == 0.5


def test_a_gradient_within_the_threshold_is_left_alone():
    assert (gradient_clipping.clipped_gradient(dW, 2 * length(dW)) == dW).all()
    assert close(gradient_clipping.clipped_norm(dW, 2 * length(dW)), length(dW))
