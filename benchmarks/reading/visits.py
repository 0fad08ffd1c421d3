"""One cold visit of a slow phone to a page, measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1474.56e3 / 8, "uploadThroughput": 675e3 / 8}
SLOWER = 4
PHONE = {"width": 412, "height": 823}

WATCH = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
window.addEventListener("load", () => {
  const look = () => {
    const ready = document.fonts.status === "loaded" && (window.typeset ?? (() => true))();
    requestAnimationFrame(() => ready ? setTimeout(() => { window.finished ??= performance.now(); }) : look());
  };
  look();
});
"""
# The variants that typeset in the page say themselves when they have; what is built is laid out when it is shown.
UNFINISHED = "window.typeset = () => false;"


@dataclass(frozen=True)
class Visit:
    """Milliseconds until everything is laid out, the layout shift, and the kilobytes that came."""

    time: float
    shift: float
    kilobytes: float


def visit(browser: Any, address: str, typesets: bool = False) -> Visit:
    """Open a page with nothing cached."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    received: dict[str, float] = {}
    inline: set[str] = set()
    devtools = context.new_cdp_session(page)
    devtools.on("Network.requestWillBeSent", lambda event: _note_inline(event, inline))
    devtools.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script((UNFINISHED if typesets else "") + WATCH)
    page.goto(address, wait_until="commit")
    while not page.evaluate("window.finished"):
        page.wait_for_timeout(200)
    page.wait_for_load_state("networkidle")
    time, shift = page.evaluate("[window.finished, window.shift]")
    context.close()
    return Visit(time, shift, sum(size for request, size in received.items() if request not in inline) / 1000)


def _note_inline(event: dict[str, Any], inline: set[str]) -> None:
    """What stands in another file, such as a font in a stylesheet, has come with that."""
    if event["request"]["url"].startswith("data:"):
        inline.add(event["requestId"])
