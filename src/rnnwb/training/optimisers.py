"""How a step is made from a gradient. An optimiser holds settings alone; what it remembers is handed back and forth."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rnnwb.networks.parameters import AnyParameters, mapped


class SGD(NamedTuple):
    """Gradient descent, with momentum if asked for.

    The direction of a step is the gradient plus momentum times the direction of the step before; rate times the
    direction is taken from the parameters.

    Attributes:
        rate: learning rate, greater than 0.
        momentum: share of the direction before that is kept, from 0 to below 1.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> ones = Tanh(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
    >>> optimiser = SGD(rate=0.5)
    >>> weights, memory = optimiser.step(ones, ones, optimiser.start(ones))
    >>> weights.b.tolist()
    [0.5]
    """

    rate: float
    momentum: float = 0.0

    def start(self, parameters: AnyParameters) -> AnyParameters:
        """What the optimiser remembers before the first step: a direction of zeros.

        Args:
            parameters: to start from.

        Returns:
            Zeros in the place of the parameters.

        >>> from rnnwb.networks.cells.tanh import Tanh
        >>> ones = Tanh(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
        >>> SGD(rate=0.5).start(ones).b.tolist()
        [0.0]
        """
        return mapped(np.zeros_like, parameters)

    def step(
        self, parameters: AnyParameters, gradients: AnyParameters, memory: AnyParameters
    ) -> tuple[AnyParameters, AnyParameters]:
        """The parameters after one step, and what the optimiser remembers then; the arguments are not changed.

        Args:
            parameters: before the step.
            gradients: of the loss, in the place of the parameters.
            memory: from `start`, or from the step before.

        Returns:
            The parameters after the step, and its direction.

        >>> from rnnwb.networks.cells.tanh import Tanh
        >>> ones = Tanh(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
        >>> optimiser = SGD(rate=0.5, momentum=0.25)
        >>> weights, memory = optimiser.step(ones, ones, memory=ones)
        >>> weights.b.tolist(), memory.b.tolist()
        ([0.375], [1.25])
        """
        memory = mapped(lambda v, gradient: self.momentum * v + gradient, memory, gradients)
        return mapped(lambda array, v: array - self.rate * v, parameters, memory), memory


class AdamMemory(NamedTuple):
    """What Adam remembers between steps.

    Attributes:
        steps: how many have been made.
        mean: running mean of the gradients, in the place of the parameters.
        square: running mean of their squares, in the place of the parameters.
    """

    steps: int
    mean: Any
    square: Any


class Adam(NamedTuple):
    """Adam, with the correction for its start from zeros.

    Attributes:
        rate: learning rate, greater than 0.
        beta1: share of the mean of the gradients that is kept, from 0 to below 1.
        beta2: share of the mean of their squares that is kept, from 0 to below 1.
        epsilon: keeps the divisor from 0, greater than 0.

    References:
        Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> ones = Tanh(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
    >>> optimiser = Adam(rate=0.5)
    >>> weights, memory = optimiser.step(ones, ones, optimiser.start(ones))
    >>> weights.b.round(6).tolist(), memory.steps
    ([0.5], 1)
    """

    rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def start(self, parameters: AnyParameters) -> AdamMemory:
        """What the optimiser remembers before the first step: means of zeros.

        Args:
            parameters: to start from.

        Returns:
            No steps, and zeros in the place of the parameters, twice.

        >>> from rnnwb.networks.cells.tanh import Tanh
        >>> ones = Tanh(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
        >>> memory = Adam().start(ones)
        >>> memory.steps, memory.mean.b.tolist(), memory.square.b.tolist()
        (0, [0.0], [0.0])
        """
        return AdamMemory(0, mapped(np.zeros_like, parameters), mapped(np.zeros_like, parameters))

    def step(
        self, parameters: AnyParameters, gradients: AnyParameters, memory: AdamMemory
    ) -> tuple[AnyParameters, AdamMemory]:
        """The parameters after one step, and what the optimiser remembers then; the arguments are not changed.

        Args:
            parameters: before the step.
            gradients: of the loss, in the place of the parameters.
            memory: from `start`, or from the step before.

        Returns:
            The parameters after the step, and the number of steps with the means of the gradients and of their squares.

        >>> from rnnwb.networks.cells.tanh import Tanh
        >>> ones = Tanh(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
        >>> optimiser = Adam(beta1=0.75, beta2=0.5)
        >>> weights, memory = optimiser.step(ones, ones, optimiser.start(ones))
        >>> memory.steps, memory.mean.b.tolist(), memory.square.b.tolist()
        (1, [0.25], [0.5])
        """
        (beta1, beta2), steps = (self.beta1, self.beta2), memory.steps + 1
        mean = mapped(lambda m, g: beta1 * m + (1 - beta1) * g, memory.mean, gradients)
        square = mapped(lambda s, g: beta2 * s + (1 - beta2) * g * g, memory.square, gradients)
        rate, scale = self.rate / (1 - beta1**steps), 1 / (1 - beta2**steps)

        def moved(array: np.ndarray, m: np.ndarray, s: np.ndarray) -> np.ndarray:
            return array - rate * m / (np.sqrt(scale * s) + self.epsilon)

        return mapped(moved, parameters, mean, square), AdamMemory(steps, mean, square)
