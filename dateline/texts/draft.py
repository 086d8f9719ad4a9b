"""A first draft of the marks on a text, as an annotation file has them: each in one sentence, with its rule, for a teacher to correct.

`marker` finds them in the whole text; here they are set into sentences. `benchmarks/marker.py` says how often they are right.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from dateline.texts.lexicon import Lexicon, load_cues
from dateline.texts.marker import Marked, mark_sentences
from dateline.texts.quotations import half_closed
from dateline.texts.shapes import is_heading

Kind = Literal["attribution", "evidential", "epistemic", "stance", "date", "duration", "set", "number", "quotation", "vague", "evidence"]
LAYERS: dict[str, str] = {
    "evidential": "hedge",
    "epistemic": "hedge",
    "stance": "hedge",
    "duration": "date",
    "set": "date",
    "vague": "hedge",
    "evidence": "hedge",
}
"""The layer of an annotation to which a kind belongs, where it is not the kind itself."""
PARTS = ("source", "cue", "content")


class Drafted(msgspec.Struct, frozen=True, order=True):
    """A mark that a rule made, in characters of its sentence. The parts of one attribution share a `link`; `part` says which this is."""

    start: int
    end: int
    kind: Kind
    rule: str
    why: str
    part: str = ""
    link: str = ""
    sure: bool = True


def draft(sentence: str) -> list[Drafted]:
    """The marks of one sentence alone, from left to right. An attribution is one mark: source and cue if they touch, else the cue."""
    return _alone(sentence, draft_sentences([[sentence]], frozenset({0} if is_heading(sentence) else ()))[0][0])


def _alone(sentence: str, marks: Sequence[Drafted]) -> list[Drafted]:
    out = [mark for mark in marks if not mark.link]
    for link in dict.fromkeys(mark.link for mark in marks if mark.link):
        own = {mark.part: mark for mark in reversed(marks) if mark.link == link and mark.part != "content"}
        cue, source = own.get("cue"), own.get("source")
        if cue and source and not sentence[min(cue.end, source.end) : max(cue.start, source.start)].strip():
            first, last = sorted((cue, source))
            out.append(msgspec.structs.replace(cue, start=first.start, end=last.end, part=""))
        elif one := cue or source:
            out.append(msgspec.structs.replace(one, part=""))
    if not any(mark.kind == "quotation" for mark in out) and (half := half_closed(sentence)):
        out.append(Drafted(*half, "quotation", "quotation-marks", QUOTED))
    return sorted(out)


QUOTED = "words between quotation marks"


def draft_sentences(paragraphs: Sequence[Sequence[str]], headings: frozenset[int] = frozenset()) -> list[list[list[Drafted]]]:
    """The marks of a text, paragraph by paragraph and sentence by sentence; `headings` are the numbers of paragraphs that are headings."""
    parts, spans, at = [], [], 0  # type: list[str], list[list[tuple[int, int]]], int
    for paragraph in paragraphs:
        own = []
        for sentence in paragraph:
            own.append((at, at + len(sentence)))
            at += len(sentence) + 1
        spans.append(own)
        parts.append(" ".join(paragraph))
    marked = mark_sentences("\n".join(parts), spans, headings)
    found = sorted(_marks(marked, load_cues()), key=lambda mark: (mark.start, mark.end, mark.kind, mark.part, mark.link))
    return [[_inside(found, span) for span in own] for own in spans]


def _inside(marks: Iterable[Drafted], span: tuple[int, int]) -> list[Drafted]:
    """The marks of one sentence; what runs over several is there with its part in this one."""
    start, end = span
    return sorted(
        msgspec.structs.replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if mark.start < end and start < mark.end
    )


def _marks(marked: Marked, lexicon: Lexicon) -> Iterator[Drafted]:
    for hit in marked.hits:
        yield Drafted(hit.start, hit.end, hit.cue.kind, hit.cue.id, hit.cue.why)
    for quotation in marked.quotations:
        for piece in quotation.pieces:
            if piece.inner_start < piece.inner_end:
                yield Drafted(piece.inner_start, piece.inner_end, "quotation", "quotation-marks", QUOTED, sure=quotation.closed)
    for number, one in enumerate(marked.attributions, 1):
        why, link = lexicon.constructions[one.construction].why, f"a{number}"
        for part, stretches in (("source", [one.source]), ("cue", [one.cue]), ("content", one.content)):
            for stretch in stretches:
                if stretch:
                    yield Drafted(*stretch, "attribution", one.construction, why, part, link, one.sure)
        if one.source and one.vague:
            yield Drafted(*one.source, "vague", "vague-source", "a source that nobody could ask")
        if one.cue and one.evidence:
            yield Drafted(*one.cue, "evidence", "evidence-shown", "what is shown is the source, and somebody reads it")
