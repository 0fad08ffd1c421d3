"""The longest article as built, and the same page empty or with its formulas left to the browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import mathjax

MATHS = re.compile(r'<math\b([^>]*\balttext="([^"]*)"[^>]*)>.*?</math>', re.DOTALL)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
FONT = re.compile(r"@font-face\s*\{[^}]*\}")
STYLE = re.compile(r'(<link rel="stylesheet" href=")([^"]*)(site\.\w+\.css">)')
ARTICLE = re.compile(r"(<article class=\"md-content__inner md-typeset\">).*(</article>)", re.DOTALL)

MATHJAX = """<script>
window.MathJax = {
  options: {ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex"},
  startup: {pageReady: () => MathJax.startup.defaultPageReady().then(() => window.typeset = () => true)},
};
</script>
<script async src="../../LIBRARY/tex-chtml.js"></script>
"""
KATEX = """<link rel="stylesheet" href="../../LIBRARY/katex.min.css">
<script defer src="../../LIBRARY/katex.min.js"></script>
<script defer src="../../LIBRARY/contrib/auto-render.min.js"
  onload="renderMathInElement(document.body); window.typeset = () => true"></script>
"""


def longest(site: Path) -> str:
    """The article with the most formulas."""
    pages = {path.parent.name: path.read_text(encoding="utf-8") for path in site.glob("*/index.html")}
    return max(pages, key=lambda name: pages[name].count("<math"))


def add_variants(site: Path) -> dict[str, str]:
    """Write the variants beside the built pages.

    Returns:
        The address of each below the site.
    """
    page = longest(site)
    built = (site / page / "index.html").read_text(encoding="utf-8")
    texts = {"empty": ARTICLE.sub(r"\1<h1>Empty</h1>\2", built)}
    texts["MathJax in the browser"] = _with(built, MATHJAX, _copy_mathjax(site))
    if katex := _copy_katex(site):
        texts["KaTeX in the browser"] = _with(built, KATEX, katex)
    addresses = {"as built": f"{page}/"}
    _write_style(site)
    for name, text in texts.items():
        folder = site / "variants" / name.split()[0].lower()
        folder.mkdir(parents=True, exist_ok=True)
        moved = re.sub(r'"\.\.(?=[/"])', '"../..', text).replace('"../../../../', '"../../')
        (folder / "index.html").write_text(STYLE.sub(r"\1../\3", POLICY.sub("", moved)), encoding="utf-8")
        addresses[name] = folder.relative_to(site).as_posix() + "/"
    return addresses


def _write_style(site: Path) -> None:
    """The stylesheet without the maths font, which the variants do not use."""
    (style,) = site.glob("assets/site.*.css")
    folder = site / "variants"
    folder.mkdir(exist_ok=True)
    (folder / style.name).write_text(FONT.sub("", style.read_text(encoding="utf-8")), encoding="utf-8")


def _with(built: str, head: str, library: str) -> str:
    """The page with TeX in place of MathML, and what typesets it."""
    page = MATHS.sub(_tex, built)
    return page.replace("</head>", head.replace("LIBRARY", library) + "</head>")


def _tex(match: re.Match[str]) -> str:
    start, end = (r"\[", r"\]") if 'display="block"' in match[1] else (r"\(", r"\)")
    assert unescape(match[2])
    return f'<span class="arithmatex">{start}{match[2]}{end}</span>'


def _copy_mathjax(site: Path) -> str:
    source = Path(mathjax.__file__).parent / "static/mathjax/es5"
    shutil.copytree(source, site / "variants/libraries/mathjax", dirs_exist_ok=True)
    return "variants/libraries/mathjax"


def _copy_katex(site: Path) -> str | None:
    """KaTeX from its package for node, where npm is installed."""
    if not shutil.which("npm"):
        return None
    folder = site / "variants/libraries"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), "katex"], check=True)
    return "variants/libraries/node_modules/katex/dist"
