"""How the types of arguments and results stand in the reference."""

from types import SimpleNamespace

import pytest
from small_site import loaded_hook

RESULT = "<b><code>dU</code></b> (              <code>ndarray</code>\n)          –"
ARGUMENT = "(<code>ndarray</code>, default:\n  <code>None</code>\n  )\n  –"


@pytest.mark.parametrize(
    ("page", "result", "argument"),
    [
        (
            "reference/gated-cells.md",
            "<b><code>dU</code></b> (<code>ndarray</code>)          –",
            "(<code>ndarray</code>, default:\n  <code>None</code>)\n  –",
        ),
        ("lstm.md", RESULT, ARGUMENT),
    ],
)
def test_brackets_stand_close_to_a_type_in_the_reference_alone(page: str, result: str, argument: str) -> None:
    place = SimpleNamespace(file=SimpleNamespace(src_uri=page))
    hook = loaded_hook("set_reference")
    assert hook.on_page_content(RESULT, page=place) == result
    assert hook.on_page_content(ARGUMENT, page=place) == argument
