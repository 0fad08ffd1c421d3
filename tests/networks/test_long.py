import tracemalloc

import numpy as np
import pytest
from one_layer import MODULES, initial_state, many_to_many_loss, parameters, sequences
from plain import B, close, jacobian_step

from rnnwb.networks import batch as batches
from rnnwb.networks import many_to_many
from rnnwb.networks.long import checkpointed, truncated
from rnnwb.truncated.chunked import chunked_bptt

KINDS = list(MODULES)


def arrays(found):
    """All arrays of gradients, a state of an LSTM taken apart."""
    states = [state if isinstance(state, tuple) else (state,) for state in (found.S_init, found.S_last)]
    return [found.loss, *found.parameters, *states[0], *states[1], *([] if found.X is None else [found.X])]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("steps", [1, 2, 3, 16, 17])
@pytest.mark.parametrize("ragged", [False, True], ids=["full", "ragged"])
@pytest.mark.parametrize("rows", [B, 512])
def test_checkpoints_give_the_same_gradients(kind, steps, ragged, rows, monkeypatch):
    monkeypatch.setattr(batches, "ROWS", rows)
    network, state, (X, C) = parameters(kind), initial_state(kind), sequences(steps=steps)
    lengths = np.array([steps, 1, (steps + 1) // 2, max(1, steps - 1)]) if ragged else None
    found = checkpointed.gradients(network, X, C, state, lengths, inputs=True)
    expected = many_to_many.gradients(network, X, C, state, lengths, inputs=True)
    for one, other in zip(arrays(found), arrays(expected), strict=True):
        assert close(one, other)


def test_checkpoints_without_input_gradients_and_with_zero_states():
    network, (X, C) = parameters("tanh"), sequences()
    found, expected = checkpointed.gradients(network, X, C), many_to_many.gradients(network, X, C)
    assert found.X is None
    for one, other in zip(arrays(found), arrays(expected), strict=True):
        assert close(one, other)


def memory_above_arguments(gradients, *arguments):
    """Largest number of bytes in use while it runs, without what was there before."""
    tracemalloc.start()
    gradients(*arguments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_grows_with_the_root_of_the_number_of_steps():
    network = many_to_many.initial_parameters(4, 64, 4, seed=0)
    peaks = {}
    for steps in (1000, 4000):
        X, C = np.zeros((steps, 8, 4)), np.zeros((steps, 8), int)
        for gradients in (many_to_many.gradients, checkpointed.gradients):
            peaks[gradients, steps] = memory_above_arguments(gradients, network, X, C)
    states = 4000 * 8 * 64 * 8
    assert states < peaks[many_to_many.gradients, 4000] < 1.3 * states
    assert peaks[checkpointed.gradients, 4000] < 0.3 * states
    assert peaks[checkpointed.gradients, 4000] < 2.2 * peaks[checkpointed.gradients, 1000]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("steps", [1, 2, 4, 6, 9])
def test_chunks_are_cut_where_a_state_is_carried(kind, steps):
    """Derivatives by complex step, with the state made real at the beginning of a chunk."""
    network, state, (X, C) = parameters(kind), initial_state(kind), sequences()
    lengths = np.array([6, 1, 2, 4])
    found = truncated.gradients(network, X, C, state, lengths, inputs=True, steps=steps)

    def loss(X=X, **changed):
        total, carried = 0, state
        for start in range(0, len(X), steps):
            own = np.clip(lengths - start, 0, steps)
            total = total + many_to_many_loss(
                kind, network._asdict() | changed, X[start : start + steps], C[start : start + steps], carried, own
            )
            piece = X[start : start + steps].real
            carried = many_to_many.forward(network, np.ascontiguousarray(piece), carried, own).S_last
        return total

    assert close(found.loss, loss())
    for name in ("U", "W", "b", "V"):
        by_step = jacobian_step(lambda a, n=name: loss(**{n: a}), getattr(network, name))
        assert close(getattr(found.parameters, name), by_step), name
    assert close(found.X, jacobian_step(lambda a: loss(X=a), X))


def test_the_derivation_of_chunks_gives_the_same():
    network, state = parameters("tanh"), initial_state("tanh", batch=1)
    network = network._replace(b=0 * network.b, c=0 * network.c)
    X, C = sequences(simplex=True, batch=1)
    C = np.where(C.any(axis=-1, keepdims=True), C, 0.25)
    found = truncated.gradients(network, X, C, state, steps=4)
    starts = np.array([1, 0, 0, 0, 1, 0])
    expected = chunked_bptt(X[:, 0], C[:, 0], network.U, network.W, network.V, starts, state[0])
    for one, other in zip((found.loss, found.parameters.U, found.parameters.W, found.parameters.V), expected):
        assert close(one, other)


def test_one_chunk_is_the_whole_gradient():
    network, state, (X, C) = parameters("lstm"), initial_state("lstm"), sequences()
    cut, whole = truncated.gradients(network, X, C, state, steps=6), many_to_many.gradients(network, X, C, state)
    for one, other in zip(arrays(cut), arrays(whole), strict=True):
        assert close(one, other)
    shorter = truncated.gradients(network, X, C, state, steps=5)
    assert not close(shorter.parameters.W, whole.parameters.W)


def test_a_chunk_has_at_least_one_step():
    with pytest.raises(ValueError, match="steps is 0, but a chunk has at least one"):
        truncated.gradients(parameters("tanh"), *sequences(), steps=0)
