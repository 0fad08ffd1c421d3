"""How many digits are shown."""

from __future__ import annotations

from rnnwb.site.measured.record import Spread


def number(value: float) -> str:
    """Two digits that count, three from 1 on.

    >>> number(0.0278), number(0.684), number(0.996), number(1.234), number(2360.4)
    ('0.028', '0.68', '1.00', '1.23', '2,360')
    """
    return f"{value:,.{_decimals(value)}f}"


def is_slower(ratio: Spread) -> bool:
    """Whether a ratio is above 1 as it is shown: what is shown as 1.00 is a tie.

    >>> is_slower(Spread(0.99, 1.004, 1.02)), is_slower(Spread(0.99, 1.006, 1.02))
    (False, True)
    """
    return round(ratio.median, _decimals(ratio.median)) > 1


def quartiles(values: Spread) -> str:
    """The outer quartiles, with as many decimals as the median is shown with.

    >>> quartiles(Spread(0.996, 1.004, 1.012)), quartiles(Spread(9.87, 10.12, 10.2))
    ('1.00 to 1.01', '9.9 to 10.2')
    """
    decimals = _decimals(values.median)
    return f"{values.lower:.{decimals}f} to {values.upper:.{decimals}f}"


def _decimals(value: float) -> int:
    digits = 2 if value < 1 else 3
    exponent = int(f"{value:.{digits - 1}e}".partition("e")[2])
    return max((1 if exponent < 0 else 2) - exponent, 0)
