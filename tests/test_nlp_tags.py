import spacy
from spacy.tokens import Doc, Span

from notelint.nlp.tags import Tag, register_extensions


def test_found() -> None:
    tag = Tag("diagnosis", 0.5, 0.6, 0.5)
    assert tag.found
    assert not tag._replace(probability=0.49).found
    assert not tag._replace(reason="history").found


def test_extensions_can_be_registered_again() -> None:
    register_extensions()
    register_extensions()
    doc = spacy.blank("en")("Slept well.")
    assert (doc._.notelint_note_type, doc._.notelint_body_start) == ("individual", 0)
    span = doc[:1]
    assert (span._.notelint_section, span._.notelint_reasons, span._.notelint_tags) == (None, (), ())
    assert span._.notelint_content_start == 0


def test_a_missing_extension_is_registered() -> None:
    Doc.remove_extension("notelint_note_type")
    Span.remove_extension("notelint_section")
    register_extensions()
    assert Doc.has_extension("notelint_note_type")
    assert Span.has_extension("notelint_section")
