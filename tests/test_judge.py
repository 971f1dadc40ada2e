"""The judge: the policy to the letter, doubt in the clinician's favor, few questions, the most valuable first."""

import importlib.util
import itertools

import pytest
from _core import ROOT, evidence, sentences

from notelint.catalog import Applies, Catalog, Check, Need, Partial, load_catalog
from notelint.config import Config
from notelint.judge import MAX_NOT_COUNTED, judge, status_of
from notelint.records import GAPS, Goal, Note, Plan

TYPES = ("individual", "group", "family", "intake", "medication", "other", None)
SHIPPED = load_catalog()
NOTE = Note(text="Pt. seen. " * 30, type="individual")


def policy():
    spec = importlib.util.spec_from_file_location("policy", ROOT / "tests" / "benchmark" / "policy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


POLICY = policy()


def every_set(parts):
    return (set(found) for size in range(len(parts) + 1) for found in itertools.combinations(parts, size))


def check(*needs, code="ACME101", partial=None, level="warning", weight=1.0, **applies):
    """A check with a need for each of `needs`: its parts, separated by spaces."""
    template = SHIPPED.get("NL101")
    return template.model_copy(
        update={
            "code": code,
            "name": f"check-{code.lower()}",
            "element": code.lower(),
            "title": "Title",
            "level": level,
            "weight": weight,
            "needs": tuple(
                Need(name=parts, any_of=tuple(parts.split()), ask="{{ patient }}?", starter="[x] {{ goal }}")
                for parts in needs
            ),
            "partial": Partial(any_of=tuple(partial.split())) if partial else None,
            "applies": Applies(**applies),
        }
    )


def judged(checks, *found, note=NOTE, **options):
    checks = (checks,) if isinstance(checks, Check) else tuple(checks)
    return judge(note, sentences(*found), Catalog(checks=checks), **options)


# ---- statuses


@pytest.mark.parametrize("check", [c for c in SHIPPED if c.element in POLICY.ELEMENTS], ids=lambda check: check.code)
def test_statuses_are_the_policys_over_all_sets_of_parts(check):
    used = sorted({*check.all_parts, *check.applies.when})
    for parts in every_set(used):
        for note_type in TYPES:
            expected = POLICY.note_status(parts, note_type)[check.element]
            assert status_of(check, parts, note_type=note_type) == expected, (parts, note_type)


def test_parts_of_other_elements_change_nothing():
    for check in SHIPPED:
        others = {part for other in SHIPPED for part in other.all_parts} - {*check.all_parts, *check.applies.when}
        for note_type in TYPES:
            assert status_of(check, others, note_type=note_type) == status_of(check, set(), note_type=note_type)


def test_every_element_of_the_policy_has_its_check():
    assert {check.element for check in SHIPPED} >= set(POLICY.ELEMENTS)


@pytest.mark.parametrize("note_type", TYPES)
def test_whole_reports_agree_with_the_policy(note_type):
    parts = sorted({part for check in SHIPPED for part in (*check.all_parts, *check.applies.when)})
    for size in range(len(parts) + 1):
        found = set(parts[:size])
        report = judge(NOTE.model_copy(update={"type": note_type}), sentences(*map(evidence, found)), SHIPPED)
        expected = POLICY.note_status(found, note_type)
        assert {e.id: e.status for e in report.elements if e.id in expected} == expected


# ---- doubt

SURE, DOUBTFUL, NOTHING = "sure", "doubtful", "nothing"


@pytest.mark.parametrize(
    ("first", "second", "status", "doubtful", "needs", "questions"),
    [
        (SURE, SURE, "met", False, [], []),
        (SURE, DOUBTFUL, "met", True, [], ["b"]),
        (DOUBTFUL, DOUBTFUL, "met", True, [], ["a", "b"]),
        (SURE, NOTHING, "partial", False, ["b"], []),
        (DOUBTFUL, NOTHING, "partial", False, ["b"], ["a"]),
        (NOTHING, NOTHING, "missing", False, ["a", "b"], []),
    ],
)
def test_doubtful_evidence_counts_but_is_never_praised(first, second, status, doubtful, needs, questions):
    found = [
        evidence(part, at=at, doubtful=how == DOUBTFUL)
        for at, (part, how) in enumerate((("a", first), ("b", second)))
        if how != NOTHING
    ]
    report = judged(check("a", "b"), *found)
    element = report.elements[0]
    assert (element.status, element.doubtful) == (status, doubtful)
    assert [finding.need for finding in report.findings] == needs
    assert [question.part for question in report.questions] == questions


def test_one_sure_sentence_takes_the_doubt_of_another():
    report = judged(check("a"), evidence("a", doubtful=True), evidence("a", at=20))
    assert (report.elements[0].status, report.elements[0].doubtful, report.questions) == ("met", False, ())


def test_under_the_lower_threshold_there_is_nothing():
    report = judged(check("a"), evidence("a", probability=0.39))
    assert (report.elements[0].status, report.questions, len(report.findings)) == ("missing", (), 1)
    assert judged(check("a"), evidence("a", probability=0.4)).elements[0].doubtful


@pytest.mark.parametrize(
    ("change", "rationale", "status", "doubtful", "findings", "questions"),
    [
        (NOTHING, NOTHING, "not_applicable", False, 0, 0),
        (DOUBTFUL, NOTHING, "not_applicable", False, 0, 0),  # no alarm on a doubtful change
        (SURE, NOTHING, "missing", False, 1, 0),
        (SURE, DOUBTFUL, "met", True, 0, 1),
        (DOUBTFUL, DOUBTFUL, "met", True, 0, 1),  # met by doubtful evidence only: no praise
        (NOTHING, DOUBTFUL, "met", True, 0, 1),
        (NOTHING, SURE, "met", False, 0, 0),
        (DOUBTFUL, SURE, "met", False, 0, 0),
        (SURE, SURE, "met", False, 0, 0),
    ],
)
def test_when_needs_sure_evidence(change, rationale, status, doubtful, findings, questions):
    pairs = (("frequency_change", change), ("frequency_rationale", rationale))
    found = [evidence(part, at=at, doubtful=how == DOUBTFUL) for at, (part, how) in enumerate(pairs) if how != NOTHING]
    report = judged(SHIPPED.get("NL104"), *found)
    element = report.elements[0]
    assert (element.status, element.doubtful) == (status, doubtful)
    assert (len(report.findings), len(report.questions)) == (findings, questions)


def test_the_question_quotes_the_likeliest_sentence_in_one_short_line():
    weak = evidence("a", probability=0.45)
    strong = evidence("a", at=40, probability=0.55, text="word\n " * 60, end=400)
    question = judged(check("a"), weak, strong).questions[0]
    assert (question.element, question.part, question.start, question.end) == ("acme101", "a", 40, 400)
    assert question.text.startswith("perhaps: 'word word")
    assert question.text.endswith("…'?")
    assert len(question.text) <= 160 + len("perhaps: ''?")


def test_a_sentence_is_asked_about_once():
    both = [evidence("a", doubtful=True), evidence("b", doubtful=True)]
    assert [question.part for question in judged([check("a"), check("b", code="ACME102")], *both).questions] == ["a"]


def test_checks_that_are_off_or_do_not_apply_ask_nothing():
    catalog = Catalog(checks=(check("a"), check("b", code="ACME102", types=("group",))), off=frozenset({"ACME101"}))
    report = judge(NOTE, sentences(evidence("a", doubtful=True), evidence("b", doubtful=True)), catalog)
    assert report.questions == ()
    nothing = judge(NOTE, [], catalog)
    assert nothing.findings == ()
    assert [element.status for element in nothing.elements] == ["missing", "not_applicable"]  # still reported


# ---- evidence


def test_struck_evidence_does_not_count_and_is_told_as_a_reason():
    struck = [evidence("a", at=20 * at, reason="history") for at in range(5)]
    twice = evidence("a", at=0, reason="hypothetical")
    weak = evidence("a", at=200, reason="history", probability=0.1)
    element = judged(check("a"), *struck, twice, weak).elements[0]
    assert element.status == "missing"
    assert [one.start for one in element.not_counted] == [0, 20, 40][:MAX_NOT_COUNTED]
    assert element.not_counted[0].reason == "history"


def test_what_does_not_count_is_not_told_where_nothing_is_missing():
    element = judged(check("a"), evidence("a"), evidence("a", at=20, reason="history")).elements[0]
    assert (element.status, element.not_counted) == ("met", ())
    assert [one.start for one in element.parts[0].evidence] == [0]


def test_parts_that_serve_no_element_are_kept_apart():
    report = judged(check("a"), evidence("a"), evidence("frequency_statement", at=9), evidence("b", reason="history"))
    assert [(part.id, len(part.evidence)) for part in report.other_parts] == [("frequency_statement", 1)]


def test_sentences_are_kept_on_request():
    assert judged(check("a"), evidence("a")).sentences == ()
    assert len(judged(check("a"), evidence("a"), keep_sentences=True).sentences) == 1


def test_a_diagnosis_in_the_metadata_counts():
    shipped = SHIPPED.get("NL105")
    recorded = NOTE.model_copy(update={"diagnoses": ("F41.1",)})
    symptoms = evidence("current_symptoms")
    assert [f.need for f in judged(shipped, symptoms).findings] == ["diagnosis"]
    assert judged(shipped, symptoms, note=recorded).elements[0].status == "met"
    alone = judged(shipped, note=recorded)
    assert alone.elements[0].status == "partial"
    assert [f.need for f in alone.findings] == ["symptoms"]


def test_a_recorded_diagnosis_is_not_asked_about():
    recorded = NOTE.model_copy(update={"diagnoses": ("F41.1",)})
    doubtful = evidence("diagnosis", at=20, doubtful=True)
    report = judged(SHIPPED.get("NL105"), evidence("current_symptoms"), doubtful, note=recorded)
    assert (report.elements[0].status, report.elements[0].doubtful, report.questions) == ("met", False, ())


# ---- findings


def test_a_finding_says_what_is_asked_in_the_notes_own_words():
    plan = Plan(patient="p", goals=(Goal(id="2", text="Sleep"),))
    finding = judged(check("a"), plan=plan).findings[0]
    assert (finding.code, finding.name, finding.level, finding.element) == (
        "ACME101",
        "check-acme101",
        "warning",
        "acme101",
    )
    assert (finding.need, finding.message) == ("a", "Title: nothing found.")
    assert (finding.ask, finding.starter) == ("The patient?", "[x] Goal 2: Sleep")
    assert (finding.start, finding.end, finding.shown) == (None, None, True)


def test_front_matter_is_not_asked_for_the_patients_name():
    text = "---\nresident: x\n---\nClient seen."
    note = Note(text=text, body_start=text.index("Client"))
    assert judged(check("a"), note=note).findings[0].ask == "The client?"


@pytest.mark.parametrize(
    ("one", "found", "place"),
    [
        (check("a", "b"), [evidence("a", at=40)], (40, 50)),  # what is there of the element
        (check("a", partial="c"), [evidence("c", at=40), evidence("c", at=60)], (40, 50)),
        (check("a", "b", partial="a c"), [evidence("c", at=60), evidence("a", at=40)], (40, 50)),  # the file's order
        (check("a", when=("c",)), [evidence("c", at=40)], (40, 50)),  # what the question is about
        (check("a"), [evidence("b", at=40), evidence("a", at=60, reason="history")], (None, None)),
    ],
)
def test_a_finding_points_to_the_nearest_thing_that_was_found(one, found, place):
    finding = judged(one, *found).findings[0]
    assert (finding.start, finding.end) == place


def test_findings_stand_by_level_then_precision_times_weight():
    checks = [
        check("a", code="ACME101", level="suggestion", weight=10),
        check("b", code="ACME102", level="warning", weight=1),
        check("c", code="ACME103", level="warning", weight=5),
        check("d", code="ACME104", level="error", weight=0.1),
        check("e", code="ACME105", level="warning", weight=8),
    ]
    precision = {"ACME103": 1.0, "ACME105": 0.5}  # 5.0 and 4.0; the others count as 0.8
    codes = [finding.code for finding in judged(checks, precision=precision).findings]
    assert codes == ["ACME104", "ACME103", "ACME105", "ACME102", "ACME101"]
    assert [finding.code for finding in judged(checks).findings][1:3] == ["ACME105", "ACME103"]


@pytest.mark.parametrize("limit", [0, 1, 3, 9])
def test_at_most_so_many_are_shown_the_first_ones(limit):
    checks = [check(part, code=f"ACME10{number}") for number, part in enumerate("abcde")]
    report = judged(checks, max_questions=limit)
    assert [finding.shown for finding in report.findings] == [number < limit for number in range(5)]
    assert len(report.shown) == min(limit, 5)


def test_below_the_level_nothing_is_shown():
    checks = [check("a", level="suggestion"), check("b", code="ACME102"), check("c", code="ACME103", level="error")]
    for level, shown in (("suggestion", 3), ("warning", 2), ("error", 1)):
        report = judged(checks, level=level)
        assert (len(report.findings), len(report.shown)) == (3, shown)


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [("a b", "a", 1), ("a", "a b", 1), ("a b", "a b", 1), ("a b", "b c", 2), ("a", "b", 2)],
)
def test_one_question_per_fact(first, second, shown):
    report = judged([check(first, weight=2), check(second, code="ACME102")])
    assert len(report.findings) == 2
    assert [finding.code for finding in report.shown] == ["ACME101", "ACME102"][:shown]


def test_a_fact_that_is_held_back_takes_no_other_questions_place():
    checks = [check("a", weight=3), check("a b", code="ACME102", weight=2), check("c", code="ACME103")]
    assert [finding.need for finding in judged(checks, max_questions=2).shown] == ["a", "c"]


def test_the_shipped_checks_ask_for_the_effect_on_daily_life_once():
    catalog = SHIPPED.configured(Config())
    report = judge(NOTE, [], catalog, max_questions=99)
    assert {"NL101", "NL106"} <= {finding.code for finding in report.findings}
    assert len([finding for finding in report.shown if finding.code in ("NL101", "NL106")]) == 1


def test_no_finding_where_nothing_is_missing():
    for report in (judge(NOTE, [], SHIPPED), judge(NOTE.model_copy(update={"type": "intake"}), [], SHIPPED)):
        gaps = {element.code for element in report.elements if element.status in GAPS}
        assert {finding.code for finding in report.findings} == gaps
