from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from oracle import H, close, derivative, jacobian, random_case, rejects_another_axis, run
from rnnwb.bptt import bptt
from rnnwb.gradient_check import central_difference
from rnnwb.truncated import chunked, window
from rnnwb.truncated import passes as truncated

RECORD = Path(__file__).parent / "data" / "torch_truncated.npz"
CHUNKS = (1, 0, 0, 1, 1, 0)
PASSES = ((1, 1), (1, 3), (2, 2), (2, 3), (1, 6), (3, 6))
case = random_case(21)
X, C, U, W, V, S_init = case.values()
net = run(**case)
S, dY = net.S, derivative(case, lambda net: net.E, "Y_shift")
t = 3


def surrogate(case, pieces, **changed):
    """Sum of losses over pieces (first, counted from, last), each begun from the unmoved state before it."""
    given = np.concatenate([case["S_init"][None], run(**case).S])
    moved = {**case, **changed}
    total = 0.0
    for first, counted, last in pieces:
        steps = slice(first, last + 1)
        piece = run(moved["X"][steps], moved["C"][steps], moved["U"], moved["W"], moved["V"], given[first])
        total = total + sum(piece.losses[counted - first :])
    return total


def chunks_of(starts):
    """The pieces of a sequence cut where chunks begin."""
    edges = [*sorted({0, *(i for i, start in enumerate(starts) if start)}), len(starts)]
    return [(first, first, after - 1) for first, after in pairwise(edges)]


def passes_of(steps, k1, k2):
    ends = range(k1 - 1, steps, k1)
    return [(max(0, end + 1 - k2), max(0, end + 1 - k1), end) for end in ends]


def expected(case, pieces):
    """Loss and gradients of a surrogate, by complex step of a forward pass in plain loops."""
    slopes = (jacobian(lambda value, by=by: surrogate(case, pieces, **{by: value}), case[by]) for by in "UWV")
    return [surrogate(case, pieces), *slopes]


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_chunks_are_the_gradient_of_their_surrogate(steps):
    case = random_case(1, steps)
    starts = np.array(CHUNKS[:steps])
    found = chunked.chunked_bptt(*(case[name] for name in ("X", "C", "U", "W", "V")), starts, case["S_init"])
    for value, wanted in zip(found, expected(case, chunks_of(starts)), strict=True):
        assert close(value, wanted)


@pytest.mark.parametrize(("k1", "k2"), PASSES)
@pytest.mark.parametrize("steps", [3, 6, 7])
def test_passes_are_the_gradient_of_their_surrogate(steps, k1, k2):
    case = random_case(2, steps)
    found = truncated.truncated_bptt(*(case[name] for name in ("X", "C", "U", "W", "V")), k1, k2, case["S_init"])
    for value, wanted in zip(found, expected(case, passes_of(steps, k1, k2)), strict=True):
        assert close(value, wanted)


@pytest.mark.parametrize("by", ["U", "W", "V"])
def test_central_differences_of_the_surrogate_agree(by):
    pieces = passes_of(6, 2, 3)
    found = truncated.truncated_bptt(X, C, U, W, V, 2, 3, S_init)[1 + "UWV".index(by)]
    assert close(found, central_difference(lambda value: surrogate(case, pieces, **{by: value}), case[by]), 1e-7)


def test_without_a_cut_the_gradient_is_full():
    for found in (
        truncated.truncated_bptt(X, C, U, W, V, 1, 6, S_init),
        chunked.chunked_bptt(X, C, U, W, V, np.zeros(6), S_init),
    ):
        for value, wanted in zip(found, bptt(**case)[:4], strict=True):
            assert close(value, wanted)


def test_a_chunk_is_a_pass_as_long_as_its_distance():
    by_passes = truncated.truncated_bptt(X, C, U, W, V, 3, 3, S_init)
    by_chunks = chunked.chunked_bptt(X, C, U, W, V, np.array([1, 0, 0, 1, 0, 0]), S_init)
    for value, wanted in zip(by_passes, by_chunks, strict=True):
        assert close(value, wanted)


def test_the_cut_changes_the_gradient_of_recurrent_weights_only_in_part():
    _, dU, dW, dV = chunked.chunked_bptt(X, C, U, W, V, np.array(CHUNKS), S_init)
    _, true_U, true_W, true_V, *_ = bptt(**case)
    assert close(dV, true_V)
    assert not close(dU, true_U, 0.01)
    assert not close(dW, true_W, 0.01)


def test_one_pass_is_the_gradient_of_its_losses():
    found = truncated.pass_gradients(X, S, S_init, dY, W, V, t, 2, 3)
    for value, wanted in zip(found, expected(case, [(1, 2, 3)])[1:], strict=True):
        assert close(value, wanted)
    assert close(truncated.pass_loss(S, C, V, t, 1), net.losses[2] + net.losses[3])
    assert close(truncated.pass_loss(S, C, V, 0, 1), net.losses[0])


def test_deltas_of_a_single_loss():
    of_loss = derivative(case, lambda net: net.losses[t], "A_shift")
    assert close(window.earlier_delta(of_loss[2], S[1], W), of_loss[1])
    nothing, local = np.zeros(H), dY[t]
    for function in (truncated.pass_delta, chunked.chunk_delta):
        assert close(function(local, nothing, S[t], V, W), of_loss[t])
        assert close(function(np.zeros_like(local), of_loss[t], S[t - 1], V, W), of_loss[t - 1])


def test_states_seen_and_carried():
    for preactivation, state in (
        (window.seen_preactivation, window.seen_hidden_state),
        (chunked.chunk_preactivation, chunked.chunk_hidden_state),
    ):
        assert close(preactivation(X[t], S[t - 1], U, W), net.A[t])
        assert close(state(net.A[t]), S[t])
    assert close(chunked.reset_hidden_state(X[t], S[t - 1], U, W), S[t])
    assert close(chunked.chunk_loss(S, C, V), net.E)
    for initial in (window.initial_seen_state, chunked.initial_chunk_state, chunked.initial_reset_state):
        assert close(initial(S_init), S_init)
        assert initial(S_init) is not S_init


SHAPED = [
    (window.seen_preactivation, (X[t], S[t], U, W)),
    (window.earlier_delta, (S[t], S[t], W)),
    (truncated.pass_delta, (dY[t], S[t], S[t], V, W)),
    (lambda S, C, V: truncated.pass_loss(S, C, V, t, 1), (S, C, V)),
    (lambda *arrays: truncated.pass_gradients(*arrays, t, 2, 3), (X, S, S_init, dY, W, V)),
    (lambda X, C, U, W, V, S_init: truncated.truncated_bptt(X, C, U, W, V, 2, 3, S_init), tuple(case.values())),
    (chunked.chunk_preactivation, (X[t], S[t], U, W)),
    (chunked.chunk_loss, (S, C, V)),
    (chunked.chunk_delta, (dY[t], S[t], S[t], V, W)),
    (chunked.reset_hidden_state, (X[t], S[t], U, W)),
    (chunked.chunked_bptt, (X, C, U, W, V, np.array(CHUNKS), S_init)),
]


@pytest.mark.parametrize(("function", "arguments"), SHAPED)
def test_wrong_shapes_are_named(function, arguments):
    assert rejects_another_axis(function, arguments)


@pytest.mark.parametrize(("k1", "k2"), [(0, 1), (3, 2)])
def test_a_pass_reaches_all_its_losses(k1, k2):
    with pytest.raises(ValueError, match=f"a pass of {k1} losses cannot reach back {k2} steps"):
        truncated.pass_gradients(X, S, S_init, dY, W, V, t, k1, k2)


def test_the_initial_state_is_zero_by_default():
    zero = np.zeros(H)
    starts = np.array(CHUNKS)
    pairs = (
        (truncated.truncated_bptt(X, C, U, W, V, 2, 3), truncated.truncated_bptt(X, C, U, W, V, 2, 3, zero)),
        (chunked.chunked_bptt(X, C, U, W, V, starts), chunked.chunked_bptt(X, C, U, W, V, starts, zero)),
    )
    for found, wanted in pairs:
        assert all((a == b).all() for a, b in zip(found, wanted, strict=True))


def stored():
    with np.load(RECORD) as record:
        return {name: record[name] for name in record}


TORCH = stored()


def recorded(case):
    return [TORCH[f"{case}/{name}"] for name in ("loss", "dU", "dW", "dV")]


def recorded_inputs(length):
    X, C, U, W, V, S_init = (TORCH[f"inputs_{length}/{name}"] for name in ("X", "C", "U", "W", "V", "S_init"))
    return X[:, 0], C[:, 0], U, W, V, S_init[0]


@pytest.mark.parametrize("length", [1, 2, 6])
def test_pytorch_with_detached_states(length):
    *arrays, S_init = recorded_inputs(length)
    starts = np.array(CHUNKS[:length])
    pairs = [(chunked.chunked_bptt(*arrays, starts, S_init), recorded(f"chunked_{length}"))]
    pairs += [(bptt(*arrays, S_init)[:4], recorded(f"forgotten_{length}"))]
    for k1, k2 in PASSES[:-1]:
        pairs.append((truncated.truncated_bptt(*arrays, k1, k2, S_init), recorded(f"passes_{length}_{k1}_{k2}")))
    for found, wanted in pairs:
        assert all(close(a, b) for a, b in zip(found, wanted, strict=True))


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_truncated

    live = record_torch_truncated.record()
    assert live.keys() == TORCH.keys()
    for name, value in live.items():
        assert close(value, TORCH[name]), name
