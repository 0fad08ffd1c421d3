import numpy as np
import pytest

from oracle import D, H, K, close, jacobian, random_case, rejects_another_axis, run
from rnnwb.bptt import bptt
from rnnwb.four_views import gradients as four_views
from rnnwb.four_views import masks, one_clock
from rnnwb.four_views.bptt import masked_bptt, sum_of_losses
from rnnwb.gradient_check import central_difference
from rnnwb.many_to_one.bptt import last_loss_bptt
from rnnwb.one_to_many.bptt import input_once_bptt, output_fed_back_bptt

R = np.random.default_rng(50).normal(size=(K, H))
WEIGHTS = ("U", "R", "W", "V")


def view_loss(X, C, alpha, omega, phi, U, R, W, V, S_init):
    """Loss of a single view, entry by entry."""
    previous, spoken, total = S_init, np.zeros(K), 0.0
    for t in range(len(X)):
        A = [
            sum(X[t][d] * U[d][h] for d in range(D) if alpha[t])
            + sum(spoken[k] * R[k][h] for k in range(K) if t and phi[t])
            + sum(previous[i] * W[i][h] for i in range(H))
            for h in range(H)
        ]
        previous = [np.sinh(a) / np.cosh(a) for a in A]
        exps = [np.exp(sum(previous[h] * V[h][k] for h in range(H))) for k in range(K)]
        spoken = [e / sum(exps) for e in exps]
        total = total - sum(C[t][k] * np.log(spoken[k]) for k in range(K) if omega[t])
    return total


def views(seed=0, steps=6, count=5):
    """A sequence with random masks for each view; each view counts at least one loss."""
    X, C, U, W, V, S_init = random_case(seed, steps).values()
    random = np.random.default_rng(seed)
    alpha, omega, phi = random.integers(2, size=(3, steps, count)).astype(float)
    omega[-1] = 1
    case = {
        "X": X,
        "C": C,
        "alpha": alpha,
        "omega": omega,
        "phi": phi,
        "U": U,
        "R": R,
        "W": W,
        "V": V,
        "S_init": S_init,
    }
    return case


def single(case, b):
    return {**case, **{name: case[name][:, b] for name in ("alpha", "omega", "phi")}}


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_gradients_agree_with_a_forward_pass_in_plain_loops(steps, seed):
    case = views(seed, steps)
    F, *gradients = masked_bptt(**case)
    for b in range(5):
        one = single(case, b)
        assert close(F[b], view_loss(**one))
        for by, gradient in zip(WEIGHTS, gradients, strict=True):
            expected = jacobian(lambda value, by=by, one=one: view_loss(**{**one, by: value}), one[by])
            assert np.abs(gradient[b] - expected).max() <= 1e-12 * max(1e-3, np.abs(expected).max()), by


def test_gradients_agree_with_central_differences():
    case = views(2)
    one = single(case, 3)
    for by, gradient in zip(WEIGHTS, masked_bptt(**case)[1:], strict=True):
        expected = central_difference(lambda value, by=by: view_loss(**{**one, by: value}), one[by])
        assert close(gradient[3], expected, 1e-7)


def test_the_masks_of_the_categories_give_the_categories():
    X, C, U, W, V, S_init = random_case(3).values()
    every, never, first = np.ones(6), np.zeros(6), np.eye(6)[0]
    alpha, omega = np.stack([every, every, first, first], 1), np.stack([every, first[::-1], every, every], 1)
    phi = np.stack([never, never, never, every - first], 1)
    F, dU, dR, dW, dV = masked_bptt(X, C, alpha, omega, phi, U, R, W, V, S_init)
    expected = [
        bptt(X, C, U, W, V, S_init),
        last_loss_bptt(X, C[-1], U, W, V, S_init),
        input_once_bptt(X[0], C, U, W, V, S_init),
    ]
    for b, result in enumerate(expected):
        assert all(close(found[b], value) for found, value in zip((F, dU, dW, dV), result[:4], strict=True))
        assert not dR[b].any()
    fed_back = output_fed_back_bptt(X[:1], C[:, None], np.array([5]), U, R, W, V, S_init[None])
    assert all(close(found[3], value) for found, value in zip((F, dU, dR, dW, dV), fed_back[:5], strict=True))


def test_the_initial_state_is_zero_by_default():
    case = views(4)
    del case["S_init"]
    for found, expected in zip(masked_bptt(**case), masked_bptt(**case, S_init=np.zeros(H)), strict=True):
        assert (found == expected).all()


case = views(5)
X, C, alpha, omega, phi, U, _, W, V, S_init = case.values()
random = np.random.default_rng(6)
S, later, dY = random.uniform(-1, 1, (6, 5, H)), random.normal(size=(5, H)), random.normal(size=(6, 5, K))
delta, P, t = random.normal(size=(6, 5, H)), random.dirichlet(np.ones(K), size=(6, 5)), 2


def losses():
    """Loss of each view from the probabilities P."""
    return [-sum(omega[t, b] * C[t, k] * np.log(P[t, b, k]) for t in range(6) for k in range(K)) for b in range(5)]


def through_softmax(b):
    """Gradient with respect to the logits of what a view counts at step t and feeds to the next."""

    def f(Y):
        p = np.exp(Y) / np.exp(Y).sum()
        return -omega[t, b] * np.sum(C[t] * np.log(p)) + phi[t + 1, b] * np.sum((p @ R) * later[b])

    return jacobian(f, np.log(P[t, b]))


CASES = {
    "masked_preactivation": (
        (X[t], P[t - 1], S[t - 1], alpha[t], phi[t], U, R, W),
        [alpha[t, b] * X[t] @ U + phi[t, b] * P[t - 1, b] @ R + S[t - 1, b] @ W for b in range(5)],
    ),
    "view_losses": ((np.log(P), C, omega), losses()),
    "masked_logits_gradient": (
        (P[t], C[t], later, omega[t], phi[t + 1], R),
        [through_softmax(b) for b in range(5)],
    ),
    "masked_input_weight_gradient": (
        (X, alpha, delta),
        [sum(alpha[t, b] * np.outer(X[t], delta[t, b]) for t in range(6)) for b in range(5)],
    ),
    "masked_feedback_weight_gradient": (
        (P, phi, delta),
        [sum(phi[t, b] * np.outer(P[t - 1, b], delta[t, b]) for t in range(1, 6)) for b in range(5)],
    ),
    "view_state_weight_gradient": (
        (S[0], S, delta),
        [
            np.outer(S[0, b], delta[0, b]) + sum(np.outer(S[t - 1, b], delta[t, b]) for t in range(1, 6))
            for b in range(5)
        ],
    ),
    "view_output_weight_gradient": (
        (S, dY),
        [sum(np.outer(S[t, b], dY[t, b]) for t in range(6)) for b in range(5)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_value(name):
    arguments, expected = CASES[name]
    assert close(getattr(four_views, name)(*arguments), expected)


@pytest.mark.parametrize("name", CASES)
def test_wrong_shapes_are_named(name):
    assert rejects_another_axis(getattr(four_views, name), CASES[name][0])


def test_wrong_shapes_of_the_whole_are_named():
    assert rejects_another_axis(masked_bptt, tuple(case.values()))


def test_masks_of_the_fourth_view_split_the_sequence():
    last, other = np.full(6, 2), np.array([9.0] * 6)
    T = np.array(5)
    steps = [np.array(t) for t in range(6)]
    assert [masks.input_masks(last, other, t)[3] for t in steps] == [1, 1, 1, 0, 0, 0]
    assert [masks.output_masks(last, other, t, T)[3] for t in steps] == [0, 0, 0, 1, 1, 1]
    assert [masks.feedback_masks(last, other, t)[3] for t in steps] == [0, 0, 0, 0, 1, 1]
    assert masks.feedback_masks(last, other, T)[4:].tolist() == [9, 9]
    assert (masks.shared_initial_states(S_init, last) == S_init).all()
    assert (masks.shared_initial_state(S_init) == S_init).all()
    assert sum_of_losses(np.array([1.0, 4.0])) == 5


def test_encoder_and_decoder_in_one_sequence():
    arguments = (X[t], P[t, 0], U, R, np.array(2))
    for step, expected in ((2, X[t] @ U), (3, np.zeros(H)), (4, P[t, 0] @ R)):
        assert close(one_clock.received(*arguments, np.array(step)), expected)
    net = run(X, C, U, W, V, S_init)
    assert close(one_clock.one_clock_hidden_state(X[t] @ U, net.S[t - 1], W), net.S[t])
    assert close(one_clock.one_clock_probabilities(net.S[t], V), net.P[t])
    assert close(one_clock.one_clock_loss(net.S, C, V, np.array(2)), net.losses[3:].sum())
