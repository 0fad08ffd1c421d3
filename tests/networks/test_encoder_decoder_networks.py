from itertools import product

import numpy as np
import pytest
from one_layer import per_sequence
from plain import B, D, K, close, cross_entropy, jacobian_step, states

from rnnwb.encoder_decoder.bptt import batched_encoder_decoder_bptt
from rnnwb.networks import batch as batches
from rnnwb.networks import encoder_decoder, lstm
from rnnwb.networks.cells.gru import GRU
from rnnwb.networks.cells.lstm import LSTM
from rnnwb.networks.cells.tanh import Tanh
from rnnwb.networks.parameters import mapped, named_arrays

CELLS = {"tanh": Tanh, "lstm": LSTM, "gru": GRU}
H, J = 3, 2
READ, WRITTEN = np.array([5, 1, 2, 4]), np.array([1, 6, 3, 2])


def network(kind, other=None, seed=0):
    """Dense random parameters; encoder and decoder may differ in kind and in size."""
    random, other = np.random.default_rng(seed), other or kind
    encoder, decoder = CELLS[kind].initial(D, H, seed), CELLS[other].initial(K, J, seed)
    G, V, c = np.zeros((H, decoder.gates * J)), np.zeros((J, K)), np.zeros(K)
    zeros = encoder_decoder.Parameters(encoder, decoder, G, V, c)
    return mapped(lambda array: random.normal(size=array.shape), zeros)


def pairs(seed=1, simplex=False):
    random = np.random.default_rng(seed)
    X, classes = random.normal(size=(5, B, D)), random.integers(-1, K, size=(6, B))
    points = random.dirichlet(np.ones(K), size=(6, B)) * (classes >= 0)[:, :, None]
    return X, points if simplex else classes


def state_of(kind, size):
    S, M = np.random.default_rng(size).normal(size=(2, B, size))
    return lstm.State(S, M) if kind == "lstm" else S


def plain_loss(kinds, arrays, X, C, S_e_init, S_d_init):
    """One pair of sequences after the other; the context is added to every pre-activation of the decoder."""
    encoder, decoder = (
        {n.split(".")[1]: a for n, a in arrays.items() if n.startswith(f"{p}.")} for p in ("encoder", "decoder")
    )
    total = 0
    for b, (start, d_start) in enumerate(zip(per_sequence(S_e_init), per_sequence(S_d_init))):
        context = states(kinds[0], encoder, X[: READ[b], b], start)[-1][0]
        inputs = [np.zeros(K)]
        for C_t in C[: WRITTEN[b] - 1, b]:
            inputs.append(C_t if C.ndim == 3 else np.eye(K)[C_t] * (C_t >= 0))
        with_context = decoder | {"b": decoder["b"] + context @ arrays["G"]}
        for t, (s, *_) in enumerate(states(kinds[1], with_context, inputs, d_start)):
            total = total + cross_entropy(s @ arrays["V"] + arrays["c"], C[t, b])
    return total


@pytest.mark.parametrize("kinds", [("tanh", "tanh"), ("lstm", "lstm"), ("gru", "gru"), ("gru", "lstm")], ids="-".join)
@pytest.mark.parametrize("simplex", [False, True], ids=["classes", "simplex"])
def test_every_gradient_is_that_of_the_plain_loss(kinds, simplex, monkeypatch):
    monkeypatch.setattr(batches, "ROWS", 2 * B)
    parameters, (X, C) = network(*kinds), pairs(simplex=simplex)
    starts = state_of(kinds[0], H), state_of(kinds[1], J)
    found = encoder_decoder.gradients(parameters, X, C, READ, WRITTEN, *starts, inputs=True)
    arrays = named_arrays(parameters)

    def loss(X=X, starts=starts, **changed):
        return plain_loss(kinds, arrays | changed, X, C, *starts)

    assert close(found.loss, loss())
    assert close(encoder_decoder.loss(parameters, X, C, READ, WRITTEN, *starts), loss())
    for name, array in named_arrays(found.parameters).items():
        assert close(array, jacobian_step(lambda a, n=name: loss(**{n: a}), arrays[name])), name
    assert close(found.X, jacobian_step(lambda a: loss(X=a), X))
    if "lstm" not in kinds:
        assert close(found.S_e_init, jacobian_step(lambda a: loss(starts=(a, starts[1])), starts[0]))
        assert close(found.S_d_init, jacobian_step(lambda a: loss(starts=(starts[0], a)), starts[1]))


def test_the_derivation_gives_the_same():
    parameters, (X, _) = network("tanh"), pairs()
    parameters = parameters._replace(
        encoder=parameters.encoder._replace(b=np.zeros(H)),
        decoder=Tanh.initial(K, H, 5)._replace(b=np.zeros(H)),
        G=np.random.default_rng(6).normal(size=(H, H)),
        V=np.random.default_rng(7).normal(size=(H, K)),
        c=np.zeros(K),
    )
    C = np.random.default_rng(8).dirichlet(np.ones(K), size=(6, B))
    starts = state_of("tanh", H), 0.5 * state_of("tanh", H)
    found = encoder_decoder.gradients(parameters, X, C, READ, WRITTEN, *starts, inputs=True)
    X_d = np.concatenate([np.zeros((1, B, K)), C[:-1]])
    (U_e, W_e, _), (U_d, W_d, _), G, V, _ = parameters
    expected = batched_encoder_decoder_bptt(X, X_d, C, READ - 1, WRITTEN - 1, U_e, W_e, U_d, W_d, V, G, *starts)
    e, d = found.parameters.encoder, found.parameters.decoder
    of_V, of_G = found.parameters.V, found.parameters.G
    values = found.loss, e.U, e.W, d.U, d.W, of_V, of_G, found.X, None, found.S_e_init, found.S_d_init
    for value, other in zip(values, expected, strict=True):
        assert value is None or close(value, other)


@pytest.mark.parametrize("kind", list(CELLS))
def test_steps_of_the_decoder_are_its_forward_pass(kind):
    parameters, (X, C) = network(kind), pairs()
    C = np.where(C < 0, 0, C)
    outputs = encoder_decoder.forward(parameters, X, C, READ)
    context = encoder_decoder.encode(parameters, X, READ)
    assert (context == outputs.context).all()
    state, previous = None, None
    for t in range(len(C)):
        state, Y = encoder_decoder.decoder_step(parameters, context, previous, state)
        assert close(Y, outputs.Y[t])
        previous = C[t]


@pytest.mark.parametrize("kind", list(CELLS))
def test_greedy_generation_chooses_what_teacher_forcing_with_it_finds_best(kind):
    parameters, (X, _) = network(kind), pairs()
    classes, _ = encoder_decoder.generate(parameters, X, 6, READ)
    assert (encoder_decoder.forward(parameters, X, classes, READ).Y.argmax(axis=-1) == classes).all()


def test_what_stands_in_the_padding_has_no_effect():
    parameters, (X, C) = network("lstm"), pairs()
    spoilt_X, spoilt_C = X.copy(), C.copy()
    for b in range(B):
        spoilt_X[READ[b] :, b], spoilt_C[WRITTEN[b] :, b] = np.nan, 99
    clean, spoilt = (
        encoder_decoder.gradients(parameters, *arrays, READ, WRITTEN) for arrays in ((X, C), (spoilt_X, spoilt_C))
    )
    assert clean.loss == spoilt.loss
    for one, other in zip(named_arrays(clean.parameters).values(), named_arrays(spoilt.parameters).values()):
        assert (one == other).all()


def test_parameters_that_do_not_fit_are_named():
    parameters, (X, C) = network("tanh"), pairs()
    with pytest.raises(ValueError, match=r"H is 3 in encoder.W, shape \(3, 3\), but 4 in G, shape \(4, 2\)"):
        encoder_decoder.loss(parameters._replace(G=np.ones((4, J))), X, C)
    broken = parameters._replace(decoder=parameters.decoder._replace(W=np.ones((J, J + 1))))
    with pytest.raises(ValueError, match=r"decoder.W has shape \(2, 3\), but .* it must be \(2, 2\)"):
        encoder_decoder.loss(broken, X, C)
    with pytest.raises(TypeError, match=r"encoder.U is float64 but X is float32"):
        encoder_decoder.loss(parameters, X.astype(np.float32), C)


def beam_search(parameters, X, steps, width):
    """The best sequences of one input, with the sums of their losses, written with the stepwise functions alone."""
    context = encoder_decoder.encode(parameters, X)
    found, losses, state, previous = np.zeros((1, 0), int), np.zeros(1), None, None
    for _ in range(steps):
        state, Y = encoder_decoder.decoder_step(parameters, np.repeat(context, len(found), axis=0), previous, state)
        grown = losses[:, None] - Y + np.log(np.exp(Y).sum(axis=1, keepdims=True))
        best = np.argsort(grown, axis=None)[:width]
        parents, previous = np.unravel_index(best, grown.shape)
        found, losses = np.column_stack([found[parents], previous]), grown.ravel()[best]
        state = mapped(lambda array, parents=parents: array[parents], state)
    return found, losses


@pytest.mark.parametrize("kind", list(CELLS))
def test_beam_search_can_be_written_and_finds_the_best_of_all_sequences(kind):
    parameters, X = network(kind, seed=3), pairs()[0][:, :1]
    every = np.array(list(product(range(K), repeat=3)))
    losses = [encoder_decoder.loss(parameters, X, classes[:, None]) for classes in every]
    found, found_losses = beam_search(parameters, X, steps=3, width=K**3)
    assert found[0].tolist() == every[np.argmin(losses)].tolist()
    assert close(found_losses, np.sort(losses))
