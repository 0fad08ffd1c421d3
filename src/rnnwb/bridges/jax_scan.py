"""Networks of this package under JAX: parameters as pytrees, and the whole sequence by `jax.lax.scan`.

Nothing is transposed or renamed on the way. A named tuple of arrays is a pytree, so parameters of this package whose
arrays are JAX's can be given to `jax.grad`, `jax.jit`, `jax.shard_map` and to optimisers, and gradients come back in
the same place:

    value, gradients = jax.value_and_grad(loss)(to_jax(parameters), X, C)

JAX computes in float32 unless it is told otherwise, before its first array: `jax.config.update("jax_enable_x64", True)`.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np

try:
    import jax
    import jax.numpy as jnp
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("rnnwb.bridges.jax_scan needs JAX: pip install jax", name="jax") from error

from rnnwb.bridges.jax_cells import gru_cell, lstm_cell, tanh_cell
from rnnwb.bridges.parameters import require_kind, require_parameters
from rnnwb.networks import gru, lstm, many_to_many
from rnnwb.networks.cells.cell import State
from rnnwb.networks.checks import FLOATS, require_floats
from rnnwb.networks.network import Outputs

AnyParameters = TypeVar("AnyParameters", many_to_many.Parameters, lstm.Parameters, gru.Parameters)
"""Parameters of `rnnwb.networks.many_to_many`, `lstm` or `gru`. What comes back is of the same type."""

CELLS: dict[type, Any] = {many_to_many.Parameters: tanh_cell, lstm.Parameters: lstm_cell, gru.Parameters: gru_cell}


def to_jax(parameters: AnyParameters) -> AnyParameters:
    """The same parameters with arrays of JAX, a pytree.

    Args:
        parameters: of `rnnwb.networks.many_to_many`, `lstm` or `gru`.

    Raises:
        TypeError: if the parameters are others, if their types differ, or if they are float64 and JAX is not set to it.
        ValueError: if their shapes disagree.

    >>> parameters = lstm.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=np.float32)
    >>> X = np.ones((5, 1, 2), np.float32)
    >>> found = forward(to_jax(parameters), X).Y
    >>> bool(np.abs(found - lstm.forward(parameters, X).Y).max() < 1e-5)
    True
    """
    require_parameters(parameters)
    if parameters.W.dtype == np.float64 and not jax.config.jax_enable_x64:
        raise TypeError(
            "the parameters are float64, and JAX is set to float32; "
            'call jax.config.update("jax_enable_x64", True) first, or convert the parameters'
        )
    return jax.tree.map(lambda array: jnp.array(array), parameters)


def from_jax(parameters: AnyParameters) -> AnyParameters:
    """The same parameters, or gradients in their place, with arrays of NumPy, as copies.

    Args:
        parameters: what `to_jax` returned, or what came of it.

    Raises:
        TypeError: if it is no such pytree, or the types of its arrays differ or are none of ours.

    >>> parameters = many_to_many.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=np.float32)
    >>> back = from_jax(to_jax(parameters))
    >>> all(np.array_equal(*pair) for pair in zip(parameters, back))
    True
    """
    require_kind(parameters)
    for name, array in parameters._asdict().items():
        if not isinstance(array, jax.Array):
            raise TypeError(
                f"{name} is a {type(array).__name__}, not an array of JAX; this is the way back from to_jax"
            )
        if array.dtype not in FLOATS:
            raise TypeError(f"{name} is {array.dtype}, not float32 or float64; try {name}.astype(jnp.float32)")
    found = type(parameters)(*(np.array(array) for array in parameters))
    require_floats(found._asdict())
    return found


def forward(
    parameters: AnyParameters, X: jax.Array, S_init: State | None = None, lengths: jax.Array | None = None
) -> Outputs:
    """Hidden states and logits of all steps: one product for all inputs, then `jax.lax.scan`.

    Args:
        parameters: from `to_jax`.
        X: inputs, shape (time, B, D).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.

    Returns:
        S, shape (time, B, H); Y, shape (time, B, K); S_last, the state after the last step of each sequence.
            After its end a sequence keeps its last state.

    >>> parameters = to_jax(gru.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=np.float32))
    >>> X, lengths = jnp.ones((5, 2, 2)), jnp.array([5, 3])
    >>> S, Y, S_last = forward(parameters, X, lengths=lengths)
    >>> S.shape, Y.shape, bool((S_last[1] == S[2, 1]).all())
    ((5, 2, 3), (5, 2, 4), True)
    """
    there = _there(X, lengths)
    inputs = jnp.where(there[:, :, None], X, 0) @ parameters.U + parameters.b
    cell, state = CELLS[type(parameters)], _zero_state(parameters, inputs) if S_init is None else S_init

    def step(state: State, received: tuple[jax.Array, jax.Array]) -> tuple[State, jax.Array]:
        inputs_t, here = received
        after = cell(parameters, state, inputs_t)
        state = jax.tree.map(lambda new, old: jnp.where(here[:, None], new, old), after, state)
        return state, state.S if isinstance(state, lstm.State) else state

    last, S = jax.lax.scan(step, jax.tree.map(jnp.asarray, state), (inputs, there))
    return Outputs(S, S @ parameters.V + parameters.c, last)


def loss(
    parameters: AnyParameters, X: jax.Array, C: jax.Array, S_init: State | None = None, lengths: jax.Array | None = None
) -> jax.Array:
    """Sum of the cross-entropies of all steps of all sequences.

    Args:
        parameters: from `to_jax`.
        X: inputs, shape (time, B, D).
        C: targets: classes, shape (time, B), with $-1$ for none, or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.

    >>> parameters = many_to_many.initial_parameters(
    ...     D=2, H=3, K=4, seed=0, dtype=np.float32)
    >>> X = np.ones((5, 1, 2), np.float32)
    >>> C = np.array([[0], [3], [1], [-1], [2]])
    >>> found = from_jax(jax.grad(loss)(to_jax(parameters), X, C))
    >>> ours = many_to_many.gradients(parameters, X, C).parameters
    >>> all(bool(np.abs(g - dg).max() < 1e-5) for g, dg in zip(found, ours))
    True
    """
    log_P = jax.nn.log_softmax(forward(parameters, X, S_init, lengths).Y)
    there, classes = _there(X, lengths), jnp.asarray(C)
    if classes.ndim == 3:
        return -jnp.sum(jnp.where(there[:, :, None], classes, 0) * log_P)
    counted = there & (classes >= 0)
    chosen = jnp.take_along_axis(log_P, jnp.where(counted, classes, 0)[:, :, None], axis=-1)[:, :, 0]
    return -jnp.sum(jnp.where(counted, chosen, 0))


def _zero_state(parameters: Any, inputs: jax.Array) -> State:
    """Zeros of the kind that the cell carries, on the devices where the inputs are."""
    zeros = jnp.zeros_like(inputs[0, :, : len(parameters.W)])
    return jax.tree.map(lambda _: zeros, parameters.layer.zero_state(1))


def _there(X: jax.Array, lengths: jax.Array | None) -> jax.Array:
    """Whether a step belongs to a sequence, shape (time, B)."""
    steps, B, _ = X.shape
    return jnp.arange(steps)[:, None] < (jnp.full(B, steps) if lengths is None else jnp.asarray(lengths))
