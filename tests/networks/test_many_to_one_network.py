import numpy as np
import pytest
from one_layer import MODULES, initial_state, layer_weights, parameters, per_sequence, sequences
from plain import LENGTHS, STEPS, B, K, close, cross_entropy, jacobian_step, states

from rnnwb.many_to_one.batched import batched_last_loss_bptt
from rnnwb.networks import batch as batches
from rnnwb.networks import many_to_one


def plain_loss(kind, arrays, X, C, state, lengths, pooling):
    total = 0
    for b, (length, start) in enumerate(zip(lengths, per_sequence(state))):
        S = [s for s, *_ in states(kind, layer_weights(arrays), X[:length, b], start)]
        Z = S[-1] if pooling == "last" else sum(S) / length
        total = total + cross_entropy(Z @ arrays["V"] + arrays["c"], C[b])
    return total


@pytest.mark.parametrize("kind", list(MODULES))
@pytest.mark.parametrize("pooling", ["last", "mean"])
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["full", "ragged"])
def test_every_gradient_is_that_of_the_plain_loss(kind, pooling, lengths, monkeypatch):
    monkeypatch.setattr(batches, "ROWS", 4 * B)
    network, state, (X, _) = parameters(kind), initial_state(kind), sequences()
    C = np.array([2, -1, 0, 3])
    found = many_to_one.gradients(network, X, C, state, lengths, inputs=True, pooling=pooling)
    own = np.full(B, STEPS) if lengths is None else lengths

    def loss(X=X, state=state, **changed):
        return plain_loss(kind, network._asdict() | changed, X, C, state, own, pooling)

    assert close(found.loss, loss())
    assert close(many_to_one.loss(network, X, C, state, lengths, pooling), loss())
    for name, array in network._asdict().items():
        assert close(getattr(found.parameters, name), jacobian_step(lambda a, n=name: loss(**{n: a}), array)), name
    assert close(found.X, jacobian_step(lambda a: loss(X=a), X))
    if kind == "lstm":
        by_step = jacobian_step(lambda a: loss(state=state._replace(M=a)), state.M)
        assert close(found.S_init.M, by_step)
    else:
        assert close(found.S_init, jacobian_step(lambda a: loss(state=a), state))


def test_the_derivation_gives_the_same():
    network, state, (X, _) = parameters("tanh"), initial_state("tanh"), sequences()
    network = network._replace(b=0 * network.b, c=0 * network.c)
    C = np.random.default_rng(0).dirichlet(np.ones(K), size=B)
    found = many_to_one.gradients(network, X, C, state, LENGTHS, inputs=True)
    J, dU, dW, dV, dX, dS_init = batched_last_loss_bptt(X, C, LENGTHS - 1, network.U, network.W, network.V, state)
    of = found.parameters
    for value, other in zip(
        (found.loss, of.U, of.W, of.V, found.X, found.S_init), (J, dU, dW, dV, dX, dS_init), strict=True
    ):
        assert close(value, other)


@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_what_stands_in_the_padding_has_no_effect(pooling):
    network, (X, _), C = parameters("gru"), sequences(), np.array([2, 1, 0, 3])
    spoilt = X.copy()
    for b, length in enumerate(LENGTHS):
        spoilt[length:, b] = np.nan
    found = many_to_one.gradients(network, spoilt, C, lengths=LENGTHS, pooling=pooling)
    for one, other in zip(
        found.parameters, many_to_one.gradients(network, X, C, lengths=LENGTHS, pooling=pooling).parameters
    ):
        assert (one == other).all()


def test_an_unknown_pooling_is_refused():
    with pytest.raises(ValueError, match="pooling is 'max', not 'last' or 'mean'"):
        many_to_one.forward(parameters("tanh"), sequences()[0], pooling="max")
