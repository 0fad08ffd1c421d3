"""Copies MathJax from its Python package into the built site, so that no page asks another host."""

import shutil
from pathlib import Path

import mathjax

PARTS = ("tex-chtml.js", "output/chtml/fonts/woff-v2")


def on_post_build(config, **_):
    """Copy the script and its fonts."""
    source = Path(mathjax.__file__).parent / "static/mathjax/es5"
    target = Path(config.site_dir) / "assets/mathjax"
    for part in PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (source / part).is_dir() else shutil.copy
        copy(source / part, target / part, **({"dirs_exist_ok": True} if copy is shutil.copytree else {}))
