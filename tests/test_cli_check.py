"""`notelint check`: what goes in, what comes out, and the exit code."""

import csv
import io
import json
import os
import signal
import subprocess
import sys

import pytest
from _core import CANARY, CHECK, GAPPY, SAMPLES, own_check, run

MEDICATION = SAMPLES / "notes" / "08-medication.txt"
PANIC = SAMPLES / "notes" / "01-soap-panic.md"
PLANS = SAMPLES / "plans.json"


@pytest.fixture
def note(tmp_path, monkeypatch):
    """A note with findings, alone in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "note.txt"
    path.write_text(GAPPY, encoding="utf-8")
    return path


def records(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def findings(*arguments, **options):
    (record,) = records(run("check", "--format", "jsonl", *arguments, **options))
    return record["findings"]


def codes(*arguments, **options):
    return {finding["code"] for finding in findings(*arguments, **options)}


# ---- input


def test_a_file_a_folder_and_standard_input(note, tmp_path):
    assert [record["path"] for record in records(run("check", "--format", "jsonl", note))] == [str(note)]
    (tmp_path / "more.md").write_text(GAPPY, encoding="utf-8")
    assert len(records(run("check", "--format", "jsonl", tmp_path))) == 2
    assert [record["path"] for record in records(run("check", "--format", "jsonl", "-", input=GAPPY))] == ["-"]
    assert len(records(run("check", "--format", "jsonl", note, note, "-", input=GAPPY))) == 3


def test_no_path_is_wrong_usage():
    assert run("check").exit_code == 2


# ---- output


def test_text_shows_three_questions_at_most_or_all(note):
    short, long = run("check", note), run("check", "--all", note)
    assert 0 < len(short.stdout) < len(long.stdout)
    assert "Not legal advice" in short.stdout


@pytest.mark.parametrize("format_", ["text", "json", "jsonl", "html", "sarif"])
def test_every_format_on_the_screen_and_in_a_file(note, tmp_path, format_):
    screen = run("check", "--format", format_, note)
    assert screen.exit_code == 1
    target = tmp_path / "report.out"
    done = run("check", "--format", format_, note, "-o", target)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"notelint: the report is in {target}\n"
    written = target.read_text(encoding="utf-8")
    if format_ in ("json", "sarif"):
        assert json.loads(written) == json.loads(screen.stdout)
    elif format_ == "jsonl":
        assert json.loads(written)["schema"] == "notelint.note/1"
    else:
        assert "Goal link" in written


def test_an_unknown_format_is_wrong_usage(note):
    assert run("check", "--format", "xml", note).exit_code == 2


def test_e221_a_report_that_cannot_be_written(note, tmp_path):
    target = tmp_path / "none" / "report.txt"
    done = run("check", note, "-o", target)
    assert done.exit_code == 2
    assert done.stderr == (
        f"notelint: {target}: The report can't be written: No such file or directory. Choose another file. [E221]\n"
    )


@pytest.mark.parametrize("target", ["note.txt", "./note.txt", "new.json", "link.out", "sub/new.md", "plans.json"])
def test_e222_a_report_never_takes_the_place_of_a_note(note, tmp_path, target):
    (tmp_path / "sub").mkdir()
    (tmp_path / "plans.json").write_text("[]", encoding="utf-8")
    os.link(note, tmp_path / "link.out")
    before = sorted(path.name for path in tmp_path.iterdir())
    paths = (tmp_path,) if "new" in target else (note, "-")
    done = run("check", *paths, "--plans", "plans.json", "-o", target, input=GAPPY)
    assert done.exit_code == 2
    assert done.stderr.startswith(
        f"notelint: {target}: The report would overwrite what is read, or be read as a note. "
    )
    assert note.read_text(encoding="utf-8") == GAPPY
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_report_beside_the_notes_is_fine_where_no_reader_takes_it(note, tmp_path):
    assert run("check", tmp_path, "--format", "html", "-o", tmp_path / "report.html").exit_code == 1
    assert run("check", note, "--format", "json", "-o", tmp_path / "report.json").exit_code == 1


def test_no_quotes_leaves_out_the_notes_text(tmp_path):
    path = tmp_path / "n.txt"
    path.write_text(f"Client {CANARY} reports that panic is back, worse than last week.", encoding="utf-8")
    for format_ in ("text", "jsonl", "html", "sarif"):
        assert CANARY in run("check", "--format", format_, path).stdout or format_ == "sarif"
        assert CANARY not in run("check", "--format", format_, "--no-quotes", path).stdout


def test_explain_shows_each_sentence(note):
    assert "roommate" in run("check", "--explain", note).stdout
    (record,) = records(run("check", "--explain", "--format", "jsonl", note))
    assert record["sentences"][0]["text"].startswith("Client talked")


# ---- which checks


def test_select_ignore_enable_with_commas_repeats_codes_and_names(note):
    assert codes(note) >= {"NL101", "NL102", "NL103"}
    assert "NL108" not in codes(note)
    assert codes("--select", "NL101,missing-goal-link", note) == {"NL101", "NL102"}
    assert codes("--select", "NL101", "--select", " goal_link , ", note) == {"NL101", "NL102"}
    assert codes("--ignore", "NL101,NL102", note).isdisjoint({"NL101", "NL102"})
    assert "NL108" in codes("--enable", "NL108", note)
    assert codes("--select", ",", note) == codes(note)


@pytest.mark.parametrize("option", ["--select", "--ignore", "--enable"])
def test_a_bad_name_gets_the_nearest_one(note, option):
    done = run("check", option, "NL101,missing-goal-lin", note)
    assert done.exit_code == 2
    assert "There is no check 'missing-goal-lin'. Did you mean 'missing-goal-link'?" in done.stderr
    assert done.stdout == ""


def test_level_is_the_lowest_level_shown(note):
    assert {finding["level"] for finding in findings("--level", "warning", note) if finding["shown"]} == {"warning"}
    assert "suggestion" in {finding["level"] for finding in findings("--level", "warning", note)}  # JSON holds all
    assert not any(finding["shown"] for finding in findings("--level", "error", note))
    assert run("check", "--level", "loud", note).exit_code == 2


def test_own_checks_from_the_folder_that_the_command_runs_in(note, tmp_path, monkeypatch):
    own_check(tmp_path / "ours")
    (tmp_path / "settings").mkdir()
    settings = tmp_path / "settings" / "notelint.toml"
    settings.write_text("[check]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "ACME101" in codes("--checks", "ours", "--config", settings, note)
    assert run("check", "--checks", "none", note).exit_code == 2


# ---- settings


def test_a_settings_file_is_found_and_the_command_line_goes_first(note, tmp_path):
    (tmp_path / "notelint.toml").write_text('[check]\nselect = ["NL101"]\nfail_level = "never"\n', encoding="utf-8")
    assert codes(note) == {"NL101"}
    assert run("check", note).exit_code == 0
    assert codes("--select", "NL102", note) == {"NL102"}
    assert run("check", "--select", "NL102", "--fail-level", "warning", note).exit_code == 1


def test_a_broken_settings_file(note, tmp_path):
    (tmp_path / "notelint.toml").write_text("[check]\nselct = []\n", encoding="utf-8")
    done = run("check", note)
    assert done.exit_code == 2
    assert "notelint.toml:2: Unknown key 'check.selct'. Did you mean 'select'? [E203]" in done.stderr
    assert run("check", "--config", tmp_path / "none.toml", note).exit_code == 2


# ---- plans and columns


def test_plans_offer_their_goals(tmp_path):
    path = tmp_path / "n.md"
    path.write_text(f"---\npatient_id: p-101\n---\n{GAPPY}", encoding="utf-8")
    starter = next(f["starter"] for f in findings("--plans", PLANS, path) if f["code"] == "NL102")
    assert "1: Ride public transport again" in starter
    assert run("check", "--plans", PLANS, path).stderr == ""


def test_plans_that_are_missing_or_no_json_are_wrong_usage(note, tmp_path):
    done = run("check", "--plans", tmp_path / "none.json", note)
    assert (done.exit_code, "[E323]" in done.stderr) == (2, True)
    broken = tmp_path / "broken.json"
    broken.write_text(f"[{{{CANARY}", encoding="utf-8")
    done = run("check", "--plans", broken, note)
    assert (done.exit_code, "[E325]" in done.stderr, CANARY in done.output) == (2, True, False)


def test_a_record_that_is_no_plan_is_a_problem_and_the_notes_are_checked(note, tmp_path):
    plans = tmp_path / "some.plans.json"
    plans.write_text('[{"goals": []}, {"patient": "p", "goals": ["Sleep"]}]', encoding="utf-8")
    done = run("check", "--plans", plans, note)
    assert done.exit_code == 3
    assert "Record 1 is no treatment plan: 'patient' is missing." in done.stderr
    assert "Goal 1: Sleep" in run("check", "--plans", plans, "--select", "NL102", note).stdout


@pytest.fixture
def table(tmp_path):
    out = io.StringIO()
    csv.writer(out).writerows([["Note Body", "DOS"], [GAPPY, "2026-03-04"]])
    path = tmp_path / "export.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_columns_map_a_table(table, tmp_path):
    arguments = ["check", "--format", "jsonl", "--columns", "text=Note Body", table]
    (record,) = records(run(*arguments, "--columns", " date = DOS "))
    assert record["metadata"]["date"] == "2026-03-04"
    settings = tmp_path / "s.toml"
    settings.write_text('[columns]\ntext = "Note Body"\ndate = "No such"\n', encoding="utf-8")
    (record,) = records(run("check", "--format", "jsonl", "--config", settings, "--columns", "date=DOS", table))
    assert record["metadata"]["date"] == "2026-03-04"  # the command line goes first


@pytest.mark.parametrize("value", ["text", "=Body", "text=", " =x", "text= "])
def test_e220_columns_that_name_no_field_and_column(table, value):
    done = run("check", "--columns", value, table)
    assert done.exit_code == 2
    assert done.stderr == (
        f"notelint: --columns: '{value}' names no field and column. For example: --columns text=\"Note Body\" [E220]\n"
    )


def test_columns_that_the_table_does_not_have(table):
    done = run("check", "--columns", "text=Note Bodey", table)
    assert done.exit_code == 2
    assert "E32" in done.stderr


# ---- exit codes


@pytest.mark.parametrize(("level", "code"), [("never", 0), ("error", 0), ("warning", 1), ("suggestion", 1), (None, 1)])
def test_exit_code_by_level(note, level, code):
    assert run("check", *(["--fail-level", level] if level else []), note).exit_code == code


def test_suggestions_alone_fail_only_where_they_are_asked_to(note):
    assert run("check", "--select", "NL101", note).exit_code == 0
    assert run("check", "--select", "NL101", "--fail-level", "suggestion", note).exit_code == 1


def test_findings_that_are_not_shown_count(note):
    assert run("check", "--level", "error", note).exit_code == 1


def test_nothing_to_ask_is_zero(note):
    own = ["--select", "NL107"]
    assert run("check", *own, "-", input="Denied SI and HI today; safety plan reviewed.").exit_code == 0


def test_two_goes_before_three_and_three_before_one(note, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    assert run("check", note).exit_code == 1
    done = run("check", empty, note, tmp_path / "none.txt")
    assert done.exit_code == 3
    assert done.stderr.count("notelint: ") == 2
    assert "Goal" in done.stdout  # the others were checked
    assert run("check", "--fail-level", "never", empty, note).exit_code == 3
    assert run("check", "--select", "NL999", empty, note).exit_code == 2


# ---- many notes


def test_jobs_give_the_same_report(note):
    one = run("check", "--format", "jsonl", SAMPLES / "notes")
    two = run("check", "--format", "jsonl", "--jobs", "2", SAMPLES / "notes")
    assert (two.exit_code, two.stdout, two.stderr) == (one.exit_code, one.stdout, one.stderr)
    assert len(records(two)) == 11


@pytest.mark.parametrize("jobs", ["0", "65", "x"])
def test_a_wrong_number_of_jobs(note, jobs):
    assert run("check", "--jobs", jobs, note).exit_code == 2


def test_a_counter_runs_on_a_terminal_where_the_report_goes_elsewhere(monkeypatch, capsys, tmp_path):
    import notelint.cli.check as module
    from notelint.linter import Linter
    from notelint.records import Note, Problem

    reports = list(Linter().check_many([Note(text=GAPPY)] * 25))
    problem = Problem(code="E304", path="x", message="There is no text.")

    def counted(*, terminal, output, stdout=False):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: stdout, raising=False)
        monkeypatch.setenv("FORCE_COLOR", "1")
        problems = []
        assert list(module._with_progress([*reports, problem], problems, output=output)) == reports
        assert problems == [problem]
        return capsys.readouterr().err

    assert "25 notes checked" in counted(terminal=True, output="report.html")
    assert "25 notes checked" in counted(terminal=True, output=None)  # into a pipe
    assert "notes checked" not in counted(terminal=True, output=None, stdout=True)  # the report itself is on the screen
    assert counted(terminal=False, output="report.html") == "notelint: x: There is no text. [E304]\n"


def test_a_few_notes_show_no_counter(monkeypatch, capsys):
    import notelint.cli.check as module

    monkeypatch.setenv("FORCE_COLOR", "1")
    with module._progress(shown=True) as count:
        for _ in range(19):
            count()
    assert "notes checked" not in capsys.readouterr().err


def test_ctrl_c_in_several_processes_ends_quietly(tmp_path):
    notes = tmp_path / "notes.jsonl"
    notes.write_text((json.dumps({"text": GAPPY * 20}) + "\n") * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "notelint", "check", "--jobs", "2", "--format", "jsonl", str(notes)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    for _ in range(300):  # both are at work
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, "")


def test_a_whole_check_file_is_refused_before_anything_is_read(note, tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "a.toml").write_text(CHECK.replace("{{ patient }}", "{{ ''.__class__ }}"), encoding="utf-8")
    done = run("check", "--checks", folder, note)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "[E219]" in done.stderr


def test_a_stream_that_has_no_encoding_to_set_is_written_to_as_it_is(monkeypatch):
    import notelint.cli.check as module

    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with module._output(None) as out:
        assert out is sys.stdout


def test_no_quotes_leaves_out_unknown_metadata_and_the_plans_goals(tmp_path):
    plans = tmp_path / "plans.json"
    plans.write_text(json.dumps({"patient": "p1", "goals": [{"id": "1", "text": CANARY}]}))
    table = tmp_path / "t.csv"
    table.write_text(f"text,Patient,Addendum,{CANARY}\nClient came.,p1,{CANARY},x\n")
    front = tmp_path / "f.md"
    front.write_text(f"---\ntype: individual\nsummary: {CANARY}\n---\nClient came.\n")
    for format_ in ("text", "json", "jsonl", "html", "sarif"):
        done = run("check", table, front, "--no-quotes", "--plans", plans, "--format", format_, "--all")
        assert done.exit_code == 1
        assert CANARY not in done.output


def test_the_ending_of_the_output_decides_the_format(note, tmp_path):
    for ending, begin in (("html", "<!"), ("jsonl", '{"schema"'), ("sarif", "{"), ("txt", "note")):
        run("check", note, "-o", tmp_path / f"r.{ending}.{ending}")
        assert (tmp_path / f"r.{ending}.{ending}").read_text(encoding="utf-8").lstrip().startswith(begin)
        (tmp_path / f"r.{ending}.{ending}").unlink()


def test_e222_a_report_never_takes_the_place_of_settings_or_own_checks(note, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    own_check(tmp_path / "own")
    own = next((tmp_path / "own").rglob("*.toml"))
    (tmp_path / "notelint.toml").write_text("[check]\n")
    for target in ("notelint.toml", own):
        before = (tmp_path / target).read_text()
        done = run("check", note, "--checks", own.parent, "-o", target)
        assert done.exit_code == 2
        assert "E222" in done.output
        assert (tmp_path / target).read_text() == before


def test_an_earlier_report_stays_where_the_column_map_is_wrong(tmp_path):
    (tmp_path / "t.csv").write_text("Date,Body\n1,Client came.\n")
    (tmp_path / "old.html").write_text("GOOD")
    done = run("check", tmp_path / "t.csv", "--columns", "text=Bodi", "-o", tmp_path / "old.html")
    assert (done.exit_code, (tmp_path / "old.html").read_text()) == (2, "GOOD")


def test_notices_touch_no_exit_code(tmp_path):
    (tmp_path / "n.jsonl").write_text('{"text": "Client came.", "minutes": "soon"}\n')
    (tmp_path / "p.txt").write_text("PROCESS NOTES\n\nClient came.\n")
    done = run("check", tmp_path / "n.jsonl", tmp_path / "p.txt", "--fail-level", "never")
    assert "E311" in done.stderr
    assert "E313" in done.stderr
    assert done.exit_code == 0


def test_a_full_disk_is_said(note):
    done = subprocess.run(
        [sys.executable, "-m", "notelint", "check", str(note), "-o", "/dev/full"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "E221" in done.stderr


def test_without_a_standard_output(note):
    done = subprocess.run(
        f'"{sys.executable}" -m notelint check "{note}" >&-', shell=True, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "E221" in done.stderr


def test_a_name_of_several_lines_is_told_in_one(tmp_path):
    done = run("check", tmp_path / "no\nsuch.txt")
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_says_that_the_file_is_not_whole(note, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("notelint.reports.json.JsonLinesWriter.note", stop)
    done = run("check", note, "-o", tmp_path / "r.out", "--format", "jsonl")
    assert "is not whole" in done.stderr
