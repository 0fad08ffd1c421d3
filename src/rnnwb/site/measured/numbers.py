"""How many digits are shown."""


def number(value: float) -> str:
    """Two digits that count, three from 1 on.

    >>> number(0.0278), number(0.684), number(1.234), number(2360.4)
    ('0.028', '0.68', '1.23', '2360')
    """
    digits = 2 if value < 1 else 3
    return f"{value:.0f}" if value >= 100 else f"{float(f'{value:.{digits}g}'):#.{digits}g}"
