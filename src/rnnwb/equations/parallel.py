"""A large book checked on several processors, a page at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from rnnwb.equations.check import check, page_verdicts
from rnnwb.equations.pages import Library
from rnnwb.equations.scan import Book
from rnnwb.equations.verdict import Verdict

FEW = 150


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
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        pages = pool.map(partial(_page, book, seed), range(len(book.pages)))
        return [verdict for page in pages for verdict in page]


def _page(book: Book, seed: int, number: int) -> list[Verdict]:
    return page_verdicts(Library(book), book.pages[number], None, seed, None)
