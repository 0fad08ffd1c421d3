"""What is asked of every program that is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Answer(NamedTuple):
    """Loss of a batch and its gradients by the names of the parameters of `rnnwb.networks`."""

    loss: float
    gradients: dict[str, np.ndarray]


class Program(NamedTuple):
    """A way to compute loss and gradients of one problem, with its inputs in its own form already.

    Attributes:
        call: what is measured; it ends when the gradients are there.
        answer: turns what `call` returns into arrays.
        logits: logits of all steps, shape (T, B, K).
    """

    call: Callable[[], Any]
    answer: Callable[[Any], Answer]
    logits: Callable[[], np.ndarray]
