"""Finishes the built site: feed, pictures, numbers, maths font, MathJax for old browsers, Material mended, files joined, a policy.

No equation depends on it.
"""

import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import mathjax

from rnnwb.site.articles import articles
from rnnwb.site.delivery.joined import join
from rnnwb.site.delivery.material import mend
from rnnwb.site.feed import FILE, rss
from rnnwb.site.library import load
from rnnwb.site.maths.font import characters, reduced_font
from rnnwb.site.parts import parts

MATHJAX = ("mml-chtml.js", "output/chtml/fonts/woff-v2")
INLINE_SCRIPT = re.compile(r"<script>(.+?)</script>", re.DOTALL)
POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)

serving = False


def on_startup(command, **_):
    """Note whether pages are served while they are written: then the server adds a script to each."""
    global serving
    serving = command == "serve"


def on_post_build(config, **_):
    """Run each step on the built files."""
    site = Path(config.site_dir)
    write_feed(config, site)
    write_parts(config, site)
    write_font(site)
    copy_mathjax(site)
    if not serving:
        mend(site)
        join(site)
        set_policy(site)


def write_feed(config, site):
    """Write the articles as an RSS feed."""
    series = articles(load(Path(config.docs_dir)))
    text = rss(series, config.site_url or "", config.site_name, config.site_description)
    (site / FILE).write_text(text, encoding="utf-8")


def write_parts(config, site):
    """Write what comes from the checked pages."""
    for path, content in parts(load(Path(config.docs_dir)), config.site_name, config.site_description):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def write_font(site):
    """Write the font, with the characters of all pages."""
    paths = (*site.rglob("*.html"), *site.glob("assets/numbers/**/*.js"))
    pages = (path.read_text(encoding="utf-8") for path in paths)
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


def set_policy(site):
    """Forbid what no page needs. The same policy holds on every page, since instant navigation keeps the first."""
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    scripts = {script for text in pages.values() for script in INLINE_SCRIPT.findall(text)}
    policy = POLICY.format(scripts=" ".join(sorted(map(hashed, scripts))))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    for path, text in pages.items():
        path.write_text(text.replace("<head>", f"<head>{meta}", 1), encoding="utf-8")


def hashed(script):
    """An inline script as a policy names it."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
