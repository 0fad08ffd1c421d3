"""The matrix products of a call and nothing else: no implementation of the same derivation can be faster than they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.cases import Problem
from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.products import rows


def matrix_products(problem: Problem) -> Callable[[], None]:
    """A call that forms the products of forward and backward pass, piece by piece, into arrays made before.

    They are X U, S V, dY V', X' delta, S' delta and S' dY for all steps of a piece, and S W and delta W' for each step.
    """
    _, (U, W, V, *_), X, _, S_init = problem
    S_prev = S_init[0] if isinstance(S_init, tuple) else S_init
    pieces = Batch(X, None).parts()
    steps, B = pieces[0][1], X.shape[1]
    S, dS = (np.zeros((steps, B, len(W)), X.dtype) + S_prev for _ in range(2))
    delta = np.ones((steps, B, W.shape[1]), X.dtype)
    Y = np.ones((steps, B, V.shape[1]), X.dtype)
    step, back = np.empty((B, W.shape[1]), X.dtype), np.empty((B, len(W)), X.dtype)
    transposed = np.ascontiguousarray(W.T)
    dU, dW, dV = (np.empty_like(weights) for weights in (U, W, V))

    def call() -> None:
        for start, stop in pieces:
            n, X_piece = stop - start, rows(X[start:stop])
            X_piece.dot(U, rows(delta[:n]))
            for S_t in S[:n]:
                S_t.dot(W, step)
            rows(S[:n]).dot(V, rows(Y[:n]))
            rows(Y[:n]).dot(V.T, rows(dS[:n]))
            rows(S[:n]).T.dot(rows(Y[:n]), dV)
            for delta_t in delta[:n]:
                delta_t.dot(transposed, back)
            X_piece.T.dot(rows(delta[:n]), dU)
            rows(S[:n]).T.dot(rows(delta[:n]), dW)

    return call
