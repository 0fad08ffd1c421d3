"""The output layer of a network: logits, softmax, cross-entropy, and what goes back to the hidden states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.products import rows, sum_of_rows
from rnnwb.networks.cross_entropy import loss_and_gradient
from rnnwb.networks.parameters import add_to


class OutputGradients(NamedTuple):
    """Gradients of an output layer.

    Attributes:
        V: gradient of the output weights, shape (H, K).
        c: gradient of the bias of the logits, shape (K,).
    """

    V: np.ndarray
    c: np.ndarray


class OutputLayer:
    """Output weights V and bias c, and the sum of what has gone back through them.

    Attributes:
        V: output weights, shape (H, K).
        c: bias of the logits, shape (K,).
        loss: sum of the losses of all rows so far.
        gradients (OutputGradients | None): of this sum; None until there have been rows.

    >>> layer = OutputLayer(np.array([[2.0, 4.0]]), np.array([2.0, 0.0]))
    >>> layer.hidden_gradients(np.array([[1.0], [1.0]]), np.array([0, 1])).tolist()
    [[1.0], [-1.0]]
    >>> round(layer.loss, 4), layer.gradients.V.tolist(), layer.gradients.c.tolist()
    (1.3863, [[0.0, 0.0]], [0.0, 0.0])
    """

    V: np.ndarray
    c: np.ndarray
    loss: float
    gradients: Any

    def __init__(self, V: np.ndarray, c: np.ndarray) -> None:
        self.V, self.c = V, c
        self.loss, self.gradients = 0.0, None

    def logits(self, S: np.ndarray) -> np.ndarray:
        """Logits of hidden states.

        Args:
            S: hidden states, shape (…, H).

        Returns:
            Logits, shape (…, K).

        >>> layer = OutputLayer(np.array([[2.0, 4.0]]), np.array([1.0, 0.0]))
        >>> layer.logits(np.array([[[3.0]]])).tolist()
        [[[7.0, 12.0]]]
        """
        Y = rows(S).dot(self.V)
        Y += self.c
        return Y.reshape(*S.shape[:-1], -1)

    def hidden_gradients(self, S: np.ndarray, C: np.ndarray) -> np.ndarray:
        """Gradients of the loss of these rows with respect to S; loss and gradients grow by what the rows add.

        Args:
            S: hidden states, shape (rows, H).
            C: classes, shape (rows,), with $-1$ for none, or points of the simplex, shape (rows, K), with zeros for none.

        Returns:
            Gradients, shape (rows, H).

        >>> layer = OutputLayer(np.array([[2.0, 4.0]]), np.array([2.0, 0.0]))
        >>> S, C = np.array([[1.0], [1.0]]), np.array([0, -1])
        >>> layer.hidden_gradients(S, C).tolist()
        [[1.0], [0.0]]
        """
        loss, dY = loss_and_gradient(self.logits(S), C)
        self.loss += loss
        self.gradients = add_to(self.gradients, OutputGradients(S.T.dot(dY), sum_of_rows(dY)))
        return dY.dot(self.V.T)

    def at_every_step(self, batch: Batch, C: np.ndarray) -> Callable[[int, int, np.ndarray], np.ndarray]:
        """A function that goes back to the hidden states of some steps, for `backward`, where every step has an output.

        Args:
            batch: where the sequences end.
            C: classes, shape (time, B), or points of the simplex, shape (time, B, K).

        Returns:
            A function of the first step, the stop and the hidden states of the steps between, shape (steps, B, H). It
                returns the gradients of the loss of these steps with respect to these states, and adds to loss and gradients.

        >>> layer = OutputLayer(np.array([[2.0, 4.0]]), np.array([2.0, 0.0]))
        >>> batch, C = Batch(np.zeros((2, 1, 1)), None), np.array([[1], [0]])
        >>> back, S = layer.at_every_step(batch, C), np.array([[[1.0]]])
        >>> back(1, 2, S).tolist(), back(0, 1, S).tolist()
        ([[[1.0]]], [[[-1.0]]])
        """

        def hidden_gradients(start: int, stop: int, S: np.ndarray) -> np.ndarray:
            return self.hidden_gradients(rows(S), batch.targets(C, start, stop)).reshape(S.shape)

        return hidden_gradients
