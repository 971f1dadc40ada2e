"""The HTML page: structure, escaping, contrast, and what is held in memory."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from _reports_data import CANARY, PROBLEM, TEXT, canary_report, catalog, element, evidence, finding, report, write

from notelint.records import Note, NoteReport, Question
from notelint.reports import html
from notelint.reports.html_note import Letters
from notelint.resources import data_folder

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """A page's elements, the text of some of them, and whether every tag is closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        self.texts.append(([*self.open], data))

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def text(self, tag, **wanted):
        """The text within elements with these attributes, but for what is there for screen readers and eyes only."""

        def inside(path):
            names = [attrs.get("class") for _, attrs in path] + ["sup" if name == "sup" else "" for name, _ in path]
            return "hidden" not in names and "sup" not in names and any(
                name == tag and wanted.items() <= attrs.items() for name, attrs in path
            )  # fmt: skip

        return "".join(data for path, data in self.texts if inside(path))


def page(*reports, **options):
    return Page(write("html", *reports, **options))


def test_one_note():
    made = page(report())
    assert made.all("html") == [{"lang": "en"}]
    assert made.text("title") == "note-7 – notelint"
    assert made.text("h1") == "What your note shows"
    assert made.text("h2") == "note-7"
    assert made.text("div", **{"class": "text"}) == TEXT
    assert len(made.all("table")) == 0
    links = [attrs["href"] for attrs in made.all("a")]
    ids = [attrs["id"] for _, attrs in made.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert all(link[0] == "#" and link[1:] in ids for link in links)
    assert f"#n1-{TEXT.index('Denies')}" in links


def test_marks_say_in_words_what_colors_say():
    made = page(report())
    words = [data for path, data in made.texts if path and path[-1][1].get("class") == "hidden"]
    assert "[Why now, Functional impact: " in words
    assert "[perhaps Risk: " in words
    assert "[not counted, history: " in words
    assert [data for path, data in made.texts if path[-1:] == [("sup", {"aria-hidden": "true"})]][:3] == [
        "AE",
        "A",
        "AF",
    ]
    assert any("doubtful" in attrs["class"] for attrs in made.all("mark"))


def test_questions_and_elements():
    text = " ".join(page(report()).text("article").split())
    for words in (
        "Clear today A Why now F Functional impact I Plan",
        "What still limits her, and why does care go on?",
        "You could write Because of [symptom], [what was missed or done differently].",
        "Nearest: “Working toward treatment goals.”",
        "Found “Panic attacks in college, treated with paroxetine.” , not counted: history.",
        "2 more, less pressing",
        "G Risk : “Denies SI and HI.” ?",
        "G Risk ● perhaps clear",
        "See question 2",
        "Does not apply here: Frequency, Group participation.",
    ):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_show_all_and_one_question():
    assert "more, less pressing" not in write("html", report(), show_all=True)
    one = report().model_copy(update={"findings": report().findings[:1]})
    assert "One question" in page(one).text("h3")
    assert "Nothing to ask." in page(report(), level="error").text("p")


def test_explain():
    made = page(report(), explain=True)
    assert "current_symptoms 0.52 (needs 0.60): doubtful" in made.text("details")
    assert {attrs.get("scope") for attrs in made.all("th")} == {"col"}


def test_headings_are_in_order():
    for reports in ((report(),), (report(), report())):
        levels = [int(name[1]) for name, _ in page(*reports, problems=(PROBLEM,)).tags if re.fullmatch("h[1-6]", name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_many_notes():
    made = page(report(), report(id="second"), NoteReport(note=Note(text="x", id="third")), problems=(PROBLEM,))
    assert made.text("title") == "3 session notes – notelint"
    assert "3 notes, 1 with nothing to ask." in " ".join(made.text("section").split())
    assert "Goal link (2 notes)" in made.text("section")
    assert {attrs.get("scope") for attrs in made.all("th")} == {"col", "row"}
    assert [attrs["href"] for attrs in made.all("a") if re.fullmatch(r"#n\d", attrs["href"])] == ["#n1", "#n2", "#n3"]
    assert "flex-grow:2" in write("html", report(), report())
    assert "does not apply to these notes" in made.text("td")
    assert str(PROBLEM) in made.text("li")


def test_landmarks_and_self_containment():
    text = write("html", report())
    made = Page(text)
    assert {"header", "main", "footer"} <= {name for name, _ in made.tags}
    assert made.all("a")[0] == {"class": "skip", "href": "#main"}
    policy = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    assert policy in made.all("meta")
    assert not {"script", "link", "img", "iframe"} & {name for name, _ in made.tags}
    assert not re.search(r"https?:|url\(|@import", text)
    assert text.count("Not legal advice and no promise of payment.") == 1
    assert "nothing left it" in text


def test_a_hostile_note_is_only_text():
    bad = "<script>alert(1)</script></div></pre>\"'><img src=x onerror=y> {{ 7*7 }} {% x %} \u202eabc\x1b[31m\0 &lt;"
    text = f"{bad}\n{TEXT}"
    first = evidence(text, bad, "symptom_change")
    struck = evidence(text, "PHQ-9", "diagnosis", reason=bad)
    asked = finding("NL105", ask=bad, starter=bad, message=bad, start=0, end=9)
    one = report(text, id=bad, path=bad).model_copy(
        update={
            "elements": (
                element("why_now", "met", (first,)),
                element("symptoms_diagnosis", "missing", not_counted=(struck,)),
            ),
            "findings": (asked,),
            "questions": (Question(element="own_" + bad, part=bad, start=0, end=len(bad), text=bad),),
        }
    )
    problem = PROBLEM.model_copy(update={"path": bad})
    for reports in ((one,), (one, one)):
        written = write("html", *reports, problems=(problem,), explain=True)
        made = Page(written)
        assert not {"script", "img"} & {name for name, _ in made.tags}
        assert "<script>alert(1)</script></div></pre>\"'><img src=x onerror=y> {{ 7*7 }} {% x %} abc &lt;" in made.text(
            "mark"
        )
        assert not set(written) & set("\u202e\x1b\0")
        assert not any(name.startswith("on") for _, attrs in made.tags for name in attrs)


def test_no_quotes_no_text():
    for reports in ((canary_report(),), (canary_report(), canary_report())):
        text = write("html", *reports, quotes=False, explain=True, show_all=True)
        assert CANARY.lower() not in text.lower()
        assert not Page(text).all("mark")
    assert CANARY in write("html", canary_report())


def test_empty():
    assert "No note was read." in page().text("main")
    text = page(NoteReport(note=Note(text="", id="n")), explain=True).text("main")
    assert "There is nothing here to read." in text


def test_only_the_first_notes_are_held(monkeypatch):
    monkeypatch.setattr(html, "FULL_NOTES", 3)
    made = page(*(report(id=f"n{i}") for i in range(8)))
    assert len(made.all("article")) == 3
    text = " ".join(made.text("section").split())
    assert "8 notes, 0 with nothing to ask" in text
    assert "The first 3 notes are shown in full; the other 5 are counted here and not shown." in text


def test_huge_notes_are_not_all_held(monkeypatch):
    monkeypatch.setattr(html, "FULL_CHARACTERS", 1000)
    made = page(report(), report())
    assert len(made.all("article")) == 1
    assert made.text("title") == "2 session notes – notelint"


def test_more_elements_than_letters():
    letters = Letters(catalog())
    for number in range(30):
        letters.add(f"own{number}", f"Own {number}")
    assert [one.letter for one in letters][24:28] == ["Y", "Z", "27", "28"]
    assert {one.hue for one in letters} == set(range(8))


def colors(css):
    """The custom properties of light, dark and print, each over the ones before."""
    roots = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(roots) == 3
    found = [dict(re.findall(r"(--[\w-]+): ([^;]+);", root)) for root in roots]
    return {"light": found[0], "dark": {**found[0], **found[1]}, "print": {**found[0], **found[2]}}


def rgb(value):
    if isinstance(value, str):
        digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
        return tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, saturation, light = value
    spread = saturation * min(light, 1 - light)
    wheel = [(n + hue / 30) % 12 for n in (0, 8, 4)]
    return tuple(light - spread * max(-1, min(k - 3, 9 - k, 1)) for k in wheel)


def contrast(one, other):
    """WCAG 2.2's contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

    def luminance(color):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(color)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_contrast(scheme):
    css = (data_folder("templates") / "report.css").read_text(encoding="utf-8")
    known = colors(css)[scheme]
    for text in ("--ink", "--quiet", "--accent"):
        for ground in ("--paper", "--card", "--soft"):
            assert contrast(known[text], known[ground]) >= 4.5, (text, ground)
    hues = [int(hue) for hue in re.findall(r"--hue: (\d+)", css)]
    assert len(hues) == 8
    assert [int(hue) for hue in re.findall(r"--second: (\d+)", css)] == hues
    for hue in hues:
        mark, under, sign = (
            (hue, int(known[f"--{name}-s"][:-1]) / 100, int(known[f"--{name}-l"][:-1]) / 100)
            for name in ("mark", "under", "sign")
        )
        assert contrast(known["--ink"], mark) >= 4.5
        assert contrast(sign, mark) >= 4.5
        assert contrast(sign, known["--paper"]) >= 4.5
        assert contrast(under, known["--paper"]) >= 3
        assert contrast(under, known["--card"]) >= 3
    for ground in ("--paper", "--card"):
        assert contrast(known["--edge"], known[ground]) >= 3
        assert contrast(known["--focus"], known[ground]) >= 3
