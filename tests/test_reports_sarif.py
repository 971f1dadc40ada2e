"""SARIF 2.1.0."""

import json
from pathlib import Path

import pytest
from _reports_data import CANARY, PROBLEM, TEXT, canary_report, finding, report, write

from notelint.reports.sarif import uri


def run(*reports, **options):
    log = json.loads(write("sarif", *reports, **options))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert len(log["runs"]) == 1
    assert log["runs"][0]["columnKind"] == "utf16CodeUnits"
    return log["runs"][0]


def located(one):
    return run(one)["results"][0]["locations"][0]


def test_rules_come_from_the_catalog():
    driver = run()["tool"]["driver"]
    assert driver["name"] == "notelint"
    assert driver["rules"][0] == {
        "id": "NL101",
        "name": "missing-why-now",
        "shortDescription": {"text": "Why now"},
        "fullDescription": {"text": "A reviewer looks for: why now."},
        "helpUri": "https://example.org/NL101",
        "defaultConfiguration": {"level": "warning", "enabled": True},
    }
    off = driver["rules"][7]
    assert (off["id"], off["defaultConfiguration"]) == ("NL108", {"level": "note", "enabled": False})


def test_every_finding_is_a_result():
    whole = run(report(), report(id="b"))
    assert len(whole["results"]) == 8
    for result in whole["results"]:
        assert whole["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first, last = whole["results"][0], whole["results"][3]
    assert first["message"] == {"text": "What still limits her, and why does care go on?"}
    assert first["properties"] == {"shown": True, "element": "progress_response", "need": "need"}
    assert (last["level"], last["properties"]["shown"]) == ("note", False)
    place = first["locations"][0]
    assert place == {
        "physicalLocation": {"artifactLocation": {"uri": "march/note%207.txt"}, "region": {"startLine": 1}}
    }


def test_columns_are_utf16_units_and_crlf_is_one_end():
    text = "x\r\n😔😔 " + TEXT.replace("\n", "\r\n")
    quote = "O: Tense, restless"
    start = text.index(quote)
    found = finding("NL102", start=start, end=start + len(quote))
    one = report(text).model_copy(update={"findings": (found,)})
    region = located(one)["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 19}
    found = finding("NL102", start=text.index("S: Client"), end=start)
    region = located(one.model_copy(update={"findings": (found,)}))["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 6, "endLine": 3, "endColumn": 1}


def test_a_note_behind_front_matter_begins_there():
    one = report("type: x\n---\n" + TEXT, body_start=12)
    assert located(one)["physicalLocation"]["region"] == {"startLine": 3}


def test_a_record_of_a_file_is_its_line():
    for result in run(report(path="all.jsonl", line=12))["results"]:
        assert result["locations"] == [
            {
                "physicalLocation": {"artifactLocation": {"uri": "all.jsonl"}, "region": {"startLine": 12}},
                "logicalLocations": [{"name": "note-7", "kind": "note"}],
            }
        ]


def test_a_note_without_a_file():
    assert located(report(path="", id="")) == {"logicalLocations": [{"name": "note", "kind": "note"}]}


def test_an_unknown_rule_has_no_index():
    one = report().model_copy(update={"findings": (finding("NL102").model_copy(update={"code": "ACME101"}),)})
    assert "ruleIndex" not in run(one)["results"][0]


def test_problems():
    assert run()["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    invocation = run(report(), problems=(PROBLEM, PROBLEM.model_copy(update={"path": "", "line": None})))[
        "invocations"
    ][0]
    first, second = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert first == {
        "descriptor": {"id": "E301"},
        "level": "error",
        "message": {"text": "This line is no JSON. Mend it."},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "march/b.txt"}, "region": {"startLine": 3}}}],
    }
    assert second["locations"] == []


def test_no_text_of_the_note():
    text = write("sarif", canary_report(), quotes=False)
    assert CANARY.lower() not in text.lower()
    one = report()
    text = write("sarif", one)
    assert not any(evidence.text in text for element in one.elements for evidence in element.evidence)


def test_an_ask_is_no_link_and_steers_nothing():
    one = report().model_copy(update={"findings": (finding("NL102", ask="[go](http://x)\x1b[31m\u202e!"),)})
    assert run(one)["results"][0]["message"]["text"] == "[go] (http://x)!"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("a b/ü#?.txt", "a%20b/%C3%BC%23%3F.txt"),
        ("c:d.txt", "c%3Ad.txt"),
        ("./a.txt", "a.txt"),
        ("bad\udcff", "bad%FF"),
    ],
)
def test_relative_uri(path, address):
    assert uri(path) == address


def test_absolute_uri():
    path = Path.cwd() / "a b.txt"
    assert uri(str(path)) == path.as_uri()
