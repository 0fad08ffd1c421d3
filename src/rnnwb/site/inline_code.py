"""Code in a sentence that is broken at the end of a line only where a reader expects it."""

from __future__ import annotations

import re
from html import unescape

from markdown.postprocessors import Postprocessor

SHORT = 24  # characters, that a line of a phone holds beside other words
IN_A_SENTENCE = re.compile(r"(?<!</span>)(?<!<pre>)<code>([^<>\n]+)</code>")
BREAKS = re.compile(r"[^\w.]")
DOT = re.compile(r"(?<=\w)\.(?=\w)")


class InlineCode(Postprocessor):
    """Keeps short code on one line, and breaks long dotted names after a dot."""

    def run(self, text: str) -> str:
        """Mark the code in the sentences of a page."""
        return IN_A_SENTENCE.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    code = found[1]
    if len(unescape(code)) > SHORT:
        return f"<code>{DOT.sub('.<wbr>', code)}</code>"
    return f'<code class="kept">{code}</code>' if BREAKS.search(unescape(code)) else found[0]
