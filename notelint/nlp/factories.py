"""The components as spaCy factories: `spacy.blank("en").add_pipe("notelint_tagger")` works in any program.

Every spaCy process imports this module for its entry points: it stays thin and must never fail. Where no sentences were
cut before it, a component cuts them itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc


@Language.factory("notelint_sections")
def sections(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Finds the note's sections."""
    from notelint.nlp.components import SectionsComponent

    return SectionsComponent()


@Language.factory("notelint_sentences", assigns=["token.is_sent_start"])
def sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Cuts clinical prose and shorthand into sentences."""
    from notelint.nlp.components import SentencesComponent

    return SentencesComponent()


@Language.factory("notelint_tagger")
def tagger(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Tags each sentence with the parts it documents."""
    from notelint.nlp.components import TaggerComponent
    from notelint.nlp.tagger import LinearTagger

    return TaggerComponent(LinearTagger.load())


@Language.factory("notelint_patterns", default_config={"parts": []})
def patterns(nlp: Language, name: str, parts: list[dict[str, Any]]) -> Callable[[Doc], Doc]:
    """Finds a practice's own parts by token patterns."""
    from notelint.nlp.components import PatternsComponent

    return PatternsComponent(nlp, parts)


@Language.factory("notelint_context")
def context(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Strikes evidence that does not count."""
    from notelint.nlp.components import ContextComponent

    return ContextComponent()
