"""`rnnwb check`: the verdict on every equation of Markdown files, anybody's."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

EXTRA = "rnnwb check needs the extra: pip install 'rnnwb[check]'"
COLUMNS = ("page", "line", "name", "kind", "function", "values", "worst_error", "holds", "message")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: the words after `rnnwb`, by default those of the command line.

    Returns:
        0 if every equation holds, 1 if one is false, 2 if a page is malformed.
    """
    options = _parser().parse_args(arguments)
    try:
        import griffe  # noqa: F401
        import lark  # noqa: F401
        import yaml  # noqa: F401
    except ModuleNotFoundError:
        print(EXTRA, file=sys.stderr)
        return 2
    return _check(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rnnwb", description=__doc__)
    check = parser.add_subparsers(dest="command", required=True).add_parser(
        "check", help="check the equations of pages"
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="Markdown files or folders of them")
    check.add_argument("--json", action="store_true", help="print the verdicts as a JSON list")
    check.add_argument("--seed", type=int, default=0, help="first of the samples (default 0)")
    check.add_argument("--sizes", type=_sizes, default={}, metavar="D=2,H=3", help="values of sizes, all distinct")
    return parser


def _sizes(text: str) -> dict[str, int]:
    pairs = [part.partition("=") for part in text.split(",")]
    if any(not equals or not number.strip().isdigit() for _, equals, number in pairs):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form D=2,H=3,K=4,T=5")
    return {name.strip(): int(number) for name, _, number in pairs}


def _check(options: argparse.Namespace) -> int:
    from rnnwb.equations import EquationError, scan
    from rnnwb.equations.parallel import check_in_parallel

    try:
        book = scan(options.paths)
        verdicts = check_in_parallel(book, options.sizes, options.seed)
        if not verdicts:
            raise EquationError(
                f"{', '.join(options.paths)}: no equation block found\n  mend: write `/// equation | name` around a formula"
            )
    except EquationError as error:
        print(json.dumps([{"message": str(error), "holds": False}]) if options.json else error)
        return 2
    if options.json:
        print(json.dumps([{key: asdict(v)[key] for key in COLUMNS} for v in verdicts], indent=1))
    else:
        from rnnwb.equations.report import report

        print(report(verdicts))
    return 0 if all(v.holds for v in verdicts) else 1
