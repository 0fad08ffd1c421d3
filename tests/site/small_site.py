"""A small site to render: pages in, HTML out; and the hooks of the large one."""

import importlib.util
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from markdown import Markdown

SYMBOLS = r"""
/// symbols

| symbol | entry | shape | values | meaning |
|---|---|---|---|---|
| $K$ | | | size | number of classes |
| $j, k$ | | | $1, \dots, K$ | a class |
| $Y$ | $Y^k$ | $K$ | | logits |
| $P$ | $P^k$ | $K$ | $(0, 1)$ | probabilities |
| $C$ | $C^k$ | $K$ | simplex | target |
| $E$ | | | | loss |
///
"""

SOFTMAX = r"""
/// define | probabilities
    function: rnnwb.feedforward.probabilities

P^k = \frac{\exp(Y^k)}{\sum_{j=1}^{K} \exp(Y^j)}
///

/// define | loss
    function: rnnwb.feedforward.cross_entropy

E = -\sum_{k=1}^{K} C^k \log(P^k)
///
"""

GRADIENT = r"""
/// equation | gradient
    function: rnnwb.feedforward.logits_gradient

\frac{\partial E}{\partial Y^k} = P^k - C^k
///
"""

LOST_SUM = r"""
/// false | lost-sum
    function: rnnwb.feedforward.logits_gradient
    fails: 1 <= k

\frac{\partial E}{\partial Y^k} = P^k + C^k
///
"""

MODEL = SYMBOLS + SOFTMAX
HOOKS = Path(__file__).parents[2] / "hooks"


def loaded_hook(name: str) -> ModuleType:
    """A hook of the site, as MkDocs loads it."""
    spec = importlib.util.spec_from_file_location(name, HOOKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Site:
    """A folder of pages and a way to render them."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        docs.mkdir()

    def write(self, page: str, text: str, **front: object) -> None:
        """Add a page; keyword arguments are its front matter."""
        lines = [f"{key}: {value}" for key, value in front.items()]
        head = "\n".join(["---", *lines, "---", ""]) if lines else ""
        path = self.docs / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + dedent(text), encoding="utf-8")

    def render(self, page: str) -> str:
        """The HTML of a page, as a builder makes it: front matter cut off."""
        text = (self.docs / page).read_text(encoding="utf-8")
        if text.startswith("---\n"):
            text = text.split("---\n", 2)[2]
        return self.convert(text)

    def convert(self, text: str) -> str:
        """The HTML of any text."""
        options = {"rnnwb.site": {"docs": str(self.docs)}}
        return Markdown(extensions=["rnnwb.site"], extension_configs=options).convert(text)
