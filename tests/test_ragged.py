from pathlib import Path

import numpy as np
import pytest

from oracle import BATCH, H, K, close, jacobian, random_batch, rejects_another_axis, run
from rnnwb.gradient_check import central_difference
from rnnwb.ragged import padded as ragged
from rnnwb.ragged import unpadded
from rnnwb.ragged.padded import ragged_bptt

RECORD = np.load(Path(__file__).parent / "data" / "torch_ragged.npz")
LAST = np.array([5, 0, 2, 1, 3])
BY = ("U", "W", "V", "X", "S_init")
ENDS = {1: np.zeros(BATCH, int), 2: np.array([1, 0, 1, 0, 0]), 6: LAST}


def sequences(X, C, U, W, V, S_init, last=LAST):
    """Each sequence cut after its last step and run alone, entry by entry."""
    return [run(X[: n + 1, b], C[: n + 1, b], U, W, V, S_init[b]) for b, n in enumerate(last)]


def loss(last=LAST, **case):
    return sum(net.E for net in sequences(**case, last=last))


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 10])
def test_gradients_agree_with_the_sequences_cut_and_run_in_plain_loops(steps, seed):
    case, last = random_batch(seed, steps), ENDS[steps]
    X, C, *weights = case.values()
    J, *gradients = ragged_bptt(X, C, last, *weights)
    assert close(J, loss(last, **case))
    for by, gradient in zip(BY, gradients, strict=True):
        expected = jacobian(lambda value, by=by: loss(last, **{**case, by: value}), case[by])
        assert close(gradient, expected), by


def test_gradients_agree_with_central_differences():
    case = random_batch(2)
    X, C, *weights = case.values()
    for by, gradient in zip(BY, ragged_bptt(X, C, LAST, *weights)[1:], strict=True):
        expected = central_difference(lambda value, by=by: loss(**{**case, by: value}), case[by])
        assert close(gradient, expected, 1e-7)


def test_what_stands_in_the_padding_has_no_effect():
    X, C, *weights = random_batch(3).values()
    padding = (np.arange(6)[:, None] > LAST)[:, :, None]
    for filling in (0.0, 1e6, np.nan, np.inf):
        other = ragged_bptt(np.where(padding, filling, X), np.where(padding, filling, C), LAST, *weights)
        for found, expected in zip(other, ragged_bptt(X, C, LAST, *weights), strict=True):
            assert close(found, expected)


def test_the_initial_states_are_zero_by_default():
    X, C, U, W, V, S_init = random_batch(4).values()
    zeros = ragged_bptt(X, C, LAST, U, W, V, 0 * S_init)
    for found, expected in zip(ragged_bptt(X, C, LAST, U, W, V), zeros, strict=True):
        assert (found == expected).all()


CASES = sorted({name.split("/")[0] for name in RECORD})


@pytest.mark.parametrize("name", CASES)
def test_recorded_values_of_autograd(name):
    arrays = {key.split("/")[1]: RECORD[key] for key in RECORD if key.startswith(f"{name}/")}
    found = ragged_bptt(*(arrays[key] for key in ("X", "C", "last", "U", "W", "V", "S_init")))
    for value, key in zip(found, ("loss", "dU", "dW", "dV", "dX", "dS_init"), strict=True):
        assert close(value, arrays[key]), key


def test_the_record_is_complete():
    assert {tuple(map(int, name.split("_")[1:])) for name in CASES} == {(t, b) for t in (1, 2, 6) for b in (1, 3)}


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_ragged

    live = record_torch_ragged.record()
    assert live.keys() == set(RECORD)
    assert all(close(value, RECORD[name]) for name, value in live.items())


case = random_batch(5)
X, C, U, W, V, S_init = case.values()
nets = sequences(**case)
Y, t = np.random.default_rng(0).normal(size=(6, BATCH, K)), np.array(2)
S = np.zeros((6, BATCH, H))
for b, net in enumerate(nets):
    S[: len(net.S), b] = net.S


def masked_loss(Y):
    """Cross-entropy of the steps that belong to a sequence, one after another."""
    return sum(
        -sum(C[t, b, k] * np.log(np.exp(Y[t, b, k]) / np.exp(Y[t, b]).sum()) for k in range(K))
        for b in range(BATCH)
        for t in range(LAST[b] + 1)
    )


VALUES = [
    (ragged.ragged_loss, (Y, C, LAST), masked_loss(Y)),
    (ragged.ragged_logits_gradient, (Y[t], C[t], LAST, t), jacobian(masked_loss, Y)[t]),
    (unpadded.unpadded_hidden_state, (X[t], S[t - 1], U, W, LAST, t), S[t]),
    (unpadded.unpadded_losses, (S, C, V, LAST), [net.E for net in nets]),
]


@pytest.mark.parametrize(("function", "arguments", "expected"), VALUES, ids=lambda x: getattr(x, "__name__", ""))
def test_value(function, arguments, expected):
    assert close(function(*arguments), expected)


@pytest.mark.parametrize(("function", "arguments"), [v[:2] for v in VALUES], ids=lambda x: getattr(x, "__name__", ""))
def test_wrong_shapes_are_named(function, arguments):
    arrays = [a for a in arguments if np.ndim(a)]
    rest = arguments[len(arrays) :]
    assert rejects_another_axis(lambda *given: function(*given, *rest), arrays)


def test_wrong_shapes_of_the_whole_are_named():
    assert rejects_another_axis(ragged_bptt, (X, C, LAST, U, W, V, S_init))


def test_masks_and_means():
    masks = [ragged.step_mask(LAST, np.array(t)) for t in range(6)]
    assert sum(masks).tolist() == [6, 1, 3, 2, 4]
    q = unpadded.number_of_steps(LAST)
    assert q == 16
    dW = ragged_bptt(X, C, LAST, U, W, V, S_init)[2]
    assert close(unpadded.mean_over_steps(loss(**case), q), np.mean(np.concatenate([net.losses for net in nets])))
    expected = jacobian(lambda W: np.mean(np.concatenate([n.losses for n in sequences(X, C, U, W, V, S_init)])), W)
    assert close(unpadded.mean_state_weight_gradient(dW, q), expected)
