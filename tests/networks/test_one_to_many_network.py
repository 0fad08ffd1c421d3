import numpy as np
import pytest
from one_layer import MODULES, initial_state, many_to_many_loss, parameters, sequences
from plain import LENGTHS, STEPS, B, D, H, K, close, jacobian_step

from rnnwb.networks import one_to_many
from rnnwb.networks.generation import generate, greedy, one_hot, sampled

VARIANTS = [(False, False), (True, False), (False, True), (True, True)]


def entering(X, C, repeat, feedback):
    """What enters each step, written once more: X is complex where it is differentiated."""
    rows = []
    for t in range(len(C)):
        given = X if repeat or t == 0 else 0 * X
        before = np.zeros((B, K))
        if t:
            for b in range(B):
                if C.ndim == 3:
                    before[b] = C[t - 1, b]
                elif 0 <= C[t - 1, b] < K:
                    before[b, C[t - 1, b]] = 1
        rows.append(np.concatenate([given, before], axis=1) if feedback else given)
    return np.array(rows)


@pytest.mark.parametrize("kind", list(MODULES))
@pytest.mark.parametrize(("repeat", "feedback"), VARIANTS)
def test_every_gradient_is_that_of_the_plain_loss(kind, repeat, feedback):
    network, state = parameters(kind, sizes=(D + K * feedback, H, K)), initial_state(kind)
    X, (_, C) = np.random.default_rng(3).normal(size=(B, D)), sequences(simplex=kind == "gru")
    found = one_to_many.gradients(network, X, C, state, LENGTHS, inputs=True, repeat=repeat, feedback=feedback)

    def loss(X=X, **changed):
        arrays = network._asdict() | changed
        return many_to_many_loss(kind, arrays, entering(X, C, repeat, feedback), C, state, LENGTHS)

    assert close(found.loss, loss())
    assert close(one_to_many.loss(network, X, C, state, LENGTHS, repeat, feedback), loss())
    for name in ("U", "W", "b"):
        by_step = jacobian_step(lambda a, n=name: loss(**{n: a}), getattr(network, name))
        assert close(getattr(found.parameters, name), by_step), name
    assert close(found.X, jacobian_step(lambda a: loss(X=a), X))


def test_what_stands_in_the_padding_is_not_fed_back():
    network, X = parameters("tanh", sizes=(D + K, H, K)), np.ones((B, D))
    C = sequences()[1]
    spoilt = C.copy()
    for b, length in enumerate(LENGTHS):
        spoilt[length:, b] = 99
    one, other = (one_to_many.gradients(network, X, c, lengths=LENGTHS, feedback=True) for c in (C, spoilt))
    assert one.loss == other.loss
    assert all((a == b).all() for a, b in zip(one.parameters, other.parameters))


@pytest.mark.parametrize("kind", list(MODULES))
@pytest.mark.parametrize(("repeat", "feedback"), VARIANTS)
def test_greedy_generation_chooses_what_teacher_forcing_with_it_finds_best(kind, repeat, feedback):
    network, state = parameters(kind, sizes=(D + K * feedback, H, K)), initial_state(kind)
    X = np.random.default_rng(3).normal(size=(B, D))
    classes, lengths = one_to_many.generate(network, X, STEPS, state, repeat=repeat, feedback=feedback)
    Y = one_to_many.forward(network, X, classes, state, repeat=repeat, feedback=feedback).Y
    assert (Y.argmax(axis=-1) == classes).all()
    assert lengths.tolist() == [STEPS] * B


def test_an_end_class_ends_a_sequence():
    written = iter([[1, 2, 2], [0, 2, 2], [2, 0, 2], [2, 1, 0]])
    found = generate(lambda state, previous: (state, one_hot(np.array(next(written)), 3)), None, steps=9, end=0)
    assert found.classes.tolist() == [[1, 2, 2], [0, 2, 2], [2, 0, 2], [2, 1, 0]]
    assert found.lengths.tolist() == [2, 3, 4]


def test_generation_stops_after_the_steps_asked_for():
    found = generate(lambda state, previous: (state, np.eye(3)[[1, 0]]), None, steps=2, end=0)
    assert found.classes.tolist() == [[1, 0], [1, 0]]
    assert found.lengths.tolist() == [2, 1]


def test_a_sequence_without_a_step_is_refused():
    with pytest.raises(ValueError, match="steps is 0, but at least one class is chosen"):
        generate(lambda state, previous: (None, np.eye(2)), None, steps=0)


def test_sampling_follows_the_softmax_and_its_temperature():
    Y = np.log(np.tile([0.1, 0.2, 0.7], (50000, 1)))
    for temperature in (0.5, 1.0, 2.0):
        counts = np.bincount(sampled(0, temperature)(Y), minlength=3) / len(Y)
        expected = np.array([0.1, 0.2, 0.7]) ** (1 / temperature)
        assert np.abs(counts - expected / expected.sum()).max() < 0.01
    assert (sampled(1)(Y) == sampled(1)(Y)).all()
    assert (sampled(0, 1e-6)(Y) == greedy(Y)).all()
    with pytest.raises(ValueError, match="temperature is 0, but must be greater than 0; see greedy"):
        sampled(0, temperature=0)


def test_a_class_out_of_range_is_not_one_hot():
    with pytest.raises(ValueError, match="classes lie in 0 … 3, but must lie in -1 … 2"):
        one_hot(np.array([0, 3]), 3)


def test_rows_of_U_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"U has 2 rows, .* with feedback D \+ K = 2 \+ 4"):
        one_to_many.loss(parameters("tanh"), np.ones((B, D)), np.zeros((3, B), int), feedback=True)
    with pytest.raises(ValueError, match=r"X has shape \(3, 4, 2\), not \(B, D\)"):
        one_to_many.generate(parameters("tanh"), np.ones((3, B, D)), 2)
