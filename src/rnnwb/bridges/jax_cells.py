"""One step of each cell under JAX, for `jax.lax.scan` or a loop of your own."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from rnnwb.networks import gru, lstm, many_to_many


def tanh_cell(parameters: many_to_many.Parameters, S_prev: jax.Array, inputs: jax.Array) -> jax.Array:
    """The hidden states after a step, shape (B, H).

    Args:
        parameters: from `to_jax`.
        S_prev: hidden states before the step, shape (B, H).
        inputs: $X_t U + b$, shape (B, H).

    >>> from rnnwb.bridges.jax_scan import forward, to_jax
    >>> parameters = many_to_many.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=jnp.float32)
    >>> parameters, X = to_jax(parameters), jnp.ones((1, 2))
    >>> inputs = X @ parameters.U + parameters.b
    >>> S = tanh_cell(parameters, jnp.zeros((1, 3)), inputs)
    >>> bool(jnp.allclose(S, forward(parameters, X[None]).S[0]))
    True
    """
    return jnp.tanh(inputs + S_prev @ parameters.W)


def lstm_cell(parameters: lstm.Parameters, state: lstm.State, inputs: jax.Array) -> lstm.State:
    """The hidden states and cell states after a step, each of shape (B, H).

    Args:
        parameters: from `to_jax`.
        state: hidden states and cell states before the step, each of shape (B, H).
        inputs: $X_t U + b$ with the columns of the input gate, the forget gate, the candidate and the output gate,
            shape (B, 4 H).

    >>> from rnnwb.bridges.jax_scan import to_jax
    >>> parameters = to_jax(lstm.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=jnp.float32))
    >>> zero, one = jnp.zeros((1, 3)), jnp.ones((1, 3))
    >>> keep = jnp.hstack([-99 * one, 99 * one, zero, zero])
    >>> lstm_cell(parameters, lstm.State(zero, one), keep).M.tolist()
    [[1.0, 1.0, 1.0]]
    """
    I, F, G, O = jnp.split(inputs + state.S @ parameters.W, 4, axis=-1)  # noqa: E741
    M = jax.nn.sigmoid(F) * state.M + jax.nn.sigmoid(I) * jnp.tanh(G)
    return lstm.State(jax.nn.sigmoid(O) * jnp.tanh(M), M)


def gru_cell(parameters: gru.Parameters, S_prev: jax.Array, inputs: jax.Array) -> jax.Array:
    """The hidden states after a step, shape (B, H).

    Args:
        parameters: from `to_jax`.
        S_prev: hidden states before the step, shape (B, H).
        inputs: $X_t U + b$ with the columns of the reset gate, the update gate and the candidate, shape (B, 3 H).

    >>> from rnnwb.bridges.jax_scan import to_jax
    >>> parameters = to_jax(gru.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=jnp.float32))
    >>> zero, one = jnp.zeros((1, 3)), jnp.ones((1, 3))
    >>> gru_cell(parameters, one, jnp.hstack([zero, 99 * one, zero])).tolist()
    [[1.0, 1.0, 1.0]]
    """
    into_R, into_Z, into_N = jnp.split(inputs, 3, axis=-1)
    from_R, from_Z, Q = jnp.split(S_prev @ parameters.W, 3, axis=-1)
    R, Z = jax.nn.sigmoid(into_R + from_R), jax.nn.sigmoid(into_Z + from_Z)
    N = jnp.tanh(into_N + R * (Q + parameters.beta))
    return Z * S_prev + (1 - Z) * N
