from pathlib import Path

import numpy as np
import pytest

from oracle import BATCH, H, close, jacobian, random_batch, random_case, rejects_another_axis, run
from rnnwb.gradient_check import central_difference
from rnnwb.many_to_one import batched as many_to_one_batched
from rnnwb.many_to_one import gradients as many_to_one
from rnnwb.many_to_one import mean_pooling
from rnnwb.many_to_one.batched import batched_last_loss_bptt
from rnnwb.many_to_one.bptt import last_loss_bptt, mean_pooled_bptt

BY = ("U", "W", "V", "X", "S_init")
RECORD = np.load(Path(__file__).parent / "data" / "torch_many_to_one.npz")
LAST = np.array([5, 0, 2, 1, 3])


def last_loss(X, C, U, W, V, S_init, **shifts):
    """Loss of the last step of a forward pass in plain loops."""
    return run(X, np.tile(C, (len(X), 1)), U, W, V, S_init, **shifts).losses[-1]


def pooled_loss(X, C, U, W, V, S_init, Y_shift=0, Z_shift=0, **shifts):
    """Loss of the mean of the states."""
    S = run(X, np.tile(C, (len(X), 1)), U, W, V, S_init, **shifts).S
    Z = sum(S[t] for t in range(len(X))) / len(X) + Z_shift
    exps = np.exp(np.array([sum(Z[h] * V[h][k] for h in range(H)) for k in range(len(C))]) + Y_shift)
    return -sum(C * np.log(exps / sum(exps)))


def sequence(seed=0, steps=6):
    case = random_case(seed, steps)
    return {**case, "C": case["C"][-1]}


PAIRS = [(last_loss_bptt, last_loss), (mean_pooled_bptt, pooled_loss)]


@pytest.mark.parametrize(("bptt", "loss"), PAIRS)
@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 1])
def test_gradients_agree_with_a_forward_pass_in_plain_loops(bptt, loss, steps, seed):
    case = sequence(seed, steps)
    E, *gradients = bptt(**case)
    assert close(E, loss(**case))
    for by, gradient in zip(BY, gradients, strict=True):
        assert close(gradient, jacobian(lambda value, by=by: loss(**{**case, by: value}), case[by])), by


@pytest.mark.parametrize(("bptt", "loss"), PAIRS)
@pytest.mark.parametrize("by", BY)
def test_gradients_agree_with_central_differences(bptt, loss, by):
    case = sequence(2)
    expected = central_difference(lambda value: loss(**{**case, by: value}), case[by])
    assert close(bptt(**case)[1 + BY.index(by)], expected, 1e-7)


@pytest.mark.parametrize(("bptt", "pool"), [(last_loss_bptt, False), (mean_pooled_bptt, True)])
def test_gradients_agree_with_forward_accumulation(bptt, pool):
    X, C, U, W, V, S_init = sequence(3).values()
    S, influence, states, influences = S_init, np.zeros((H, H, H)), [], []
    for X_t in X:
        new = np.tanh(np.einsum("d,dh->h", X_t, U) + np.einsum("i,ih->h", S, W))
        influence = np.einsum("nm,nij->mij", W, influence) + np.einsum("mj,i->mij", np.eye(H), S)
        influence, S = np.einsum("m,mij->mij", 1 - new**2, influence), new
        states, influences = [*states, S], [*influences, influence]
    read, by_W = (np.mean(states, 0), np.mean(influences, 0)) if pool else (S, influence)
    P = np.exp(read @ V) / np.exp(read @ V).sum()
    assert close(bptt(X, C, U, W, V, S_init)[2], np.einsum("k,hk,hij->ij", P - C, V, by_W))


@pytest.mark.parametrize("bptt", [last_loss_bptt, mean_pooled_bptt])
def test_the_initial_state_is_zero_by_default(bptt):
    case = sequence(4)
    del case["S_init"]
    for found, expected in zip(bptt(**case), bptt(**case, S_init=np.zeros(H)), strict=True):
        assert (found == expected).all()


@pytest.mark.parametrize("seed", [5, 6])
def test_a_ragged_batch_is_its_sequences_cut_to_their_lengths(seed):
    X, C, U, W, V, S_init = random_batch(seed).values()
    J, dU, dW, dV, dX, dS_init = batched_last_loss_bptt(X, C[0], LAST, U, W, V, S_init)
    alone = [last_loss_bptt(X[: n + 1, b], C[0, b], U, W, V, S_init[b]) for b, n in enumerate(LAST)]
    for found, position in zip((J, dU, dW, dV), range(4), strict=True):
        assert close(found, sum(result[position] for result in alone))
    assert close(dS_init, np.stack([result[5] for result in alone]))
    for b, n in enumerate(LAST):
        assert close(dX[: n + 1, b], alone[b][4])
        assert not dX[n + 1 :, b].any()


def test_the_initial_states_of_a_batch_are_zero_by_default():
    X, C, U, W, V, _ = random_batch(7).values()
    zero = np.zeros((BATCH, H))
    for found, expected in zip(
        batched_last_loss_bptt(X, C[0], LAST, U, W, V),
        batched_last_loss_bptt(X, C[0], LAST, U, W, V, zero),
        strict=True,
    ):
        assert (found == expected).all()


CASES = sorted({name.split("/")[0] for name in RECORD})


@pytest.mark.parametrize("name", CASES)
def test_recorded_values_of_autograd(name):
    arrays = {key.split("/")[1]: RECORD[key] for key in RECORD if key.startswith(f"{name}/")}
    X, C, U, W, V, S_init = (arrays[key] for key in ("X", "C", "U", "W", "V", "S_init"))
    if name.startswith("last"):
        found = batched_last_loss_bptt(X, C, arrays["last"], U, W, V, S_init)
    else:
        results = [mean_pooled_bptt(X[:, b], C[b], U, W, V, S_init[b]) for b in range(X.shape[1])]
        E, dU, dW, dV, dX, dS_init = zip(*results)
        found = sum(E), sum(dU), sum(dW), sum(dV), np.stack(dX, axis=1), np.stack(dS_init)
    for value, key in zip(found, ("loss", "dU", "dW", "dV", "dX", "dS_init"), strict=True):
        assert close(value, arrays[key]), key


def test_the_record_is_complete():
    assert {tuple(map(int, name.split("_")[1:])) for name in CASES} == {(t, b) for t in (1, 2, 6) for b in (1, 3)}
    assert len(CASES) == 12


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_many_to_one

    live = record_torch_many_to_one.record()
    assert live.keys() == set(RECORD)
    assert all(close(value, RECORD[name]) for name, value in live.items())


case = sequence(8)
X, C, U, W, V, S_init = case.values()
S = run(X, np.tile(C, (6, 1)), U, W, V, S_init).S
t, T = 2, np.array(5)
zero, zeros = np.zeros(H), np.zeros((6, H))


def by(name, loss=last_loss, shape=(6, H)):
    return jacobian(lambda shift: loss(**case, **{name: shift}), np.zeros(shape))


delta, dS = by("A_shift"), by("S_shift")
dY = jacobian(lambda shift: last_loss(**case, Y_shift=shift), np.zeros((6, 4)))[-1]
Y, Z = S[-1] @ V, S.mean(axis=0)
pooled, pooled_dS = by("A_shift", pooled_loss), by("S_shift", pooled_loss)
dZ, dYp = by("Z_shift", pooled_loss, (H,)), by("Y_shift", pooled_loss, (4,))


def weight(name, loss):
    return jacobian(lambda value: loss(**{**case, name: value}), case[name])


ONE = {
    "last_loss": ((Y, C), last_loss(**case)),
    "last_logits_gradient": ((Y, C), dY),
    "last_hidden_gradient": ((dY, V), dS[-1]),
    "earlier_hidden_gradient": ((delta[t + 1], W), dS[t]),
    "delta": ((0 * dY, delta[t + 1], S[t], V, W), delta[t]),
    "hidden_gradient_by_product": ((dS[-1], S, W, t), dS[t]),
    "output_weight_gradient": ((S[-1], dY), weight("V", last_loss)),
}
POOLED = {
    "pooled_state": ((S,), Z),
    "pooled_logits": ((Z, V), Z @ V),
    "pooled_probabilities": ((Z @ V,), np.exp(Z @ V) / np.exp(Z @ V).sum()),
    "pooled_loss": ((Z @ V, C), pooled_loss(**case)),
    "pooled_logits_gradient": ((Z @ V, C), dYp),
    "pooled_state_gradient": ((dYp, V), dZ),
    "pooled_hidden_gradient": ((dZ, pooled[t + 1], W, T), pooled_dS[t]),
    "pooled_delta": ((dZ, pooled[t + 1], S[t], W, T), pooled[t]),
    "pooled_output_weight_gradient": ((Z, dYp), weight("V", pooled_loss)),
}
FUNCTIONS = [(getattr(many_to_one, name), *values) for name, values in ONE.items()]
FUNCTIONS += [(getattr(mean_pooling, name), *values) for name, values in POOLED.items()]


@pytest.mark.parametrize(("function", "arguments", "expected"), FUNCTIONS, ids=lambda x: getattr(x, "__name__", ""))
def test_value(function, arguments, expected):
    assert close(function(*arguments), expected)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [f[:2] for f in FUNCTIONS if f[0].__name__ != "pooled_state"],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_wrong_shapes_are_named(function, arguments):
    arrays = [a for a in arguments if np.ndim(a)]
    rest = arguments[len(arrays) :]
    assert rejects_another_axis(lambda *given: function(*given, *rest), arrays)


def test_the_last_step():
    assert close(many_to_one.delta(dY, zero, S[-1], V, W), delta[-1])
    assert close(mean_pooling.pooled_delta(dZ, zero, S[-1], W, T), pooled[-1])


def test_steps_of_a_ragged_batch():
    S = np.random.default_rng(0).uniform(-1, 1, (6, BATCH, H))
    assert close(many_to_one_batched.state_at_last_step(S, LAST), [S[n, b] for b, n in enumerate(LAST)])
    dZ, later = S[0], S[1]
    found = many_to_one_batched.sequence_delta(dZ, later, S[2], W, LAST, np.array(2))
    local = np.array([dZ[b] if n == 2 else zero for b, n in enumerate(LAST)])
    assert close(found, (local + np.einsum("bm,hm->bh", later, W)) * (1 - S[2] ** 2))


@pytest.mark.parametrize("bptt", [last_loss_bptt, mean_pooled_bptt])
def test_wrong_shapes_of_a_sequence_are_named(bptt):
    assert rejects_another_axis(bptt, tuple(case.values()))


def test_wrong_shapes_of_a_batch_are_named():
    X, C, U, W, V, S_init = random_batch(9).values()
    assert rejects_another_axis(batched_last_loss_bptt, (X, C[0], LAST, U, W, V, S_init))
