"""Executable equations: pages are read, their TeX evaluated, and every equals sign tested."""

from rnnwb.equations.annotate import Mark, annotate, argument_names
from rnnwb.equations.blocks import Block
from rnnwb.equations.check import Checker, check
from rnnwb.equations.instance import Instance, Instances
from rnnwb.equations.pages import Chapter, Library, symbols
from rnnwb.equations.scan import Book, Page, scan
from rnnwb.equations.source import EquationError
from rnnwb.equations.symbols import Symbol
from rnnwb.equations.verdict import Verdict

__all__ = [
    "Block", "Book", "Chapter", "Checker", "EquationError", "Instance", "Instances", "Library", "Mark", "Page", "Symbol", "Verdict",
    "annotate", "argument_names", "check", "scan", "symbols",
]  # fmt: skip
