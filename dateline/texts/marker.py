"""The marker: who says what, in which words, when, how many, and how sure, in a text that nobody has marked.

`mark` takes plain text and gives spans in its characters; it needs neither a model nor a network, and every mark names its rule. A teacher
corrects what it drafts. `benchmarks/marker.py` says how often it is right.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dateline.texts.attribution import Attribution, placed
from dateline.texts.constructions import attributions
from dateline.texts.credits import credits
from dateline.texts.lexicon import Lexicon, load_cues
from dateline.texts.patterns import TIMES, Hit, hits
from dateline.texts.phrases import Sentence
from dateline.texts.quotations import Piece, Quotation, find_quotations
from dateline.texts.sentences import sentence_spans

Stretch = tuple[int, int]


class Marked(NamedTuple):
    """The marks of a text in its characters."""

    attributions: tuple[Attribution, ...]
    quotations: tuple[Quotation, ...]
    hits: tuple[Hit, ...]


def mark(document: str) -> Marked:
    """The marks of a plain text whose paragraphs stand on lines of their own. Raises `CourseError` if the rules cannot be read."""
    paragraphs = [(found.start(), found.end()) for found in re.finditer(r"[^\n]*\S[^\n]*", document)]
    sentences = [[(start + a, start + b) for a, b in sentence_spans(document[start:end])] for start, end in paragraphs]
    return mark_sentences(document, sentences)


def mark_sentences(document: str, paragraphs: Sequence[Sequence[Stretch]], headings: frozenset[int] = frozenset()) -> Marked:
    """The marks of a text whose sentences are known, paragraph by paragraph; `headings` are the numbers of those that are headings."""
    lexicon = load_cues()
    bounds = [(part[0][0], part[-1][1]) for part in paragraphs]
    quotations = find_quotations(document, bounds)
    found = hits(document, lexicon, [span for part in paragraphs for span in part])
    pieces = sorted((piece.start, piece.end, number) for number, one in enumerate(quotations) for piece in one.pieces)
    dates = [(hit.start, hit.end) for hit in found if hit.cue.kind in TIMES]
    made: list[Attribution] = []
    for number, part in enumerate(paragraphs):
        made += _paragraph(document, part, pieces, dates, quotations, lexicon, number in headings, made)
        if number:
            made = _block(document, paragraphs, number, made, quotations)
    return Marked(tuple(sorted(made, key=lambda one: (one.at, one.construction))), tuple(quotations), tuple(found))


def _paragraph(
    document: str,
    part: Sequence[Stretch],
    pieces: Sequence[tuple[int, int, int]],
    dates: Sequence[Stretch],
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    heading: bool,
    before: Sequence[Attribution],
) -> list[Attribution]:
    made, whole = credits(document, part, heading)
    body = max((one.at[1] for one in made if one.construction == "dateline"), default=part[0][0])
    if whole:
        return made
    for start, end in part:
        if end <= body:
            continue
        span = (max(start, _after_dash(document, body) if start < body else start), end)
        inside = _between(pieces, *span)
        sentence = Sentence(document, span, inside, _between_dates(dates, *span), lexicon, heading)
        if not sentence.words:
            continue
        here = placed(sentence, attributions(sentence), quotations)
        made += here
        for begin, stop, number in inside:
            made += _inside(document, max(begin, span[0]), min(stop, span[1]), dates, quotations, number, lexicon)
        if not here:
            made = _continued(sentence, made, before, quotations)
    return made


def _inside(
    document: str, start: int, end: int, dates: Sequence[Stretch], quotations: Sequence[Quotation], number: int, lexicon: Lexicon
) -> list[Attribution]:
    """Attributions inside a quotation, where a clause with “that” or a quotation of its own leaves no doubt."""
    while start < end and document[start] in "\"“‘'«„ ":
        start += 1
    while end > start and document[end - 1] in "\"”’'»“ ":
        end -= 1
    if document.count(" ", start, end) < 4:
        return []
    made = []
    for a, b in sentence_spans(document[start:end]):
        sentence = Sentence(document, (start + a, start + b), [], _between_dates(dates, start + a, start + b), lexicon)
        for one in placed(sentence, attributions(sentence), quotations):
            first = document[one.content[0][0] : one.content[0][0] + 5].lower() if one.content else ""
            if (
                one.construction in ("after", "relative", "apposition", "according-to", "nominal")
                and (first.startswith("that ") or one.construction == "according-to")
                and one.source
            ):
                made.append(Attribution(one.cue, one.source, one.content, one.construction, False, one.stance, one.vague, one.evidence))
    return made


def _continued(
    sentence: Sentence, made: list[Attribution], before: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """A sentence that is a quotation and nothing else goes on with the last speaker, of this paragraph or the one before."""
    words = [word for word in sentence.words if word.low not in (".", "!", "?", "—", "–", "-", ",")]
    if not words or any(word.quote < 0 for word in words):
        return made
    stretch = (sentence.span[0], sentence.span[1])
    if any(start <= stretch[0] and stretch[1] <= end for one in made for start, end in one.content):
        return made
    whole = tuple((piece.start, piece.end) for word in words for piece in quotations[word.quote].pieces)
    last = next(
        (
            k
            for k in range(len(made) - 1, -1, -1)
            if made[k].content and made[k].cue and made[k].construction != "citing" and _speaks(made[k], sentence)
        ),
        None,
    )
    if last is not None:
        one = made[last]
        content = tuple(sorted({*one.content, *whole}))
        return [*made[:last], _with_content(one, content), *made[last + 1 :]]
    if made:
        return made
    speaker = next(
        (
            one
            for one in reversed(before)
            if one.source and one.construction in ("before", "after", "inverted", "apposition", "quoted-as", "colon")
        ),
        None,
    )
    if speaker is None or (
        sentence.words[0].quote >= 0 and any(piece.start < sentence.span[0] for piece in quotations[sentence.words[0].quote].pieces)
    ):
        return made
    return [*made, Attribution(None, None, whole, "quotation-alone", sure=False)]


def _speaks(one: Attribution, sentence: Sentence) -> bool:
    """Whether an attribution has a quotation in its content or a speaker that may go on."""
    return one.construction in (
        "before",
        "after",
        "inverted",
        "apposition",
        "quoted-as",
        "going-on",
        "colon",
        "relative",
        "infinitive",
        "object",
    )


def _with_content(one: Attribution, content: tuple[Stretch, ...]) -> Attribution:
    return Attribution(one.cue, one.source, content, one.construction, one.sure, one.stance, one.vague, one.evidence)


def _block(
    document: str, paragraphs: Sequence[Sequence[Stretch]], number: int, made: list[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """A paragraph after “he wrote:” is what he wrote."""
    ended = paragraphs[number - 1][-1][1]
    if document[ended - 1] != ":":
        return made
    start, end = paragraphs[number][0][0], paragraphs[number][-1][1]
    previous = paragraphs[number - 1][-1]
    cue = re.search(
        r"\b(said|says|read|reads|wrote|writes|added|adds|stated|states|replied|told \w+|as follows|announced|declared)\s*:$",
        document[previous[0] : previous[1]],
    )
    if not cue:
        return made
    from_quote = any(one.pieces[0].start == start for one in quotations)
    at = (previous[0] + cue.start(1), previous[0] + cue.end(1))
    source = _subject_of(document, previous, at)
    kept = [one for one in made if not (one.cue and at[0] <= one.cue[0] < at[1])]
    return [*kept, Attribution(at, source, ((start, end),), "after", sure=from_quote)]


def _subject_of(document: str, span: Stretch, cue: Stretch) -> Stretch | None:
    sentence = Sentence(document, (span[0], cue[1]), [], [], load_cues())
    phrase = sentence.phrase_before(len(sentence) - 1)
    return (sentence.words[phrase.start].start, sentence.words[phrase.end - 1].end) if phrase else None


def _after_dash(document: str, at: int) -> int:
    """Where the first sentence goes on after its dateline."""
    found = re.compile(r"[\s)./\]—–:-]*").match(document, at)
    return found.end() if found else at


def _between(pieces: Sequence[tuple[int, int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    first = max(0, bisect_right(pieces, (start, 0, 0)) - 1)
    out = []
    for piece in pieces[first:]:
        if piece[0] >= end:
            break
        if piece[1] > start:
            out.append(piece)
    return out


def _between_dates(dates: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    first = max(0, bisect_right(dates, (start, 0)) - 1)
    out = []
    for date in dates[first:]:
        if date[0] >= end:
            break
        if date[1] > start:
            out.append(date)
    return out


def words_inside(piece: Piece) -> Stretch:
    """What stands between the marks of a piece of a quotation."""
    return piece.inner_start, piece.inner_end
