"""The published recursions for encoder and decoder: rules against plain loops, exact where no unit hears from another."""

import numpy as np
import pytest

from oracle import D, H, close, jacobian, random_case, rejects_another_axis
from rnnwb.rtrl import published
from test_encoder_decoder import random_case as random_pair
from test_encoder_decoder import run, slope


def pair(diagonal):
    case = random_pair(5, 4, 3)
    if diagonal:
        case = {**case, "W_e": np.diag(np.diag(case["W_e"])), "W_d": np.diag(np.diag(case["W_d"]))}
    return case


def influences(case):
    """All six numbers at the last step of encoder and decoder."""
    net = run(**case, variant="shared")
    W_e, W_d, context = case["W_e"], case["W_d"], net.S_e[-1]
    alpha_e, beta_e, previous = np.zeros((D, H)), np.zeros((H, H)), case["S_e_init"]
    for X, S in zip(case["X_e"], net.S_e):
        alpha_e = published.encoder_input_influence(X, S, W_e, alpha_e)
        beta_e = published.encoder_state_influence(previous, S, W_e, beta_e)
        previous = S
    alpha_d, beta_d, previous = np.zeros((case["X_d"].shape[1], H)), np.zeros((H, H)), case["S_d_init"]
    zeta, gamma = np.zeros((D, H)), np.zeros((H, H))
    for X, S in zip(case["X_d"], net.S_d):
        alpha_d = published.decoder_input_influence(X, S, W_d, alpha_d)
        beta_d = published.decoder_state_influence(previous, S, W_d, beta_d)
        zeta = published.carried_input_influence(alpha_e, S, W_d, W_e, zeta)
        gamma = published.carried_state_influence(context, beta_e, S, W_d, W_e, gamma)
        previous = S
    return {"U_e": (alpha_e, zeta), "W_e": (beta_e, gamma), "U_d": (None, alpha_d), "W_d": (None, beta_d)}


def followed(case, by, state):
    """The derivative of the one unit that each weight enters, of the last state of a network."""
    of_all = slope(case, by, lambda net: getattr(net, state)[-1], "shared")
    return np.einsum("hah->ah", of_all)


def both(case):
    for by, (encoder, decoder) in influences(case).items():
        if encoder is not None:
            yield encoder, followed(case, by, "S_e")
        yield decoder, followed(case, by, "S_d")


def test_the_rules_are_exact_for_diagonal_weights():
    pairs = list(both(pair(diagonal=True)))
    assert len(pairs) == 6
    assert all(close(found, expected) for found, expected in pairs)


def test_the_rules_are_wrong_for_dense_weights():
    assert not any(close(found, expected, 1e-6) for found, expected in both(pair(diagonal=False)))


@pytest.mark.parametrize("diagonal", [True, False])
def test_one_input(diagonal):
    X, _, U, W, _, S_init = random_case(4).values()
    W = np.diag(np.diag(W)) if diagonal else W

    def states(U):
        S, found = S_init, []
        for X_t in [X[0], *np.zeros_like(X[1:])]:
            S = np.tanh(X_t @ U + S @ W)
            found.append(S)
        return np.array(found)

    alpha = np.zeros(U.shape)
    for X_t, S in zip([X[0], *np.zeros_like(X[1:])], states(U)):
        alpha = published.input_once_influence(X_t, S, W, alpha)
    expected = np.einsum("hah->ah", jacobian(states, U)[-1])
    assert close(alpha, expected) if diagonal else not close(alpha, expected, 0.01)


def test_wrong_shapes_are_named():
    X, K_X, S, W = np.ones(D), np.ones(4), np.ones(H), np.ones((H, H))
    from_input, from_output = np.ones((D, H)), np.ones((4, H))
    assert rejects_another_axis(published.encoder_input_influence, (X, S, W, from_input))
    assert rejects_another_axis(published.encoder_state_influence, (S, S, W, W))
    assert rejects_another_axis(published.decoder_input_influence, (K_X, S, W, from_output))
    assert rejects_another_axis(published.decoder_state_influence, (S, S, W, W))
    assert rejects_another_axis(published.carried_input_influence, (from_input, S, W, W, from_input))
    assert rejects_another_axis(published.carried_state_influence, (S, W, S, W, W, W))
    assert rejects_another_axis(published.input_once_influence, (X, S, W, from_input))
