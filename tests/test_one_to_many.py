from pathlib import Path

import numpy as np
import pytest

from oracle import BATCH, D, H, K, close, jacobian, random_batch, random_case, rejects_another_axis, run
from rnnwb.gradient_check import central_difference
from rnnwb.one_to_many import batched as one_to_many_batched
from rnnwb.one_to_many import feedback as one_to_many_feedback
from rnnwb.one_to_many import once as one_to_many
from rnnwb.one_to_many import repeated as one_to_many_repeated
from rnnwb.one_to_many.bptt import input_once_bptt, input_repeated_bptt, output_fed_back_bptt

RECORD = np.load(Path(__file__).parent / "data" / "torch_one_to_many.npz")
LAST = np.array([5, 0, 2, 1, 3])
R = np.random.default_rng(50).normal(size=(K, H))


def once(X, C, U, W, V, S_init, **shifts):
    """Total loss in plain loops, with zeros for inputs after step 0."""
    return run([X] + [np.zeros(D)] * (len(C) - 1), C, U, W, V, S_init, **shifts).E


def repeated(X, C, U, W, V, S_init, **shifts):
    return run([X] * len(C), C, U, W, V, S_init, **shifts).E


def fed_back_run(X, C, U, R, W, V, S_init, A_shift=None, Y_shift=None):
    """Losses of all steps, entry by entry, with states, logits and probabilities."""
    A_shift = np.zeros((len(C), H)) if A_shift is None else A_shift
    Y_shift = np.zeros((len(C), K)) if Y_shift is None else Y_shift
    S, Y, P, losses, previous = [], [], [], [], S_init
    for t in range(len(C)):
        A = [sum(previous[i] * W[i][h] for i in range(H)) + A_shift[t][h] for h in range(H)]
        for h in range(H):
            A[h] += sum(P[-1][k] * R[k][h] for k in range(K)) if t else sum(X[d] * U[d][h] for d in range(D))
        previous = [np.sinh(a) / np.cosh(a) for a in A]
        y = [sum(previous[h] * V[h][k] for h in range(H)) + Y_shift[t][k] for k in range(K)]
        total = sum(np.exp(value) for value in y)
        S, Y, P = [*S, previous], [*Y, y], [*P, [np.exp(value) / total for value in y]]
        losses.append(-sum(C[t][k] * np.log(P[-1][k]) for k in range(K)))
    return np.array(S), np.array(Y), np.array(P), np.array(losses)


def fed_back(**case):
    return sum(fed_back_run(**case)[3])


def fed_back_bptt(X, C, U, R, W, V, S_init):
    """One sequence as a batch of one."""
    J, dU, dR, dW, dV, dX, dS_init = output_fed_back_bptt(
        X[None], C[:, None], np.array([len(C) - 1]), U, R, W, V, S_init[None]
    )
    return J, dX[0], dU, dR, dW, dV, dS_init[0]


def in_order(bptt):
    """The results in the order of the arguments, with the loss first."""

    def ordered(**case):
        E, dU, dW, dV, dX, dS_init = bptt(**case)
        return E, dX, dU, dW, dV, dS_init

    return ordered


def sequence(seed=0, steps=6, feedback=False):
    X, C, U, W, V, S_init = random_case(seed, steps).values()
    middle = {"R": R} if feedback else {}
    return {"X": X[0], "C": C, "U": U, **middle, "W": W, "V": V, "S_init": S_init}


VARIANTS = {
    "once": (in_order(input_once_bptt), once, False),
    "repeated": (in_order(input_repeated_bptt), repeated, False),
    "fed_back": (lambda **case: fed_back_bptt(**case), fed_back, True),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("steps", [1, 2, 6])
def test_gradients_agree_with_a_forward_pass_in_plain_loops(variant, steps):
    bptt, loss, feedback = VARIANTS[variant]
    case = sequence(0, steps, feedback)
    E, *gradients = bptt(**case)
    assert close(E, loss(**case))
    for by, gradient in zip((name for name in case if name != "C"), gradients, strict=True):
        expected = jacobian(lambda value, by=by: loss(**{**case, by: value}), case[by])
        if np.any(expected) or np.any(gradient):
            assert close(gradient, expected), by


@pytest.mark.parametrize("variant", VARIANTS)
def test_gradients_agree_with_central_differences(variant):
    bptt, loss, feedback = VARIANTS[variant]
    case = sequence(2, 6, feedback)
    names = [name for name in case if name != "C"]
    for by, gradient in zip(names, bptt(**case)[1:], strict=True):
        expected = central_difference(lambda value, by=by: loss(**{**case, by: value}), case[by])
        assert close(gradient, expected, 1e-7), by


@pytest.mark.parametrize("seed", [5, 6])
def test_a_ragged_batch_is_its_sequences_cut_to_their_lengths(seed):
    X, C, U, W, V, S_init = random_batch(seed).values()
    J, dU, dR, dW, dV, dX, dS_init = output_fed_back_bptt(X[0], C, LAST, U, R, W, V, S_init)
    alone = [fed_back_bptt(X[0, b], C[: n + 1, b], U, R, W, V, S_init[b]) for b, n in enumerate(LAST)]
    for found, position in ((J, 0), (dU, 2), (dR, 3), (dW, 4), (dV, 5)):
        assert close(found, sum(result[position] for result in alone))
    assert close(dX, np.stack([result[1] for result in alone]))
    assert close(dS_init, np.stack([result[6] for result in alone]))


def test_the_initial_state_is_zero_by_default():
    case = sequence(4)
    del case["S_init"]
    for bptt in (input_once_bptt, input_repeated_bptt):
        for found, expected in zip(bptt(**case), bptt(**case, S_init=np.zeros(H)), strict=True):
            assert (found == expected).all()


CASES = sorted({name.split("/")[0] for name in RECORD})


@pytest.mark.parametrize("name", CASES)
def test_recorded_values_of_autograd(name):
    arrays = {key.split("/")[1]: RECORD[key] for key in RECORD if key.startswith(f"{name}/")}
    X, C, U, R, W, V, S_init = (arrays[key] for key in ("X", "C", "U", "R", "W", "V", "S_init"))
    if name.startswith("fed_back"):
        J, dU, dR, dW, dV, dX, dS_init = output_fed_back_bptt(X, C, arrays["last"], U, R, W, V, S_init)
        assert close(dR, arrays["dR"]) if len(C) > 1 else not dR.any()
    else:
        bptt = input_once_bptt if name.startswith("once") else input_repeated_bptt
        results = [bptt(X[b], C[:, b], U, W, V, S_init[b]) for b in range(len(X))]
        J, dU, dW, dV = (sum(result[n] for result in results) for n in range(4))
        dX, dS_init = (np.stack([result[n] for result in results]) for n in (4, 5))
    found = {"loss": J, "dU": dU, "dW": dW, "dV": dV, "dX": dX, "dS_init": dS_init}
    assert all(close(value, arrays[key]) for key, value in found.items())


def test_the_record_is_complete():
    assert {tuple(map(int, name.split("_")[-2:])) for name in CASES} == {(t, b) for t in (1, 2, 6) for b in (1, 3)}
    assert len(CASES) == 18


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_one_to_many

    live = record_torch_one_to_many.record()
    assert live.keys() == set(RECORD)
    assert all(close(value, RECORD[name]) or not np.any(value) for name, value in live.items())


case, fed = sequence(8), sequence(8, feedback=True)
X, C, U, W, V, S_init = case.values()
t, zero = 2, np.zeros(H)
S_once, S_rep = (run(inputs, C, U, W, V, S_init).S for inputs in ([X] + [np.zeros(D)] * 5, [X] * 6))
S_fed, Y_fed, P_fed, _ = fed_back_run(**fed)


def shifted(loss, name, size, of=case):
    return jacobian(lambda shift: loss(**of, **{name: shift}), np.zeros((6, size)))


def weight(loss, name, of=case):
    return jacobian(lambda value: loss(**{**of, name: value}), of[name])


delta, delta_rep, dY_rep = shifted(once, "A_shift", H), shifted(repeated, "A_shift", H), shifted(repeated, "Y_shift", K)
delta_fed, dY_fed = shifted(fed_back, "A_shift", H, fed), shifted(fed_back, "Y_shift", K, fed)
FUNCTIONS = [
    (one_to_many.preactivation_from_one_input, (0 * X, S_once[1], U, W), np.arctanh(S_once[2])),
    (one_to_many.step_input_weight_gradient, (X, delta[0]), np.einsum("d,h->dh", X, delta[0])),
    (one_to_many.input_weight_gradient, (X, delta[0]), weight(once, "U")),
    (one_to_many_repeated.repeated_preactivation, (X, S_rep[1], U, W), np.arctanh(S_rep[2])),
    (one_to_many_repeated.repeated_logits, (S_rep[t], V), np.einsum("h,hk->k", S_rep[t], V)),
    (one_to_many_repeated.repeated_loss, (S_rep @ V, C), repeated(**case)),
    (one_to_many_repeated.repeated_logits_gradient, (S_rep[t] @ V, C[t]), dY_rep[t]),
    (one_to_many_repeated.repeated_delta, (dY_rep[t], delta_rep[t + 1], S_rep[t], V, W), delta_rep[t]),
    (one_to_many_repeated.repeated_input_weight_gradient, (X, delta_rep), weight(repeated, "U")),
    (one_to_many_repeated.repeated_input_gradient, (delta_rep, U), weight(repeated, "X")),
    (one_to_many_feedback.fed_back_preactivation, (0 * X, P_fed[1], S_fed[1], U, R, W), np.arctanh(S_fed[2])),
    (one_to_many_feedback.fed_back_logits, (S_fed[t], V), Y_fed[t]),
    (one_to_many_feedback.fed_back_probabilities, (Y_fed[t],), P_fed[t]),
    (
        one_to_many_feedback.fed_back_softmax_jacobian,
        (P_fed[t],),
        jacobian(lambda y: np.exp(y) / sum(np.exp(y)), Y_fed[t]),
    ),
    (one_to_many_feedback.fed_back_loss, (Y_fed, C), fed_back(**fed)),
    (one_to_many_feedback.fed_back_logits_gradient, (P_fed[t], C[t], delta_fed[t + 1], R), dY_fed[t]),
    (one_to_many_feedback.fed_back_delta, (dY_fed[t], delta_fed[t + 1], S_fed[t], V, W), delta_fed[t]),
    (one_to_many_feedback.feedback_weight_gradient, (P_fed, delta_fed), weight(fed_back, "R", fed)),
    (one_to_many_feedback.fed_back_output_weight_gradient, (S_fed, dY_fed), weight(fed_back, "V", fed)),
]


@pytest.mark.parametrize(("function", "arguments", "expected"), FUNCTIONS, ids=lambda x: getattr(x, "__name__", ""))
def test_value(function, arguments, expected):
    assert close(function(*arguments), expected)


@pytest.mark.parametrize(
    ("function", "arguments"), [f[:2] for f in FUNCTIONS], ids=lambda x: getattr(x, "__name__", "")
)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


def test_hidden_states_are_the_hyperbolic_tangent():
    A = np.array([-2.0, 0.0, 0.5])
    assert close(one_to_many_repeated.repeated_hidden_state(A), np.sinh(A) / np.cosh(A))
    assert close(one_to_many_feedback.fed_back_hidden_state(A), np.sinh(A) / np.cosh(A))


def test_steps_of_a_batch_are_steps_of_its_sequences():
    Y, targets, later, S = (np.stack([a] * BATCH) for a in (Y_fed[t], C[t], delta_fed[t + 1], S_fed[t]))
    P = one_to_many_batched.probabilities(Y)
    dY = one_to_many_batched.logits_gradient(P, targets, later, R, LAST, np.array(t))
    assert close(dY[0], dY_fed[t])
    assert close(dY[1], dY_fed[t] - P_fed[t] + C[t])
    assert close(one_to_many_batched.delta(dY, later, S, V, W)[0], delta_fed[t])
    A = one_to_many_batched.fed_back_preactivation(np.zeros((BATCH, D)), P, S, U, R, W)
    assert close(A[3], np.arctanh(S_fed[t + 1]))
    losses = fed_back_run(**fed)[3]
    stacked = [np.stack([a] * BATCH, axis=1) for a in (Y_fed, C)]
    assert close(one_to_many_batched.batch_loss(*stacked, LAST), sum(losses[: n + 1].sum() for n in LAST))


@pytest.mark.parametrize("bptt", [input_once_bptt, input_repeated_bptt])
def test_wrong_shapes_of_a_sequence_are_named(bptt):
    assert rejects_another_axis(bptt, tuple(case.values()))


def test_wrong_shapes_of_a_batch_are_named():
    X, C, U, W, V, S_init = random_batch(9).values()
    assert rejects_another_axis(output_fed_back_bptt, (X[0], C, LAST, U, R, W, V, S_init))
