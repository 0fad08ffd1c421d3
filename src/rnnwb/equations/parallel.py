"""A large book checked on several processors, a page at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rnnwb.equations.check import check, page_verdicts
from rnnwb.equations.pages import Library
from rnnwb.equations.scan import Book
from rnnwb.equations.verdict import Verdict

FEW = 150

_library: Library
_seed: int


def check_in_parallel(book: Book, sizes: Mapping[str, int], seed: int = 0) -> list[Verdict]:
    """What `check` returns, computed on all processors where the book is large and nothing is left to choose.

    Args:
        book: what `scan` returned.
        sizes: values for sizes; with any, the book is checked in one process.
        seed: first of the samples.

    Raises:
        EquationError: as `check` does, for the first page that cannot be given a meaning.
    """
    workers = os.cpu_count() or 1
    if sizes or workers == 1 or sum(1 for _ in book.blocks()) < FEW:
        return check(book, sizes, seed)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _open, (book, seed)) as pool:
        longest_first = sorted(book.pages, key=lambda page: -len(page.blocks))
        found = {page.path: pool.submit(_verdicts, page.path) for page in longest_first}
        return [verdict for page in book.pages for verdict in found[page.path].result()]


def _open(book: Book, seed: int) -> None:
    """Let a process know the book; it ends before it is worth while to look for objects that hold each other."""
    global _library, _seed
    gc.disable()
    _library, _seed = Library(book), seed


def _verdicts(path: Path) -> list[Verdict]:
    return page_verdicts(_library, _library.pages[path.resolve()], None, _seed, None)
