"""Parameters of encoder and decoder, and how the two layers are joined."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import Cell, State, Trace
from rnnwb.networks.cells.tanh import Tanh
from rnnwb.networks.checks import require_axes, require_floats, require_layer, require_lengths
from rnnwb.networks.initialisers import output_weights, scaled_normal
from rnnwb.networks.network import checked_state
from rnnwb.networks.parameters import named_arrays
from rnnwb.networks.recurrence import Piece, run


class Parameters(NamedTuple):
    """Parameters of encoder and decoder.

    Attributes:
        encoder: a layer of H units with D inputs, such as `Tanh(U, W, b)`.
        decoder: a layer of J units with K inputs, of the same kind or another.
        G: context weights, shape (H, J), or shape (H, gates J) with the decoder's gates side by side.
        V: output weights, shape (J, K).
        c: bias of the logits, shape (K,).
    """

    encoder: Cell
    decoder: Cell
    G: np.ndarray
    V: np.ndarray
    c: np.ndarray


def initial_parameters(
    D: int,
    H: int,
    K: int,
    seed: int | np.random.Generator,
    dtype: type = np.float64,
    cell: Any = Tanh,
    **options: Any,
) -> Parameters:
    """Random parameters, with H units in the encoder and in the decoder.

    Args:
        D: size of the encoder's inputs.
        H: number of units of each.
        K: number of classes.
        seed: seed of the random numbers, or their generator.
        dtype: np.float64 or np.float32.
        cell: `Tanh`, `LSTM` or `GRU` from `rnnwb.networks.cells`.
        **options: passed on to the cell's `initial`, such as `recurrent=identity`.

    >>> from rnnwb.networks.cells.lstm import LSTM
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0, cell=LSTM)
    >>> encoder, decoder, G, V, c = parameters
    >>> encoder.U.shape, decoder.U.shape, G.shape
    ((2, 12), (4, 12), (3, 12))
    """
    random = np.random.default_rng(seed)
    encoder, decoder = (cell.initial(size, H, random, dtype, **options) for size in (D, K))
    G: np.ndarray = scaled_normal(random, H, encoder.gates * H).astype(dtype)
    return Parameters(encoder, decoder, G, *output_weights(random, H, K, dtype))


def with_context(parameters: Parameters, context: np.ndarray) -> Cell:
    """The decoder with what the context adds at every step: a bias of its own for each sequence.

    Args:
        parameters: of encoder and decoder.
        context: from `context_of`, shape (B, H).

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> decoder = with_context(parameters, np.ones((5, 3)))
    >>> parameters.decoder.b.shape, decoder.b.shape
    ((3,), (5, 3))
    """
    return parameters.decoder._replace(b=parameters.decoder.b + context.dot(parameters.G))


def read(
    parameters: Parameters, X: np.ndarray, lengths: Any, S_e_init: State | None
) -> tuple[Batch, Trace, list[Piece]]:
    """The encoder's batch and its trace, whole and in pieces, once everything is known to fit.

    Args:
        parameters: of encoder and decoder.
        X: inputs of the encoder, shape (time_e, B, D).
        lengths: number of inputs of each sequence, shape (B,); None where all have all.
        S_e_init: initial state of the encoder, None for zeros.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X = np.ones((5, 200, 2))
    >>> batch, trace, pieces = read(parameters, X, None, None)
    >>> trace.S.shape, [(piece.start, piece.stop) for piece in pieces]
    ((6, 200, 3), [(0, 2), (2, 4), (4, 5)])
    """
    _require_parameters(parameters, X)
    steps, B, _ = X.shape
    state = parameters.encoder.zero_state(B) if S_e_init is None else checked_state(parameters.encoder, S_e_init, B)
    batch = Batch(X, None if lengths is None else require_lengths(lengths, steps, B))
    return batch, *run(parameters.encoder, batch, state)


def context_of(batch: Batch, trace: Trace) -> np.ndarray:
    """Hidden states after the last step of each sequence, shape (B, H).

    Args:
        batch: from `read`, which knows where the sequences end.
        trace: from `read`, of all steps.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> batch, trace, _ = read(parameters, np.ones((5, 2, 2)), [5, 3], None)
    >>> bool((context_of(batch, trace)[1] == trace.S[3, 1]).all())
    True
    """
    return trace.S[batch.ends(), np.arange(batch.X.shape[1])]


def _require_parameters(parameters: Parameters, X: np.ndarray) -> None:
    """Raise unless the parameters fit each other and the inputs."""
    require_floats({**named_arrays(parameters), "X": X})
    encoder, decoder, G = parameters.encoder, parameters.decoder, parameters.G
    require_layer(encoder, "encoder.")
    require_layer(decoder, "decoder.")
    reading = (
        ("X", X, "time_e B D"),
        ("encoder.U", encoder.U, "D encoder_columns"),
        ("encoder.W", encoder.W, "H encoder_columns"),
    )
    writing = ("decoder.U", decoder.U, "K columns"), ("decoder.W", decoder.W, "J columns"), ("G", G, "H columns")
    require_axes(*reading, *writing, ("V", parameters.V, "J K"), ("c", parameters.c, "K"))
