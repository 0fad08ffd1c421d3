"""JAX: jit of value_and_grad over lax.scan, with the product of all inputs before the scan."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.cases import Problem
from benchmarks.program import Answer, Program

TITLE = "JAX, scan"
CELLS = ("tanh",)
CLOCK = "cpu"

jax.config.update("jax_enable_x64", True)


def program(problem: Problem) -> Program:
    """The compiled function, with everything in JAX's own arrays."""
    p = {name: jnp.asarray(value) for name, value in problem.parameters._asdict().items()}
    X, C, S_init = jnp.asarray(problem.X), jnp.asarray(problem.C), jnp.asarray(problem.S_init)
    compiled = jax.jit(jax.value_and_grad(loss)).lower(p, X, C, S_init).compile()
    return Program(
        call=lambda: jax.block_until_ready(compiled(p, X, C, S_init)),
        answer=answer,
        logits=lambda: np.array(jax.jit(logits)(p, X, S_init)),
    )


def answer(found: tuple[Any, dict[str, Any]]) -> Answer:
    """Loss and gradients as arrays."""
    value, gradients = found
    return Answer(float(value), {name: np.array(gradient) for name, gradient in gradients.items()})


def step(W: Any, S: Any, F_t: Any) -> tuple[Any, Any]:
    """One step of the scan."""
    S = jnp.tanh(F_t + S @ W)
    return S, S


def logits(p: dict[str, Any], X: Any, S_init: Any) -> Any:
    """Logits of all steps."""
    _, S = jax.lax.scan(lambda S, F_t: step(p["W"], S, F_t), S_init, X @ p["U"] + p["b"])
    return S @ p["V"] + p["c"]


def loss(p: dict[str, Any], X: Any, C: Any, S_init: Any) -> Any:
    """Sum of the cross-entropies of all steps."""
    return cross_entropy(logits(p, X, S_init), C)


def cross_entropy(Y: Any, C: Any) -> Any:
    """Sum over all steps and sequences."""
    chosen = jnp.take_along_axis(Y, C[..., None], axis=-1)[..., 0]
    return jnp.sum(jax.scipy.special.logsumexp(Y, axis=-1) - chosen)
