"""Lets Material fetch its search index when a reader opens the search, not with the first page.

The index is heavier than an article. Material itself waits in this way where pages are opened from a folder.
"""

from pathlib import Path

AT_ONCE = '(location.protocol!=="file:")'


def on_post_build(config, **_):
    """Change the one condition in the bundle."""
    for path in Path(config.site_dir).glob("assets/javascripts/bundle.*.min.js"):
        text = path.read_text(encoding="utf-8")
        if text.count(AT_ONCE) != 1:
            raise SystemExit(
                f"{path.name}: Material loads its search index in another way now; see hooks/search_when_asked.py"
            )
        path.write_text(text.replace(AT_ONCE, "(!1)"), encoding="utf-8")
