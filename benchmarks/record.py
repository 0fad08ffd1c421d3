"""The record of a run as JSON that is small and reads well: a line for each result, numbers of four digits."""

from __future__ import annotations

import json
from typing import Any

DIGITS = 4


def as_json(record: dict[str, Any]) -> str:
    """The record, with a line for each result.

    >>> print(as_json({"date": "today", "ratios": [{"seconds": 0.123456}]}), end="")
    {
      "date": "today",
      "ratios": [
        {"seconds": 0.1235}
      ]
    }
    """

    def line(value: Any) -> str:
        return json.dumps(rounded(value), ensure_ascii=False)

    parts = []
    for key, value in record.items():
        rows = (
            "[\n" + ",\n".join("    " + line(row) for row in value) + "\n  ]"
            if isinstance(value, list)
            else line(value)
        )
        parts.append(f'  "{key}": {rows}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def rounded(value: Any) -> Any:
    """The same with every float to four digits."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return [rounded(part) for part in value] if isinstance(value, list | tuple) else value
