"""What a clinician sees in a terminal."""

import pytest
from _reports_data import CANARY, PROBLEM, Terminal, canary_report, element, finding, report, write
from rich.cells import cell_len

from notelint.records import Note, NoteReport


def flat(text):
    return " ".join(text.split())


def test_the_page_of_a_note():
    text = flat(write("text", report()))
    order = [
        "note-7 · march/note 7.txt · individual · 2026-03-05",
        "Clear today Why now (line 1): “Client reports panic is back",
        "Plan (line 5): “Will look at the bus ride again next Thursday.”",
        "1. What still limits her, and why does care go on? A reader who wasn't there can't see this yet: progress and "
        "response. (NL103) → Because of [symptom], [what was missed or done differently].",
        "2. What about this: goal link?",
        "nearest (line 3): “Working toward treatment goals.”",
        "found (line 1): “Panic attacks in college, treated with paroxetine.”, not counted: history",
        "Perhaps Risk (line 4): “Denies SI and HI.”? Symptoms and diagnosis (line 2): “PHQ-9 is 14.”? "
        "2 more with --all Not legal advice and no promise of payment.",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "4. What" not in text
    assert "overview" not in text.lower()


def test_all_and_explain():
    text = flat(write("text", report(), show_all=True, explain=True))
    assert "4. What about this: continued care?" in text
    assert "more with --all" not in text
    assert "Found, not surely Risk (line 4): “Denies SI and HI.”" in text
    assert "Not found Continued care Does not apply Frequency Group participation" in text
    assert "treated with paroxetine.” [exam; history] diagnosis 0.91 (needs 0.60): not counted: history" in text
    assert "current_symptoms 0.10 (needs 0.60): too low" in text


def test_a_finding_says_only_what_it_has():
    one = report().model_copy(
        update={"findings": (finding("NL101", message="", starter="", ask="Why?"),), "questions": ()}
    )
    assert "1. Why?\n\nNot legal advice" in write("text", one)


def test_level():
    assert "1." not in write("text", report(), level="error")
    assert "1 more with --all" in write("text", report(), level="warning")


def test_nothing_to_say_is_said():
    clear = report().model_copy(update={"findings": (), "questions": ()})
    assert "Nothing to ask." in write("text", clear)
    assert "There is nothing here to read." in write("text", NoteReport(note=Note(text="")))
    assert "No note was read." in write("text")


def test_many_notes_are_summed_up():
    text = write("text", report(), report(id="b"), problems=(PROBLEM,))
    assert "2 notes, 0 with nothing to ask" in text
    row = next(line for line in text.splitlines() if line.startswith("  Goal link"))
    assert row.split()[2:] == ["0", "2", "0"]
    assert "Asked most often: Continued care (2), Goal link (2), Progress and response (2)" in flat(text)
    assert "Said about the input march/b.txt:3: This line is no JSON. Mend it. [E301]" in flat(text)
    assert text.count("no promise of payment") == 1


def test_a_summary_of_clear_notes_asks_nothing():
    clear = NoteReport(note=Note(text="a"), elements=(element("plan", "missing"),))
    assert "Asked most often" not in write("text", clear, clear)


@pytest.mark.parametrize("width", [40, 36, 72])
def test_nothing_is_wider_than_the_terminal(width):
    wide = report(id="事件" * 40)
    text = write("text", wide, wide, width=width, show_all=True, explain=True, problems=(PROBLEM,))
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_long_lines_stay_readable_on_a_wide_terminal():
    assert max(len(line) for line in write("text", report(), width=300).splitlines()) <= 100


def test_color_only_where_it_is_wanted(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b" not in write("text", report())
    assert "\x1b[1" in write("text", report(), out=Terminal())
    assert "\x1b[1" in write("text", report(), color=True)
    assert "\x1b" not in write("text", report(), out=Terminal(), color=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in write("text", report(), out=Terminal())
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in write("text", report())


def test_a_hostile_note_is_only_text():
    bad = "[bold red]x[/] \x1b[2J\x1b]0;t\x07\u202e :smile: [link=http://x]y[/link]"
    one = report(id=bad, path=bad).model_copy(
        update={"findings": (finding("NL102", ask=bad, starter=bad, message=bad), finding("NL101", start=0, end=3))}
    )
    for color in (True, False):
        text = write("text", one, color=color, width=100)
        assert "[bold red]x[/]" in text
        assert ":smile: [link=http://x]y[/link]" in text
        assert not {"\x1b[2J", "\x1b]0", "\x1b]8", "\u202e", "\x07"} & {
            text[i : i + n] for i in range(len(text)) for n in (1, 3, 4)
        }


def test_no_quotes_no_text():
    for options in ({}, {"show_all": True, "explain": True}):
        text = write("text", canary_report(), canary_report(), quotes=False, width=100, **options)
        assert CANARY.lower() not in text.lower()
        assert "found (line 1), not counted: history" in text
    assert CANARY in write("text", canary_report())
