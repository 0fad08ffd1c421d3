"""The verdicts of pages, kept while neither the page, nor what it inherits, nor the package changes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import rnnwb.equations as engine
from rnnwb.equations.parallel import check_in_parallel

_known: dict[str, list[engine.Verdict]] = {}


def verdicts(book: engine.Book, package: str) -> list[engine.Verdict]:
    """The verdict on every equation of a book; only pages that are new or changed are checked.

    Args:
        book: what `scan` returned.
        package: the digest of the code that judges and is judged.

    Raises:
        EquationError: for a page that cannot be given a meaning.
    """
    pages = {page.path.resolve(): page for page in book.pages}
    keys = {page.name: _key(path, pages, package) for path, page in pages.items()}
    new = [page for page in book.pages if keys[page.name] not in _known]
    found = check_in_parallel(engine.Book(tuple(new)), {})
    _known.update({keys[page.name]: [each for each in found if each.page == page.name] for page in new})
    return [verdict for page in book.pages for verdict in _known[keys[page.name]]]


def _key(path: Path, pages: dict[Path, engine.Page], package: str) -> str:
    """The digest of a page's name and text, of the pages that it inherits, and of the package."""
    read: dict[Path, str] = {}
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one not in read and one.is_file():
            read[one] = f"{one}\0{one.read_text(encoding='utf-8')}\0"
            waiting += pages[one].inherits if one in pages else engine.scan([one]).pages[0].inherits
    return sha256("".join([pages[path].name, package, *read.values()]).encode()).hexdigest()
