"""The names of equations in words."""

import re
from functools import reduce

AS_WRITTEN = {
    name.lower(): name for name in ("BPTT", "GRU", "LSTM", "RTRL", "Goodfellow", "Jacobian", "Jacobians", "Keras")
}
AS_WRITTEN |= {"preactivation": "pre-activation", "torch": "PyTorch", "d2l": "D2L"}
GATE = re.compile(r"^(LSTM (?:batched )?(?:input|forget|output)) (?=(?:input|state) weight)")
"""A gate of which a name says no more than which, before the weights that lead to it."""
HYPHENATED = ("cross-entropy", "many-to-one", "one-to-many")


def in_words(name: str) -> str:
    """A name as the text would write it.

    >>> in_words("many-to-one-state-jacobian")
    'many-to-one state Jacobian'
    >>> in_words("lstm-output-input-weight-gradient")
    'LSTM output gate input weight gradient'
    >>> in_words("gru-before-reset-gate")
    'GRU with reset before: reset gate'
    """
    words = " ".join(AS_WRITTEN.get(word, word) for word in name.split("-"))
    words = GATE.sub(r"\1 gate ", words).replace("GRU before ", "GRU with reset before: ")
    return reduce(lambda text, term: text.replace(term.replace("-", " "), term), HYPHENATED, words)
