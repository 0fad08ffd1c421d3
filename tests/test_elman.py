import numpy as np
import pytest

from oracle import close, derivative, jacobian, random_case, rejects_another_axis, run
from rnnwb import elman

case = random_case()
net = run(**case)
X, U, W, V = (case[name] for name in "XUWV")
t = 4
one_step = {"X": X[t : t + 1], "C": case["C"][:1], "U": U, "W": W, "V": V, "S_init": net.S[t - 1]}
immediate_W = jacobian(lambda W: run(**{**one_step, "W": W}).S[0], W)
immediate_U = jacobian(lambda U: run(**{**one_step, "U": U}).S[0], U)
total_W = derivative(case, lambda net: net.S, "W")

CASES = {
    "preactivation": ((X[t], net.S[t - 1], U, W), net.A[t]),
    "hidden_state": ((net.A[t],), net.S[t]),
    "logits": ((net.S[t], V), net.Y[t]),
    "logits_jacobian": ((V,), derivative(case, lambda net: net.Y[t], "S_shift")[:, t]),
    "activation_jacobian": ((net.S[t],), derivative(case, lambda net: net.S[t], "A_shift")[:, t]),
    "preactivation_jacobian": ((W,), derivative(case, lambda net: net.A[t], "S_shift")[:, t - 1]),
    "state_jacobian": ((net.S[t], W), derivative(case, lambda net: net.S[t], "S_shift")[:, t - 1]),
    "immediate_input_weight_jacobian": ((X[t], net.S[t]), immediate_U),
    "immediate_state_weight_jacobian": ((net.S[t - 1], net.S[t]), immediate_W),
    "total_state_weight_jacobian": (
        (immediate_W, derivative(one_step, lambda net: net.S[0], "S_init"), total_W[t - 1]),
        total_W[t],
    ),
}
UNCHECKED = {"hidden_state", "logits_jacobian", "activation_jacobian", "preactivation_jacobian"}


@pytest.mark.parametrize("name", CASES)
def test_value(name):
    arguments, expected = CASES[name]
    assert close(getattr(elman, name)(*arguments), expected)


@pytest.mark.parametrize("name", sorted(CASES.keys() - UNCHECKED))
def test_wrong_shapes_are_named(name):
    assert rejects_another_axis(getattr(elman, name), CASES[name][0])


def test_jacobians_are_no_views_of_the_weights():
    weights = np.ones((2, 2))
    elman.logits_jacobian(weights)[0, 0] = 7
    elman.preactivation_jacobian(weights)[0, 0] = 7
    assert (weights == 1).all()
