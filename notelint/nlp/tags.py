"""What the components write to a Doc, where it lies, and how it is read: span groups and extensions.

Groups of `doc.spans`: "notelint_sections" (label: the section's name), "notelint_sentences" (label: "heading" for a
heading alone, else "sentence"), "notelint_evidence" and "notelint_not_counted" (label: the part, one span for each part
of a sentence).
Extensions: `doc._.notelint_note_type` and `doc._.notelint_body_start`, set before the components run where they are
known; on each section `span._.notelint_heading` (its words, in lower case) and `span._.notelint_content_start` (where
it ends); on each sentence `span._.notelint_section` (str or None), `span._.notelint_reasons` (why parts of it do not
count) and `span._.notelint_tags` (a tuple of Tag).
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Span

SECTIONS = "notelint_sections"
SENTENCES = "notelint_sentences"
EVIDENCE = "notelint_evidence"
NOT_COUNTED = "notelint_not_counted"


class Tag(NamedTuple):
    """A part that a sentence seems to document. `reason`: why it does not count, None where it does."""

    part: str
    probability: float
    threshold: float
    lower: float
    source: str = "tagger"
    reason: str | None = None

    @property
    def found(self) -> bool:
        """Whether the sentence documents the part, surely or doubtfully."""
        return self.reason is None and self.probability >= self.lower


def register_extensions() -> None:
    """Register the extensions named above; again does nothing."""
    for name, default in (("notelint_note_type", "individual"), ("notelint_body_start", 0)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, value in (
        ("notelint_section", None),
        ("notelint_reasons", ()),
        ("notelint_tags", ()),
        ("notelint_content_start", 0),
        ("notelint_heading", ""),
    ):
        if not Span.has_extension(name):
            Span.set_extension(name, default=value)
