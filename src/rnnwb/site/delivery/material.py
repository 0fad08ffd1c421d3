"""What is changed in Material's files so that a page is there sooner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

STYLES, PALETTE = "assets/stylesheets/main.*.css", "assets/stylesheets/palette.*.css"
SCRIPT = "assets/javascripts/bundle.*.min.js"


@dataclass(frozen=True)
class Change:
    """A replacement, the places that it has in a file, and the reason."""

    files: str
    pattern: str
    replacement: str
    reason: str
    places: int = 1


CHANGES = (
    Change(
        PALETTE,
        r"\[data-md-color-switching\] \*[^}]*\}",
        "",
        "styles every element anew while the page loads",
    ),
    Change(
        STYLES,
        r"table:not\(\[class\]\) (t[dh]>:(?:first|last)-child)",
        r"table \1",
        "styles every element anew when the class of any element around them changes",
        places=4,
    ),
    Change(
        SCRIPT,
        r"(\w+)\.content=(\w+)\.colorScheme,",
        r'(\1.content||"light")!==\2.colorScheme&&(\1.content=\2.colorScheme),',
        "styles every element anew, even where the colours stay light",
    ),
    Change(
        SCRIPT,
        r'"\[href\], \[src\]"',
        '"[href]:not([rel=stylesheet]), [src]"',
        "reads the stylesheet again to make its address absolute, and lays out everything anew",
        places=2,
    ),
    Change(
        SCRIPT,
        r"\.set\((\w+)\.outerHTML,\1\)",
        r'.set(\1.sheet?.href||(\1.rel==="stylesheet"?\1.href:\1.outerHTML),\1)',
        "knows a stylesheet on the next page by how its address is written",
    ),
    Change(
        SCRIPT,
        r'\(location\.protocol!=="file:"\)',
        "(false)",
        "fetches the search index, which is heavier than an article, with the first page; otherwise when search is opened",
    ),
    Change(
        SCRIPT,
        r'(\w+\("navigation\.instant"\)&&\w+\(\{sitemap\$)',
        r'location.protocol!=="file:"&&\1',
        "lets no script know of a page that was opened as a file",
    ),
    Change(
        SCRIPT,
        r"=new Worker\((\w+)\)",
        "=Object.assign(new EventTarget,{postMessage(message){"
        r"this.worker??=Object.assign(new Worker(\1),{onmessage:event=>"
        'this.dispatchEvent(new MessageEvent("message",{data:event.data}))});this.worker.postMessage(message)}})',
        "starts the worker that searches with the first page; otherwise with the first message to it",
    ),
)


def mend(site: Path) -> None:
    """Change Material's files in a built site.

    Raises:
        ValueError: if Material has changed, so that a place is not found as often as it was.
    """
    for change in CHANGES:
        for path in site.glob(change.files):
            text, found = re.subn(change.pattern, change.replacement, path.read_text(encoding="utf-8"))
            if found != change.places:
                raise ValueError(
                    f"{path.name} has {found} places like {change.pattern}, which {change.reason}: has Material changed?"
                )
            path.write_text(text, encoding="utf-8")
