"""Where the steps meet: a note through nlp and judge to its report; many in batches, alone or in several processes."""

from __future__ import annotations

from collections import deque
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.catalog import Catalog, load_catalog
from notelint.config import Config, line_of, read_toml
from notelint.errors import UsageError
from notelint.judge import judge
from notelint.nlp.pipeline import build_pipeline, tag_notes
from notelint.published import gap_precision
from notelint.readers import fill_in, note_from_text
from notelint.records import Note, NoteReport, Plan, Problem
from notelint.wording import check_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from spacy.language import Language

    from notelint.catalog import PartPatterns

BATCH = 32  # notes that are tagged in one memory zone
WAITING = 3  # batches for each process that wait, so that memory does not grow with the number of notes


class Linter:
    """Checks notes. Loading takes about a second; keep one.

    >>> from notelint import Linter
    >>> report = Linter().check("Client denied SI. Continue weekly therapy.")
    >>> [element.status for element in report.elements if element.id == "risk"]
    ['met']
    """

    def __init__(
        self, *, config: Config | None = None, plans: Mapping[str, Plan] | None = None, explain: bool = False
    ) -> None:
        """`plans` by patient id; the only plan also serves notes without a patient id.

        `explain` keeps every sentence in the reports. Raises UsageError for a broken check or an unknown name in the
        configuration.
        """
        self.config = config or Config()
        self.plans = dict(plans or {})
        self.explain = explain
        self.catalog: Catalog = load_catalog(self.config.folders).configured(self.config)
        check_wording(self.catalog.own)
        self.precision = gap_precision()
        self.nlp = _pipeline_of(self.catalog)

    def check(self, note: str | Note) -> NoteReport:
        """The report on one note, given as text (front matter and metadata in it are read) or as a record.

        Raises InputError for text that is no note: empty, marked as psychotherapy (process) notes, more than 1,000,000
        characters.
        """
        return self._reports([note_from_text(note)[0] if isinstance(note, str) else fill_in(note)])[0]

    def check_many(self, notes: Iterable[Note | Problem], *, jobs: int = 1) -> Iterator[NoteReport | Problem]:
        """Reports in the order of the notes. A Problem is passed on; one stands for a note on which the linter failed.

        Memory does not grow with the number of notes. `jobs` processes share the work; decisions do not depend on it.
        """
        if jobs <= 1:
            for batch in _batches(notes):
                yield from self.check_batch(batch)
        else:
            yield from self._check_in_processes(notes, jobs)

    def check_batch(self, batch: Sequence[Note | Problem]) -> list[NoteReport | Problem]:
        """The reports of one batch, in order. A note on which the linter fails becomes a Problem; the others stand."""
        notes = [item for item in batch if isinstance(item, Note)]
        try:
            done: Iterator[NoteReport | Problem] = iter(self._reports(notes))
        except Exception:  # noqa: BLE001  (whichever note it was: each is tried alone)
            done = iter([self._report_or_problem(note) for note in notes])
        return [item if isinstance(item, Problem) else next(done) for item in batch]

    def _reports(self, notes: Sequence[Note]) -> list[NoteReport]:
        return [
            judge(
                note,
                sentences,
                self.catalog,
                plan=self._plan_of(note),
                max_questions=self.config.check.max_questions,
                level=self.config.check.level,
                precision=self.precision,
                keep_sentences=self.explain,
            )
            for note, sentences in zip(notes, tag_notes(self.nlp, notes), strict=True)
        ]

    def _report_or_problem(self, note: Note) -> NoteReport | Problem:
        try:
            return self._reports([note])[0]
        except Exception as error:  # noqa: BLE001  (one note never stops the others; its text is not told)
            what = f"This note could not be checked: notelint failed ({type(error).__name__})."
            return Problem(
                code="E399", path=note.path, line=note.line, message=what, cure="Please report it, without the note."
            )

    def _plan_of(self, note: Note) -> Plan | None:
        if note.patient_id is not None:
            return self.plans.get(note.patient_id)
        return next(iter(self.plans.values())) if len(self.plans) == 1 else None

    def _check_in_processes(self, notes: Iterable[Note | Problem], jobs: int) -> Iterator[NoteReport | Problem]:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("spawn")
        arguments = (self.config, self.plans, self.explain)
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=arguments)
        try:
            waiting: deque[Future[list[NoteReport | Problem]]] = deque()
            for batch in _batches(notes):
                waiting.append(pool.submit(_work, batch))
                if len(waiting) >= jobs * WAITING:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _pipeline_of(catalog: Catalog) -> Language:
    """The pipeline with the token patterns of the catalog's checks. Raises UsageError for one that can't be used."""
    if not catalog.part_patterns:
        return build_pipeline()
    try:
        return _tried_pipeline(catalog.part_patterns)
    except Exception:
        _tried_pipeline(())  # without patterns it works, else they are not to blame
        for check in catalog.own:
            try:
                _tried_pipeline(check.parts)
            except Exception as error:  # noqa: BLE001  (spaCy raises errors of many kinds)
                where = f"{check.path}:{line_of(read_toml(Path(check.path)), ['parts', 0])}"
                message = f"A token pattern can't be used: {' '.join(str(error).split())}"
                cure = "Write it as a list of tokens with LOWER, TEXT, REGEX, OP …; there is no POS and no LEMMA."
                raise UsageError("E218", message, where=where, cure=cure) from None
        raise


def _tried_pipeline(parts: Iterable[PartPatterns]) -> Language:
    """A pipeline that has read a sentence: some patterns fail only in use."""
    nlp = build_pipeline(part.model_dump() for part in parts)
    list(tag_notes(nlp, [Note(text="Client was seen.")]))
    return nlp


def _batches(notes: Iterable[Note | Problem]) -> Iterator[list[Note | Problem]]:
    stream = iter(notes)
    while batch := list(islice(stream, BATCH)):
        yield batch


_worker: Linter | None = None


def _start_worker(config: Config, plans: Mapping[str, Plan], explain: bool) -> None:
    global _worker  # noqa: PLW0603  (one linter for each process)
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; only the first one answers
    _worker = Linter(config=config, plans=plans, explain=explain)


def _work(batch: Sequence[Note | Problem]) -> list[NoteReport | Problem]:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return _worker.check_batch(batch)
