"""JAX as in `jax_scan`, with a scan inside a scan and jax.checkpoint around the inner one."""

from __future__ import annotations

from math import isqrt
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.cases import Problem
from benchmarks.peers.jax_scan import answer, cross_entropy, logits, step
from benchmarks.program import Program

TITLE = "JAX, scan with checkpoints"
CELLS = ("tanh",)
CLOCK = "cpu"


def program(problem: Problem) -> Program:
    """The compiled function; of each stretch only the state that it starts from is kept."""
    p = {name: jnp.asarray(value) for name, value in problem.parameters._asdict().items()}
    X, C, S_init = jnp.asarray(problem.X), jnp.asarray(problem.C), jnp.asarray(problem.S_init)
    every = stretch(len(X))
    X, C = (a.reshape(-1, every, *a.shape[1:]) for a in (X, C))
    compiled = jax.jit(jax.value_and_grad(loss)).lower(p, X, C, S_init).compile()
    return Program(
        call=lambda: jax.block_until_ready(compiled(p, X, C, S_init)),
        answer=answer,
        logits=lambda: np.array(jax.jit(logits)(p, jnp.asarray(problem.X), S_init)),
    )


def stretch(steps: int) -> int:
    """The largest divisor of the number of steps that is not above its root.

    >>> stretch(100), stretch(20)
    (10, 4)
    """
    return next(every for every in range(isqrt(steps), 0, -1) if steps % every == 0)


def loss(p: dict[str, Any], X: Any, C: Any, S_init: Any) -> Any:
    """Sum of the cross-entropies of all steps, with inputs and targets in stretches."""

    @jax.checkpoint
    def one_stretch(S: Any, data: tuple[Any, Any]) -> tuple[Any, Any]:
        X_part, C_part = data
        S, states = jax.lax.scan(lambda S, F_t: step(p["W"], S, F_t), S, X_part @ p["U"] + p["b"])
        return S, cross_entropy(states @ p["V"] + p["c"], C_part)

    return jnp.sum(jax.lax.scan(one_stretch, S_init, (X, C))[1])
