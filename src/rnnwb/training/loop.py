"""The loop around gradients and optimiser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, Protocol

import numpy as np

from rnnwb.networks.parameters import AnyParameters, named_arrays
from rnnwb.training.clipping import clip as clipped

Batches = Iterable[tuple[Any, ...]] | Callable[[], Iterable[tuple[Any, ...]]]
"""Tuples of the arguments that follow the parameters, such as `[(X, C)]`; or a function that returns them."""


class LossAndGradients(Protocol):
    """What a function of gradients returns, such as that of `rnnwb.networks.many_to_many`."""

    @property
    def loss(self) -> float:
        """Loss of the batch."""

    @property
    def parameters(self) -> Any:
        """Gradients in the place of the parameters."""


class Optimiser(Protocol):
    """How a step is made from a gradient: `SGD`, `Adam`, or your own."""

    def start(self, parameters: Any) -> Any:
        """What the optimiser remembers before the first step.

        Args:
            parameters: to start from.
        """

    def step(self, parameters: Any, gradients: Any, memory: Any) -> tuple[Any, Any]:
        """The parameters after one step, and what the optimiser remembers then; the arguments are not changed.

        Args:
            parameters: before the step.
            gradients: of the loss, in the place of the parameters.
            memory: from `start`, or from the step before.
        """


class Fit(NamedTuple, Generic[AnyParameters]):
    """What training has come to.

    Attributes:
        parameters: the best ones by the validation loss, or the last ones where there is none.
        losses: for each epoch the sum of the losses of its batches, each before its step.
        validation_losses: for each epoch the validation loss after it; empty where there is none.
    """

    parameters: AnyParameters
    losses: list[float]
    validation_losses: list[float]


class NonFiniteLossError(ArithmeticError):
    """A loss or a gradient is infinite or not a number, and training has stopped.

    Attributes:
        parameters: the last ones whose loss and gradients were finite; those given to `fit` if none were.
        epoch: counted from 0.
        step: of the epoch, counted from 0; None where it is the validation loss.
    """

    parameters: Any
    epoch: int
    step: int | None

    def __init__(self, what: str, parameters: Any, epoch: int, step: int | None) -> None:
        place = f"epoch {epoch}" if step is None else f"step {step} of epoch {epoch}"
        super().__init__(f"{what} at {place}; the last good parameters are in this error's .parameters")
        self.parameters, self.epoch, self.step = parameters, epoch, step


def fit(
    gradients: Callable[..., LossAndGradients],
    parameters: AnyParameters,
    batches: Batches,
    optimiser: Optimiser,
    epochs: int,
    clip: float | None = None,
    validation: Callable[[AnyParameters], float] | None = None,
    patience: int | None = None,
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> Fit[AnyParameters]:
    """Train.

    Args:
        gradients: takes parameters and what a batch holds, such as `many_to_many.gradients`.
        parameters: to start from; they are not changed.
        batches: tuples of the arguments that follow the parameters, such as `[(X, C)]`; or a function that returns
            them, which is called at the beginning of every epoch, so that it may shuffle.
        optimiser: `SGD(rate)` or `Adam(rate)`.
        epochs: how often to go through the batches, at most.
        clip: greatest global norm of the gradients of a step.
        validation: takes parameters and returns the loss that tells when to stop and which parameters are best.
        patience: how many epochs to go on without a better validation loss; all of them unless given.
        progress: shows how far it is, such as `tqdm.tqdm` (installed with `rnnwb[progress]`).

    Returns:
        parameters, losses and validation_losses.

    Raises:
        NonFiniteLossError: naming epoch and step, with the last good parameters.
        ValueError: if there is patience without validation, or no batch.

    >>> from rnnwb.networks import many_to_many
    >>> from rnnwb.training.optimisers import Adam
    >>> parameters = many_to_many.initial_parameters(D=3, H=8, K=3, seed=0)
    >>> C = np.array([[0, 1, 2, 0, 1, 2]]).T
    >>> batches = [(np.eye(3)[np.roll(C, 1)], C)]
    >>> gradients, optimiser = many_to_many.gradients, Adam(rate=0.02)
    >>> found = fit(gradients, parameters, batches, optimiser, epochs=50)
    >>> found.losses[0] > 5, found.losses[-1] < 0.1
    (True, True)
    """
    if patience is not None and validation is None:
        raise ValueError("patience needs a validation loss; give validation=… as well")
    best, steps = _Best(parameters, validation, patience), _Steps(gradients, optimiser, clip, parameters)
    losses: list[float] = []
    bar = progress(range(epochs))
    for epoch in bar:
        losses.append(steps.epoch(batches() if callable(batches) else batches, epoch))
        best.see(steps.parameters, steps.good, epoch)
        if hasattr(bar, "set_postfix"):
            bar.set_postfix(loss=losses[-1], **({"validation": best.losses[-1]} if best.losses else {}))
        if best.is_long_ago():
            break
    return Fit(best.parameters, losses, best.losses)


class _Steps:
    """The steps of training, one after the other."""

    def __init__(self, gradients: Any, optimiser: Optimiser, clip: float | None, parameters: Any) -> None:
        self.gradients, self.optimiser, self.clip = gradients, optimiser, clip
        self.parameters, self.good, self.memory = parameters, parameters, optimiser.start(parameters)

    def epoch(self, batches: Iterable[tuple[Any, ...]], epoch: int) -> float:
        """One step for each batch; the sum of their losses."""
        losses = [self.step(batch, epoch, number) for number, batch in enumerate(batches)]
        if not losses:
            raise ValueError(f"there is no batch in epoch {epoch}; an iterator is used up by one epoch, a list is not")
        return sum(losses)

    def step(self, batch: tuple[Any, ...], epoch: int, number: int) -> float:
        """One step; the loss before it."""
        found = self.gradients(self.parameters, *batch)
        if not np.isfinite(found.loss):
            raise NonFiniteLossError(f"the loss is {found.loss}", self.good, epoch, number)
        for name, array in named_arrays(found.parameters).items():
            if not np.isfinite(array).all():
                raise NonFiniteLossError(f"the gradient of {name} is not finite", self.good, epoch, number)
        towards = found.parameters if self.clip is None else clipped(found.parameters, self.clip)
        self.good = self.parameters
        self.parameters, self.memory = self.optimiser.step(self.parameters, towards, self.memory)
        return found.loss


class _Best:
    """The best parameters so far, and how many epochs ago they were found."""

    def __init__(self, parameters: Any, validation: Any, patience: int | None) -> None:
        self.parameters, self.validation, self.patience = parameters, validation, patience
        self.losses: list[float] = []
        self.since = 0

    def see(self, parameters: Any, good: Any, epoch: int) -> None:
        """Compare the parameters after an epoch with the best ones."""
        if self.validation is None:
            self.parameters = parameters
            return
        loss = float(self.validation(parameters))
        if not np.isfinite(loss):
            raise NonFiniteLossError(f"the validation loss is {loss}", good, epoch, None)
        better = not self.losses or loss < min(self.losses)
        self.losses.append(loss)
        self.since = 0 if better else self.since + 1
        self.parameters = parameters if better else self.parameters

    def is_long_ago(self) -> bool:
        """Whether patience is at an end."""
        return self.patience is not None and self.since >= self.patience
