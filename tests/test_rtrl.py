import numpy as np
import pytest

from oracle import D, H, close, derivative, random_case, rejects_another_axis, run
from rnnwb.bptt import bptt
from rnnwb.gradient_check import central_difference
from rnnwb.rtrl import influence as rtrl
from rnnwb.rtrl import snap1

case = random_case(11)
X, C, U, W, V, S_init = case.values()
net = run(**case)
S = net.S
t = 3


def of_state(step, by):
    """Influence on the state of a step, by complex step."""
    return derivative(case, lambda net: net.S[step], by)


def of_losses(steps, by):
    return derivative(case, lambda net: sum(net.losses[step] for step in steps), by)


dS = derivative(case, lambda net: net.losses[t], "S_shift")[t]
before = of_losses(range(t), "W")
CASES = {
    "input_influence": ((X[t], S[t], W, of_state(t - 1, "U")), of_state(t, "U")),
    "state_influence": ((S[t - 1], S[t], W, of_state(t - 1, "W")), of_state(t, "W")),
    "step_input_weight_gradient": ((dS, of_state(t, "U")), of_losses([t], "U")),
    "step_state_weight_gradient": ((dS, of_state(t, "W")), of_losses([t], "W")),
    "running_gradient": ((before, dS, of_state(t, "W")), of_losses(range(t + 1), "W")),
}


@pytest.mark.parametrize("name", CASES)
def test_value(name):
    arguments, expected = CASES[name]
    assert close(getattr(rtrl, name)(*arguments), expected)


@pytest.mark.parametrize("name", CASES)
def test_wrong_shapes_are_named(name):
    assert rejects_another_axis(getattr(rtrl, name), CASES[name][0])


def test_the_running_loss_adds_up():
    assert rtrl.running_loss(net.losses[0], net.losses[1]) == net.losses[0] + net.losses[1]


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_rtrl_agrees_with_a_forward_pass_in_plain_loops(steps, seed):
    case = random_case(seed, steps)
    E, *gradients = rtrl.rtrl(**case)
    assert close(E, run(**case).E)
    for by, gradient in zip("UWV", gradients, strict=True):
        assert close(gradient, derivative(case, lambda net: net.E, by)), by


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_rtrl_agrees_with_bptt(steps):
    case = random_case(5, steps)
    for forward, backward in zip(rtrl.rtrl(**case), bptt(**case)[:4], strict=True):
        assert close(forward, backward)


@pytest.mark.parametrize("by", ["U", "W", "V"])
def test_rtrl_agrees_with_central_differences(by):
    expected = central_difference(lambda value: rtrl.rtrl(**{**case, by: value})[0], case[by])
    assert close(rtrl.rtrl(**case)[1 + "UWV".index(by)], expected, 1e-7)


@pytest.mark.parametrize("function", [rtrl.rtrl, snap1.snap1])
def test_the_initial_state_is_zero_by_default(function):
    arguments = (X, C, U, W, V)
    for found, expected in zip(function(*arguments), function(*arguments, np.zeros(H)), strict=True):
        assert (found == expected).all()


def diagonal_cut(case):
    """The published recursion in plain loops: its own derivative of the diagonal path only."""
    X, C, _, W, V, previous = case.values()
    net = run(**case)
    alpha, beta = np.zeros((D, H)), np.zeros((H, H))
    G_U, G_W, rows = np.zeros((D, H)), np.zeros((H, H)), []
    for X_t, S_t, P_t, C_t in zip(X, net.S, net.P, C):
        for h in range(H):
            slope = 1 - S_t[h] ** 2
            local = sum((P_t[k] - C_t[k]) * V[h][k] for k in range(len(P_t)))
            for d in range(D):
                alpha[d, h] = slope * X_t[d] + slope * W[h][h] * alpha[d, h]
                G_U[d, h] += local * alpha[d, h]
            for i in range(H):
                beta[i, h] = slope * previous[i] + slope * W[h][h] * beta[i, h]
                G_W[i, h] += local * beta[i, h]
        rows.append((alpha.copy(), beta.copy()))
        previous = S_t
    return rows, G_U, G_W


def test_the_diagonal_influences():
    rows, G_U, G_W = diagonal_cut(case)
    (alpha_prev, beta_prev), (alpha, beta) = rows[t - 1], rows[t]
    for function, arguments, expected in (
        (snap1.diagonal_input_influence, (X[t], S[t], W, alpha_prev), alpha),
        (snap1.diagonal_state_influence, (S[t - 1], S[t], W, beta_prev), beta),
    ):
        assert close(function(*arguments), expected)
        assert rejects_another_axis(function, arguments)
    E, found_U, found_W, dV = snap1.snap1(**case)
    assert close(E, net.E)
    assert close(found_U, G_U)
    assert close(found_W, G_W)
    assert close(dV, derivative(case, lambda net: net.E, "V"))


def test_the_cut_is_exact_for_diagonal_weights_and_wrong_for_dense_ones():
    alone = {**case, "W": np.diag(np.diag(W))}
    for found, expected in zip(snap1.snap1(**alone), bptt(**alone)[:4], strict=True):
        assert close(found, expected)
    _, dU, dW, _ = snap1.snap1(**case)
    _, true_U, true_W, *_ = bptt(**case)
    assert np.linalg.norm(dU - true_U) > 0.1 * np.linalg.norm(true_U)
    assert np.linalg.norm(dW - true_W) > 0.1 * np.linalg.norm(true_W)


def test_the_cut_is_exact_after_one_step():
    case = random_case(6, 1)
    for found, expected in zip(snap1.snap1(**case), bptt(**case)[:4], strict=True):
        assert close(found, expected)


@pytest.mark.parametrize("function", [rtrl.rtrl, snap1.snap1])
def test_sequences_of_wrong_shape_are_named(function):
    assert rejects_another_axis(function, tuple(case.values()))
