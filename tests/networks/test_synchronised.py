import numpy as np
import pytest
from one_layer import MODULES, initial_state, many_to_many_loss, parameters, sequences
from plain import LENGTHS, STEPS, B, H, close, jacobian_step

from rnnwb.bptt import batched_bptt
from rnnwb.gru.bptt import batched_gru_bptt
from rnnwb.lstm.bptt import batched_lstm_bptt
from rnnwb.networks import batch as batches
from rnnwb.networks import lstm, many_to_many
from rnnwb.ragged.padded import ragged_bptt

KINDS = list(MODULES)
ALL = np.full(B, STEPS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("simplex", [False, True], ids=["classes", "simplex"])
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["full", "ragged"])
def test_every_gradient_is_that_of_the_plain_loss(kind, simplex, lengths, monkeypatch):
    monkeypatch.setattr(batches, "ROWS", 4 * B)
    module, network, state = MODULES[kind], parameters(kind), initial_state(kind)
    X, C = sequences(simplex=simplex)
    found = module.gradients(network, X, C, state, lengths, inputs=True)
    plain = (ALL if lengths is None else lengths,)

    def loss(X=X, state=state, **changed):
        return many_to_many_loss(kind, network._asdict() | changed, X, C, state, *plain)

    assert close(found.loss, loss())
    assert close(module.loss(network, X, C, state, lengths), loss())
    assert type(found.parameters) is type(network)
    for name, array in network._asdict().items():
        assert close(getattr(found.parameters, name), jacobian_step(lambda a, n=name: loss(**{n: a}), array)), name
    assert close(found.X, jacobian_step(lambda a: loss(X=a), X))
    if kind == "lstm":
        for name, array in state._asdict().items():
            by_step = jacobian_step(lambda a, n=name: loss(state=state._replace(**{n: a})), array)
            assert close(getattr(found.S_init, name), by_step), name
    else:
        assert close(found.S_init, jacobian_step(lambda a: loss(state=a), state))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [1, 2 * B, 5 * B])
def test_the_number_of_rows_at_a_time_has_no_effect(kind, rows, monkeypatch):
    module, network, state, (X, C) = MODULES[kind], parameters(kind), initial_state(kind), sequences()
    whole = module.gradients(network, X, C, state, LENGTHS, inputs=True)
    monkeypatch.setattr(batches, "ROWS", rows)
    pieces = module.gradients(network, X, C, state, LENGTHS, inputs=True)
    for one, other in zip((whole.loss, *whole.parameters, whole.X), (pieces.loss, *pieces.parameters, pieces.X)):
        assert close(one, other)


def test_the_comparison_notices_a_wrong_gradient():
    network, state = parameters("tanh"), initial_state("tanh")
    X, C = sequences()
    found = many_to_many.gradients(network, X, C, state)
    by_step = jacobian_step(
        lambda W: many_to_many_loss("tanh", network._asdict() | {"W": W}, X, C, state, ALL), network.W
    )
    assert close(found.parameters.W, by_step)
    assert not close(found.parameters.W.T, by_step)
    without_first = many_to_many.gradients(network, X, C, 0 * state)
    assert not close(without_first.parameters.W, by_step)


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("batch", [1, 3])
def test_the_derivation_gives_the_same(steps, batch):
    network = parameters("tanh")
    network = network._replace(b=0 * network.b, c=0 * network.c)
    state = initial_state("tanh", batch=batch)
    X, C = sequences(simplex=True, steps=steps, batch=batch)
    C = np.where(C.any(axis=-1, keepdims=True), C, 0.25)
    loss, of, dS_init, dX, _ = many_to_many.gradients(network, X, C, state, inputs=True)
    expected = batched_bptt(X, C, network.U, network.W, network.V, state)
    for value, other in zip((loss, of.U, of.W, of.V, dX, dS_init), expected, strict=True):
        assert close(value, other)


def test_the_derivation_of_ragged_batches_gives_the_same():
    network, state = parameters("tanh"), initial_state("tanh")
    network = network._replace(b=0 * network.b, c=0 * network.c)
    X, C = sequences(simplex=True)
    C = np.where(C.any(axis=-1, keepdims=True), C, 0.25)
    loss, of, dS_init, dX, _ = many_to_many.gradients(network, X, C, state, LENGTHS, inputs=True)
    expected = ragged_bptt(X, C, LENGTHS - 1, network.U, network.W, network.V, state)
    for value, other in zip((loss, of.U, of.W, of.V, dX, dS_init), expected, strict=True):
        assert close(value, other)


def test_the_derivation_of_gated_cells_gives_the_same():
    X, C = sequences(simplex=True)
    C = np.where(C.any(axis=-1, keepdims=True), C, 0.25)
    for kind, bptt, gates in (("lstm", batched_lstm_bptt, 4), ("gru", batched_gru_bptt, 3)):
        network, state = parameters(kind), initial_state(kind)
        network = network._replace(b=0 * network.b, c=0 * network.c)
        blocks = [block for array in (network.U, network.W) for block in np.split(array, gates, axis=1)]
        beta, states = ([network.beta], [state]) if kind == "gru" else ([], list(state))
        expected = list(bptt(X, C, LENGTHS - 1, *blocks, *beta, network.V, *states))
        found = MODULES[kind].gradients(network, X, C, state, LENGTHS, inputs=True)
        assert close(found.loss, expected[0])
        assert close(found.parameters.U, np.hstack(expected[1 : gates + 1]))
        assert close(found.parameters.W, np.hstack(expected[gates + 1 : 2 * gates + 1]))
        assert close(found.X, expected[2 * gates + 2 + len(beta)])
        assert close(found.S_init.S if kind == "lstm" else found.S_init, expected[2 * gates + 3 + len(beta)])


@pytest.mark.parametrize("kind", KINDS)
def test_forward_and_step(kind):
    module, network, state = MODULES[kind], parameters(kind), initial_state(kind)
    X, _ = sequences()
    S, Y, last = module.forward(network, X, state, LENGTHS)
    assert close(Y, S @ network.V + network.c)
    for t in range(STEPS):
        state, logits = module.step(network, X[t], state)
        there = t < LENGTHS
        assert close(logits[there], Y[t, there])
        for b in np.flatnonzero(t + 1 == LENGTHS):
            whole, own = (state, last) if kind == "lstm" else ((state,), (last,))
            assert all(close(a[b], o[b]) for a, o in zip(whole, own))


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_padding_has_no_effect(kind):
    module, network, state = MODULES[kind], parameters(kind), initial_state(kind)
    X, C = sequences()
    spoilt_X, spoilt_C = X.copy(), C.copy()
    for b, length in enumerate(LENGTHS):
        spoilt_X[length:, b], spoilt_C[length:, b] = np.nan, 99
    clean = module.gradients(network, X, C, state, LENGTHS, inputs=True)
    spoilt = module.gradients(network, spoilt_X, spoilt_C, state, LENGTHS, inputs=True)
    assert clean.loss == spoilt.loss == module.loss(network, spoilt_X, spoilt_C, state, LENGTHS)
    for one, other in zip(clean.parameters, spoilt.parameters):
        assert (one == other).all()
    assert (clean.X == spoilt.X).all()
    assert all((spoilt.X[length:, b] == 0).all() for b, length in enumerate(LENGTHS))


@pytest.mark.parametrize("kind", KINDS)
def test_a_ragged_batch_is_the_sum_of_its_sequences(kind):
    module, network, state = MODULES[kind], parameters(kind), initial_state(kind)
    X, C = sequences()
    found = module.gradients(network, X, C, state, LENGTHS)
    alone = []
    for b, length in enumerate(LENGTHS):
        one = type(state)(*(a[b : b + 1] for a in state)) if kind == "lstm" else state[b : b + 1]
        alone.append(module.gradients(network, X[:length, b : b + 1], C[:length, b : b + 1], one))
    assert close(found.loss, sum(part.loss for part in alone))
    for array, parts in zip(found.parameters, zip(*(part.parameters for part in alone))):
        assert close(array, sum(parts))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("simplex", [False, True], ids=["classes", "simplex"])
def test_float32_stays_float32_and_is_as_good_as_that(kind, simplex):
    module, single = MODULES[kind], np.float32
    X, C = sequences(dtype=single, simplex=simplex)
    arguments = parameters(kind, dtype=single), X, C, initial_state(kind, dtype=single)
    found = module.gradients(*arguments, inputs=True)
    double = module.gradients(
        parameters(kind, dtype=single)._replace(
            **{n: a.astype(float) for n, a in parameters(kind, dtype=single)._asdict().items()}
        ),
        X.astype(float),
        C.astype(float) if simplex else C,
        type(arguments[3])(*(a.astype(float) for a in arguments[3])) if kind == "lstm" else arguments[3].astype(float),
        inputs=True,
    )
    assert close(found.loss, double.loss, 1e-6)
    arrays = [*found.parameters, found.X, *(found.S_init if kind == "lstm" else [found.S_init])]
    exact = [*double.parameters, double.X, *(double.S_init if kind == "lstm" else [double.S_init])]
    for array, other in zip(arrays, exact, strict=True):
        assert array.dtype == single
        assert close(array, other, 1e-5)
    outputs = module.forward(arguments[0], X)
    assert outputs.S.dtype == outputs.Y.dtype == single


@pytest.mark.parametrize("kind", KINDS)
def test_no_argument_is_changed(kind):
    module, network, state = MODULES[kind], parameters(kind), initial_state(kind)
    X, C = sequences()
    for array in (X, C, *network, *(state if kind == "lstm" else [state])):
        array.flags.writeable = False
    module.gradients(network, X, C, state, LENGTHS, inputs=True)
    module.loss(network, X, C, state, LENGTHS)
    module.forward(network, X, state, LENGTHS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_that_is_carried_over_goes_on(kind):
    module, network, state = MODULES[kind], parameters(kind), initial_state(kind)
    X, C = sequences()
    first = module.gradients(network, X[:4], C[:4], state)
    assert close(first.loss + module.loss(network, X[4:], C[4:], first.S_last), module.loss(network, X, C, state))


def test_arrays_in_another_order_in_memory():
    network, (X, C) = parameters("tanh"), sequences()
    sequence_first = np.ascontiguousarray(X.swapaxes(0, 1)).swapaxes(0, 1)
    columns = type(network)(*(np.asfortranarray(array) for array in network))
    found, expected = many_to_many.gradients(columns, sequence_first, C), many_to_many.gradients(network, X, C)
    for array, other in zip(found.parameters, expected.parameters):
        assert close(array, other)


def test_large_logits():
    network, (X, C) = parameters("tanh"), sequences()
    found = many_to_many.gradients(network._replace(V=1e5 * network.V), X, C)
    assert np.isfinite(found.loss)
    assert all(np.isfinite(array).all() for array in found.parameters)


def test_lstm_parameters_start_with_open_forget_gates():
    b = lstm.initial_parameters(2, H, 3, seed=0, forget_bias=2).b
    assert b.reshape(4, H).tolist() == [[0] * H, [2] * H, [0] * H, [0] * H]
