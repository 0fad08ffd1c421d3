import numpy as np
import pytest

from oracle import close, derivative, random_case, rejects_another_axis, run
from rnnwb.notations import columns

case = random_case(6)
X, C, U, W, V, S_init = case.values()
net = run(**case)
W_xh, W_hh, W_hy = U.T, W.T, V.T
do, delta = (derivative(case, lambda net: net.E, by) for by in ("Y_shift", "A_shift"))
t = 3
CASES = {
    "preactivation": ((X[t], net.S[t - 1], W_xh, W_hh), net.A[t]),
    "hidden_state": ((net.A[t],), net.S[t]),
    "logits": ((net.S[t], W_hy), net.Y[t]),
    "probabilities": ((net.Y[t],), net.P[t]),
    "total_loss": ((net.Y, C), net.E),
    "logits_gradient": ((net.P[t], C[t]), do[t]),
    "state_jacobian": ((net.S[t], W_hh), derivative(case, lambda net: net.S[t], "S_shift")[:, t - 1]),
    "delta": ((do[t], delta[t + 1], net.S[t], W_hh, W_hy), delta[t]),
    "state_weight_gradient": ((delta, S_init, net.S), derivative(case, lambda net: net.E, "W").T),
    "input_weight_gradient": ((delta, X), derivative(case, lambda net: net.E, "U").T),
    "output_weight_gradient": ((do, net.S), derivative(case, lambda net: net.E, "V").T),
}


@pytest.mark.parametrize("name", CASES)
def test_value(name):
    arguments, expected = CASES[name]
    assert close(getattr(columns, name)(*arguments), expected)


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"hidden_state", "probabilities"}))
def test_wrong_shapes_are_named(name):
    assert rejects_another_axis(getattr(columns, name), CASES[name][0])


def test_the_last_step_has_no_future():
    assert close(columns.delta(do[-1], np.zeros(3), net.S[-1], W_hh, W_hy), delta[-1])
