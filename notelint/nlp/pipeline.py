"""The spaCy pipeline and what comes out of it: a note's sentences with their tags, as records without spaCy objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import spacy

from notelint.nlp import factories  # noqa: F401  (registers the components where no entry point is installed)
from notelint.nlp.components import HEADING
from notelint.nlp.tags import SENTENCES
from notelint.records import MAX_NOTE_CHARACTERS, Evidence, Note, SentenceTags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("notelint_sections", "notelint_sentences", "notelint_tagger", "notelint_context")

# One token: spaCy strips "((((…" sign by sign in quadratic time (20,000 took 40 s), and no sentence ends inside.
LONG_CHUNK = re.compile(r"\S{100,}")


def build_pipeline(parts: Iterable[dict[str, Any]] = (), *, without: Sequence[str] = ()) -> Language:
    """tokenizer → sections → sentences → tagger → (patterns of a practice's own checks →) context.

    `without`: components to leave out, by name (training has no tagger yet).
    """
    nlp = spacy.blank("en")
    nlp.max_length = MAX_NOTE_CHARACTERS
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = LONG_CHUNK.match
    for name in COMPONENTS:
        if name not in without:
            nlp.add_pipe(name)
    own = [part for part in parts if part["patterns"] or part["exclude"]]
    if own:
        nlp.add_pipe("notelint_patterns", before="notelint_context", config={"parts": own})
    return nlp


def tag_note(nlp: Language, note: Note) -> tuple[SentenceTags, ...]:
    """The sentences of a note with their tags, in order. The note's text is not altered; offsets are into it."""
    doc = nlp.make_doc(note.text)
    doc._.notelint_note_type = note.type or "individual"
    doc._.notelint_body_start = note.body_start
    return sentence_tags(nlp(doc))


def tag_notes(nlp: Language, notes: Iterable[Note]) -> Iterator[tuple[SentenceTags, ...]]:
    """tag_note for many notes, in a memory zone: what spaCy keeps of a batch is freed behind it."""
    with nlp.memory_zone():
        yield from [tag_note(nlp, note) for note in notes]


def sentence_tags(doc: Doc) -> tuple[SentenceTags, ...]:
    """The sentences of a processed Doc as records."""
    return tuple(
        SentenceTags(
            start=span.start_char,
            end=span.end_char,
            text=span.text,
            section=span._.notelint_section,
            context=span._.notelint_reasons,
            tags=tuple(
                Evidence(
                    start=span.start_char,
                    end=span.end_char,
                    text=span.text,
                    section=span._.notelint_section,
                    **tag._asdict(),
                )
                for tag in span._.notelint_tags
            ),
        )
        for span in doc.spans.get(SENTENCES, [])
        if span.label_ != HEADING
    )
