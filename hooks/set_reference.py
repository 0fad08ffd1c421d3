"""Sets names and types in the reference so that they stay in one piece, and says where each of them stands."""

import re

OPENING, CLOSING = re.compile(r"\(\s+(?=<code>)"), re.compile(r"(?<=</code>)\s+\)")
HEADING = re.compile(r'<h\d id="(?P<home>[\w.]+)\.\w+" class="doc doc-heading">.*?</h\d>', re.DOTALL)
DESCRIBED = re.compile(r"doc-(?:function|class)-name")
CLASS = re.compile(r"\.[A-Z]\w*$")
NAME = re.compile(r'(?<=-name">)[\w.]+(?=</span>)')


def on_page_content(html, page, **_):
    """Leave no bracket by itself, at the end of a line or at its beginning, and break a name nowhere but after its words."""
    if not page.file.src_uri.startswith("reference/"):
        return html
    return HEADING.sub(_set, CLOSING.sub(")", OPENING.sub("(", html)))


def _set(heading):
    named = NAME.sub(lambda name: name[0].replace("_", "_<wbr>"), heading[0])
    if not DESCRIBED.search(named) or CLASS.search(heading["home"]):
        return named
    return f'{named}\n<p class="doc-home" data-search-exclude=""><code>{heading["home"]}</code></p>'
