"""The components of the pipeline, each a thin hull: a pure function does the work, `__call__` writes to the Doc."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from notelint.nlp.context import find_reasons, seems_like, struck_by
from notelint.nlp.features import SentenceInput
from notelint.nlp.headings import PAST_HISTORY
from notelint.nlp.sections import Section, find_sections
from notelint.nlp.sentences import cut_sentences
from notelint.nlp.tags import EVIDENCE, NOT_COUNTED, SECTIONS, SENTENCES, Tag, register_extensions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.language import Language

    from notelint.nlp.tagger import LinearTagger

FLOOR = 0.05  # tags under this probability are not kept
HEADING = "heading"

register_extensions()


class SectionsComponent:
    """Writes doc.spans["notelint_sections"]; what lies before `doc._.notelint_body_start` (front matter) has none."""

    def __call__(self, doc: Doc) -> Doc:
        snap = _Snapper(doc)
        sections = find_sections(doc.text, doc._.notelint_body_start)
        spans: list[Span] = []
        for section in sections:
            span = snap(section.start, section.end, section.name)
            if span is not None:
                span._.notelint_content_start = section.content_start
                span._.notelint_heading = section.heading
                spans.append(span)
        doc.spans[SECTIONS] = spans
        return doc


class SentencesComponent:
    """Writes doc.spans["notelint_sentences"] and the tokens' sentence starts. Cuts fall between tokens."""

    def __call__(self, doc: Doc) -> Doc:
        text, snap = doc.text, _Snapper(doc)
        if SECTIONS not in doc.spans:
            doc = SectionsComponent()(doc)
        sections = [
            Section(s.label_, s.start_char, s._.notelint_content_start, s.end_char) for s in doc.spans[SECTIONS]
        ]
        spans: list[Span] = []
        for sentence in cut_sentences(text, sections):
            span = snap(sentence.start, sentence.end, HEADING if sentence.heading_only else "sentence")
            if span is not None:
                span._.notelint_section = sentence.section
                spans.append(span)
        doc.spans[SENTENCES] = spans
        if len(doc):
            # at once: token by token, spaCy looks through the whole Doc each time
            starts = np.full(len(doc), -1, dtype=np.int64)
            starts[[0, *(span.start for span in spans)]] = 1
            doc.from_array(["SENT_START"], starts.astype(np.uint64))  # type: ignore[arg-type]  # one column may be flat
        return doc


class TaggerComponent:
    """Writes the tags of each sentence and doc.spans["notelint_evidence"]."""

    def __init__(self, tagger: LinearTagger) -> None:
        self.tagger = tagger
        self.limits = list(zip(tagger.labels, tagger.thresholds.tolist(), tagger.lowers.tolist(), strict=True))

    def __call__(self, doc: Doc) -> Doc:
        if SENTENCES not in doc.spans:
            doc = SentencesComponent()(doc)
        spans = [span for span in doc.spans[SENTENCES] if span.label_ != HEADING]
        inputs = sentence_inputs([(span.text, span._.notelint_section) for span in spans], doc._.notelint_note_type)
        for span, row in zip(spans, self.tagger.probabilities(inputs).tolist(), strict=True):
            span._.notelint_tags = self.tags(row, group=doc._.notelint_note_type == "group")
        write_groups(doc)
        return doc

    def tags(self, row: Sequence[float], *, group: bool) -> tuple[Tag, ...]:
        """The tags of one sentence; group parts stand only in group notes, and a goal is named or vague, not both."""
        tags = [
            Tag(label, probability, threshold, lower)
            for (label, threshold, lower), probability in zip(self.limits, row, strict=True)
            if probability >= min(FLOOR, lower) and (group or not label.startswith("group_"))
        ]
        goals = sorted(
            (tag for tag in tags if tag.part in ("goal_link", "goal_vague")),
            key=lambda tag: (tag.found, tag.probability - tag.threshold),
        )
        return tuple(tag for tag in tags if len(goals) < 2 or tag is not goals[0])


class PatternsComponent:
    """Adds what token patterns of checks find (a practice's own parts) to the tags, and strikes what they exclude."""

    def __init__(self, nlp: Language, parts: Iterable[Mapping[str, Any]]) -> None:
        self.finders: list[tuple[str, Matcher, Matcher]] = []
        for part in parts:
            found, excluded = Matcher(nlp.vocab), Matcher(nlp.vocab)
            for matcher, patterns in ((found, part["patterns"]), (excluded, part["exclude"])):
                if patterns:
                    matcher.add(part["id"], [list(pattern) for pattern in patterns])
            self.finders.append((part["id"], found, excluded))

    def __call__(self, doc: Doc) -> Doc:
        if SENTENCES not in doc.spans:
            doc = SentencesComponent()(doc)
        for span in doc.spans[SENTENCES]:
            if span.label_ == HEADING:
                continue
            tags = list(span._.notelint_tags)
            for part, found, excluded in self.finders:
                if len(excluded) and excluded(span):
                    tags = [tag._replace(reason="excluded by a pattern") if tag.part == part else tag for tag in tags]
                elif len(found) and found(span):
                    tags = [tag for tag in tags if tag.part != part] + [Tag(part, 1.0, 1.0, 1.0, source="pattern")]
            span._.notelint_tags = tuple(tags)
        write_groups(doc)
        return doc


class ContextComponent:
    """Strikes tags that do not count (history, hypothetical …) and writes doc.spans["notelint_not_counted"]."""

    def __call__(self, doc: Doc) -> Doc:
        if SENTENCES not in doc.spans:
            doc = SentencesComponent()(doc)
        past = [(s.start, s.end) for s in doc.spans.get(SECTIONS, []) if s._.notelint_heading in PAST_HISTORY]
        for span in doc.spans[SENTENCES]:
            if span.label_ != HEADING:
                under_past = any(start <= span.start < end for start, end in past)
                span._.notelint_reasons = find_reasons(span.text, past_history=under_past)
                span._.notelint_tags = strike(span._.notelint_tags, span.text, span._.notelint_reasons)
        write_groups(doc)
        return doc


def strike(tags: Sequence[Tag], text: str, reasons: tuple[str, ...]) -> tuple[Tag, ...]:
    """The tags with the reason why they do not count, and those that a reader would take the sentence for."""
    if not reasons:
        return tuple(tags)
    struck = [tag._replace(reason=tag.reason or struck_by(tag.part, reasons)) for tag in tags]
    known = {tag.part for tag in struck if tag.reason and tag.probability >= tag.lower}
    seeming = [
        Tag(part, 0.0, 0.0, 0.0, source="rule", reason=reason)
        for part in seems_like(text, reasons)
        if part not in known and (reason := struck_by(part, reasons))
    ]
    replaced = {tag.part for tag in seeming}
    return (*(tag for tag in struck if tag.part not in replaced or tag.reason is None), *seeming)


def write_groups(doc: Doc) -> None:
    """doc.spans["notelint_evidence"] and ["notelint_not_counted"] from the sentences' tags."""
    evidence, not_counted = [], []
    for span in doc.spans.get(SENTENCES, []):
        for tag in span._.notelint_tags:
            if tag.found:
                evidence.append(Span(doc, span.start, span.end, label=tag.part))
            elif tag.reason and tag.probability >= tag.lower:
                not_counted.append(Span(doc, span.start, span.end, label=tag.part))
    doc.spans[EVIDENCE], doc.spans[NOT_COUNTED] = evidence, not_counted


def sentence_inputs(sentences: Sequence[tuple[str, str | None]], note_type: str) -> list[SentenceInput]:
    """The tagger's input for a note's sentences (text, section) in order, headings alone left out."""
    last = max(1, len(sentences) - 1)
    texts = ["", *(text for text, _ in sentences), ""]
    return [
        SentenceInput(text, texts[number], texts[number + 2], section or "none", note_type, number / last)
        for number, (text, section) in enumerate(sentences)
    ]


class _Snapper:
    """Character offsets → Span of whole tokens without white space around it; consecutive spans never overlap."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = [token.idx for token in doc]
        self.ends = [token.idx + len(token) for token in doc]
        self.free = 0

    def __call__(self, start: int, end: int, label: str) -> Span | None:
        first = max(bisect_right(self.ends, start), self.free)
        last = bisect_left(self.starts, end)
        while first < last and self.doc[first].is_space:
            first += 1
        while first < last and self.doc[last - 1].is_space:
            last -= 1
        if first >= last:
            return None
        self.free = last
        return Span(self.doc, first, last, label=label)
