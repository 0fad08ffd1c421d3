"""The Performance page: what it shows is what the record holds, and a record that is not one is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from small_site import Site

from benchmarks.peers import PEERS as MEASURED_PEERS
from rnnwb.site.library import PageError
from rnnwb.site.measured import lists, names, record, tables
from rnnwb.site.measured.facts import deviation, facts
from rnnwb.site.measured.record import Memory, Ratio, Record, Spread, Time, load

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
ROW = {
    "peer": "jax_scan", "cell": "tanh", "H": 16, "T": 20, "B": 1, "D": 8, "K": 8, "dtype": "float64",
    "ours": [1e-4, 2e-4, 3e-4], "theirs": [2e-4, 4e-4, 5e-4], "ratio": [0.4, 0.5, 0.625], "rounds": 9, "clock": "cpu",
    "difference": 3e-15, "first_call": 0.75,
}  # fmt: skip
SMALL: dict[str, Any] = {"date": "2026-01-02", "commit": "abc", "machine": {"processor": "a processor"}}
SMALL |= {"long": {"H": 3, "D": 4, "K": 5, "B": 2, "dtype": "float32", "chunk": 6}}
SMALL |= {
    "ratios": [
        ROW,
        ROW | {"dtype": "float32", "ratio": [1.1, 1.234, 1.4]},
        {"peer": "torch_loop", "missing": "not installed: torch"},
    ],
    "times": [
        {"way": way, "T": T, "seconds": [T * 1e-5] * 3, "ratio_to": "all_at_once", "ratio": [1, 1, 1]}
        for way in names.OURS
        for T in (100, 1000)
    ],
    "memory": [{"way": "checkpoints", "T": 1000, "mebibytes": 6.24}],
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "record.json"
    path.write_text(json.dumps(SMALL | changes), encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A small record in the place of the real one."""
    monkeypatch.setattr(record, "RECORD", written(tmp_path))
    monkeypatch.setattr(load, "__defaults__", (record.RECORD,))
    return load()


def test_a_record_is_read_as_it_stands(small: Record) -> None:
    assert len(small.ratios) == 2
    assert small.ratios[0] == Ratio(
        **{**ROW, **{key: Spread(*ROW[key]) for key in ("ours", "theirs", "ratio")}}  # type: ignore[arg-type,misc]
    )
    assert small.times[0] == Time("all_at_once", 100, Spread(1e-3, 1e-3, 1e-3), "all_at_once", Spread(1, 1, 1))
    assert small.memory == [Memory("checkpoints", 1000, 6.24)]
    assert small.missing == [{"peer": "torch_loop", "missing": "not installed: torch"}]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ratios": None}, r"without \['ratios'\]"),
        ({"note": "more"}, "not a record"),
        ({"ratios": [ROW | {"speed": 1}]}, "not a row of Ratio"),
        ({"ratios": [{key: ROW[key] for key in ROW if key != "ratio"}]}, "not a row of Ratio"),
        ({"ratios": [ROW | {"ratio": [0.6, 0.5, 0.4]}]}, "quartiles are in order"),
        ({"ratios": [ROW | {"ratio": [0.5, 0.6]}]}, "not a row of Ratio"),
        ({"ratios": [ROW | {"difference": float("nan")}]}, "nothing is below 0"),
        ({"memory": [{"way": "checkpoints", "T": 1000, "mebibytes": -1.0}]}, "nothing is below 0"),
    ],
)
def test_what_is_no_record_is_refused(changes: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        load(written(tmp_path, **changes))


def test_a_table_shows_the_ratios_with_their_quartiles(small: Record) -> None:
    faster = ElementTree.fromstring(tables.table("tanh-float64"))
    (row,) = [row for row in faster.iter("tr") if row[0].text == "JAX scan"]
    assert ["".join(cell.itertext()) for cell in row] == ["JAX scan", "0.50" + "0.40 to 0.62"]
    assert row[1].get("class") is None
    slower = ElementTree.fromstring(tables.table("tanh-float32"))
    assert [cell.text for cell in slower.iter("td") if cell.get("class") == "measured__slower"] == ["1.23"]


def test_what_is_shown_as_a_tie_counts_as_slower_nowhere(tmp_path: Path) -> None:
    tie, loss = ROW | {"ratio": [0.99, 1.004, 1.01]}, ROW | {"dtype": "float32", "ratio": [0.99, 1.006, 1.02]}
    found = load(written(tmp_path, ratios=[tie, loss]))
    assert [row.attrib.get("class") for row in _cells(found, "tanh-float64")] == [None]
    assert [row.attrib.get("class") for row in _cells(found, "tanh-float32")] == ["measured__slower"]
    assert facts(found)["slower"] == "1"
    assert lists.slower(found).count("<li>") == 1


def _cells(found: Record, name: str) -> list[ElementTree.Element]:
    return [cell for cell in ElementTree.fromstring(tables.TABLES[name](found)).iter("td") if cell.text != "–"]


@pytest.mark.parametrize("name", tables.tables())
def test_both_quartiles_have_the_decimals_of_their_median(name: str) -> None:
    cells = [cell for cell in ElementTree.fromstring(tables.table(name)).iter("td") if cell.find("small") is not None]
    for cell in cells:
        numbers = [cell.text or "", *(cell.findtext("small") or "").split(" to ")]
        assert len({len(number.partition(".")[2]) for number in numbers}) == 1, numbers
    assert bool(cells) == (name in {"tanh-float64", "tanh-float32", "gated", "products"})


def test_lists_name_what_is_slower_and_what_is_missing(small: Record) -> None:
    assert "<li>JAX scan, tanh, H16\u00a0T20\u00a0B1, float32:\u00a01.23</li>" in lists.slower(small)
    assert "<li>PyTorch loop: not installed: torch</li>" in lists.missing(small)
    case = {**ROW, "peer": "torch_compiled", "missing": "too long"}
    assert "torch.compile, tanh, H16\u00a0T20\u00a0B1, float64: too long" in lists.missing(
        Record("", "", {}, {}, [], [], [], [case])
    )


def test_numbers_in_the_text_come_from_the_record(small: Record, site: Site) -> None:
    site.write("page.md", "In [](measured:slower) of [](measured:comparisons), on [](measured:date).\n")
    assert re.sub("<[^>]*>", "", site.render("page.md")) == "In 1 of 2, on 2 January 2026."
    assert facts(small)["memory-checkpoints"] == "6.24"
    assert facts(small)["difference-float64"] == "3e-15"
    assert facts(small)["long-H"] == "3"
    assert facts(small)["checkpoints-of-states_kept"] == "1.00"


def test_a_number_or_table_that_does_not_exist_is_refused(small: Record, site: Site) -> None:
    site.write("number.md", "In [](measured:speed).\n")
    with pytest.raises(PageError, match=r"number.md:1: nothing measured is called speed; there are date"):
        site.render("number.md")
    site.write("table.md", "![](measured:speed)\n")
    with pytest.raises(PageError, match=r"there is no figure speed; there are first-calls"):
        site.render("table.md")


def test_a_bend_in_the_times_is_found(small: Record) -> None:
    assert deviation(small, "checkpoints") < 1e-9
    seconds = [(10, 1.0), (100, 10.0), (1000, 150.0), (10_000, 1000.0)]
    bent = [Time("ours", T, Spread(s, s, s), "ours", Spread(1, 1, 1)) for T, s in seconds]
    assert 0.1 < deviation(Record("", "", {}, {}, [], bent, [], []), "ours") < 0.5


def test_the_page_builds_from_the_record_of_the_last_run(site: Site) -> None:
    text = PAGE.read_text(encoding="utf-8")
    site.write("performance.md", text.split("---\n", 2)[2])
    html = site.render("performance.md")
    assert html.count("<table") + html.count("measured__list") == text.count("](measured:") - len(
        re.findall(r"(?<!!)\[\]\(measured:", text)
    )
    assert "measured:" not in html
    assert html.count("<svg") == len(names.PEERS) + 1 + 2


def test_every_table_is_shown_and_no_number_of_a_measurement_is_typed() -> None:
    text = PAGE.read_text(encoding="utf-8").split("---\n", 2)[2]
    shown = re.findall(r"(?m)^!\[[^\]]*\]\(measured:([\w-]+)\)$", text)
    assert sorted(shown) == tables.tables()
    prose = re.sub(r"(?s)```.*?```", "", text)
    assert re.findall(r"\d+[.,]\d+|\d+ ?(?:%|MiB|µs|ms|times)", prose) == []


def test_every_peer_of_the_benchmarks_has_a_name_on_the_page() -> None:
    assert set(names.PEERS) == set(MEASURED_PEERS)
