"""Sets the types in the reference close to their brackets, where the templates leave line ends between them."""

import re

OPENING, CLOSING = re.compile(r"\(\s+(?=<code>)"), re.compile(r"(?<=</code>)\s+\)")


def on_page_content(html, page, **_):
    """Leave no bracket by itself, at the end of a line or at its beginning."""
    return CLOSING.sub(")", OPENING.sub("(", html)) if page.file.src_uri.startswith("reference/") else html
