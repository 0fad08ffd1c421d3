"""The picture that stands for a page where it is shared: its title, and the figure it opens with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from html import escape
from importlib.metadata import version
from textwrap import wrap

import resvg_py

from rnnwb.site.articles import articles
from rnnwb.site.drawing.drawing import to_svg
from rnnwb.site.figures import drawings
from rnnwb.site.kept import kept, place
from rnnwb.site.library import Library
from rnnwb.site.maths.font import whole_font

WIDTH, HEIGHT = 1200, 630
SIDE, BOX = 730, 430
LETTERS = 22
STYLE = """
text { font-family: "STIX Two Math"; fill: currentColor; }
.heading { font-weight: 400; }
.input { fill: #e0f2f1 } .state { fill: #e8eaf6 } .output { fill: #fff3e0 } .loss { fill: #fbe9e7 } .gate { fill: #f0f0f0 }
.kept { fill: #7986cb } .rule { opacity: 0.3 } .off { stroke-dasharray: 2 3; opacity: 0.6 }
.curve-1 { stroke: #3949ab } .curve-3 { stroke: #b3261e } .point { stroke: none; fill: #555 } .bound { stroke-dasharray: 1 3 }
.backward { color: #b3261e } .backward .line { stroke-dasharray: 5 3 }
"""


HOME_FIGURE = "many-to-many"
FOLDER = "assets/social"


def cards(library: Library, site: str, line: str) -> Iterator[tuple[str, bytes]]:
    """The picture of each page, with its path below the site."""
    series = {article.page: article for article in articles(library)}
    last = max((article.series for article in series.values()), default=0)
    for page, front in library.fronts.items():
        article = series.get(page)
        part = f"Part {article.series:g} of {last:g}" if article and article.series else line
        figure = article.figure if article else HOME_FIGURE if page == "index.md" else None
        yield f"{FOLDER}/{page.removesuffix('.md')}.png", card(str(front.get("title") or site), part, site, figure)


def card(title: str, line: str, site: str, figure: str | None = None) -> bytes:
    """A PNG image of the size that social networks ask for.

    Args:
        title: the title of the page.
        line: a line above it, such as its part of the series.
        site: the name of the site.
        figure: the name of a figure, to be shown beside the title.
    """
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/><rect width="18" height="{HEIGHT}" fill="#3949ab"/>',
        _text(line, 150, 34, "#3949ab"),
        *(
            _text(text, 230 + 76 * number, 62, "#1a1a2e")
            for number, text in enumerate(wrap(title, LETTERS if figure else 36))
        ),
        _text(site, 570, 34, "#55596a"),
    ]
    if figure:
        parts.append(_figure(figure))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" color="#1a1a2e">{"".join(parts)}</svg>'
    key = sha256(f"{svg}{STYLE}{version('resvg-py')}{version('ziamath')}".encode()).hexdigest()
    return kept(place("social", title, f"{key}.png"), partial(_png, svg))


def _png(svg: str) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, style_sheet=STYLE, skip_system_fonts=True, font_files=[str(whole_font())], font_family="STIX Two Math"
        )
    )  # fmt: skip


def _text(text: str, y: float, size: float, colour: str) -> str:
    return f'<text x="80" y="{y:g}" font-size="{size:g}" color="{colour}">{escape(text)}</text>'


def _figure(name: str) -> str:
    """The first drawing, scaled to its place on the right."""
    svg = to_svg(drawings(name)[0], "figure", states=False)
    place = f'x="{SIDE}" y="{(HEIGHT - BOX) // 2}" width="{BOX}" height="{BOX}"'
    return re.sub(r' width="[\d.]+" height="[\d.]+"', f" {place}", svg, count=1)
