"""Finishes the built site: feed, pictures for sharing, the maths font, MathJax for old browsers, and a rule of Material's taken out.

No equation depends on it.
"""

import re
import shutil
from pathlib import Path

import mathjax

from rnnwb.site.articles import articles
from rnnwb.site.feed import FILE, rss
from rnnwb.site.library import load
from rnnwb.site.maths.font import characters, reduced_font
from rnnwb.site.social import cards

MATHJAX = ("mml-chtml.js", "output/chtml/fonts/woff-v2")
SWITCHING = re.compile(r"\[data-md-color-switching\] \*[^}]*\}")


def on_post_build(config, **_):
    """Run each step on the built files."""
    site = Path(config.site_dir)
    write_feed(config, site)
    write_cards(config, site)
    write_font(site)
    copy_mathjax(site)
    mend_palette(site)


def write_feed(config, site):
    """Write the articles as an RSS feed."""
    series = articles(load(Path(config.docs_dir)))
    text = rss(series, config.site_url or "", config.site_name, config.site_description)
    (site / FILE).write_text(text, encoding="utf-8")


def write_cards(config, site):
    """Draw the picture that stands for each page where it is shared."""
    for path, image in cards(load(Path(config.docs_dir)), config.site_name, config.site_description):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(image)


def write_font(site):
    """Write the font, with the characters of all pages."""
    pages = (path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    shown = frozenset().union(*map(characters, pages))
    (site / "assets/maths.woff2").write_bytes(reduced_font(shown))


def copy_mathjax(site):
    """Copy MathJax and its fonts from the Python package, for browsers without MathML."""
    source = Path(mathjax.__file__).parent / "static/mathjax/es5"
    for part in MATHJAX:
        target = site / "assets/mathjax" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target, dirs_exist_ok=True)
        else:
            shutil.copy(source / part, target)


def mend_palette(site):
    """Take out the rule that styles every element anew while the page loads."""
    for path in site.glob("assets/stylesheets/palette.*.css"):
        text = path.read_text(encoding="utf-8")
        path.write_text(SWITCHING.sub("", text), encoding="utf-8")
