"""The names of equations in words."""

from functools import reduce

AS_WRITTEN = {
    name.lower(): name for name in ("BPTT", "GRU", "LSTM", "RTRL", "Goodfellow", "Jacobian", "Jacobians", "Keras")
}
AS_WRITTEN |= {"preactivation": "pre-activation", "torch": "PyTorch"}
HYPHENATED = ("cross-entropy", "many-to-one", "one-to-many")


def in_words(name: str) -> str:
    """A name as the text would write it.

    >>> in_words("many-to-one-state-jacobian")
    'many-to-one state Jacobian'
    """
    words = " ".join(AS_WRITTEN.get(word, word) for word in name.split("-"))
    return reduce(lambda text, term: text.replace(term.replace("-", " "), term), HYPHENATED, words)
