"""All stylesheets of the site in one file with the font, and all scripts in another, so that a first visit asks for few.

With the font in the stylesheet no formula is laid out before the font is there, and nothing moves when it comes. The
head announces the script, which stands at the end of a long page, so that it is fetched while the page still comes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rnnwb.site.delivery.names import names
from rnnwb.site.delivery.styles import used_rules

ASSETS = "assets"
FONT = re.compile(r'url\("(?P<file>[\w.-]+\.woff2)"\)')
MAP = re.compile(r"(?:/\*|//)# sourceMappingURL=.*")


@dataclass(frozen=True)
class Kind:
    """Files of one kind, how a page asks for one, and how its head says that it will."""

    ending: str
    tag: re.Pattern[str]
    written: str
    early: str = ""


STYLES = Kind(
    "css",
    re.compile(r'<link rel="stylesheet" href="(?P<base>[^"]*?)assets/(?P<file>[^"]+)">'),
    '<link rel="stylesheet" href="{base}assets/{file}">',
)
SCRIPTS = Kind(
    "js",
    re.compile(r'<script src="(?P<base>[^"]*?)assets/(?P<file>[^"]+)"></script>'),
    '<script src="{base}assets/{file}"></script>',
    '<link rel="preload" href="{base}assets/{file}" as="script">',
)


def join(site: Path) -> None:
    """Join the files of each kind in the order in which the pages ask for them.

    Raises:
        ValueError: if two pages ask for different files.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    scripts = _text(site, _asked(SCRIPTS, pages))
    modules = [path.read_text(encoding="utf-8") for path in (site / ASSETS).glob("*.js")]
    parts = [path.read_text(encoding="utf-8").replace(r"\"", '"') for path in (site / ASSETS / "numbers").rglob("*.js")]
    used = names([*pages.values(), *parts], [scripts, *modules])
    styles = used_rules(_text(site, _asked(STYLES, pages)), used)
    for kind, text in ((STYLES, styles), (SCRIPTS, scripts)):
        _replace(site, kind, text, pages)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")


def _asked(kind: Kind, pages: dict[Path, str]) -> tuple[str, ...]:
    """The files that the pages ask for; parts of pages ask for none."""
    found = {tuple(match["file"] for match in kind.tag.finditer(text)): path for path, text in pages.items()}
    found.pop((), None)
    if len(found) != 1:
        raise ValueError(
            f"pages ask for different files of the kind {kind.ending}: {', '.join(map(str, found.values()))}"
        )
    return next(iter(found))


def _text(site: Path, files: Iterable[str]) -> str:
    texts = ((site / ASSETS / file).read_text(encoding="utf-8") for file in files)
    return FONT.sub(lambda font: f"url({_data(site / ASSETS / font['file'])})", MAP.sub("", "\n".join(texts)))


def _data(font: Path) -> str:
    return f"data:font/woff2;base64,{b64encode(font.read_bytes()).decode()}"


def _replace(site: Path, kind: Kind, text: str, pages: dict[Path, str]) -> None:
    """Write the joined file, ask for it on each page in the place of the first, and delete the others."""
    for file in _asked(kind, pages):
        (site / ASSETS / file).unlink()
    name = f"site.{sha256(text.encode()).hexdigest()[:8]}.{kind.ending}"
    (site / ASSETS / name).write_text(text, encoding="utf-8")
    for path, page in pages.items():
        if first := kind.tag.search(page):
            asks, announces = (text.format(base=first["base"], file=name) for text in (kind.written, kind.early))
            start, end = page[: first.start()], kind.tag.sub("", page[first.end() :])
            pages[path] = start.replace("</head>", f"{announces}</head>") + asks + end
