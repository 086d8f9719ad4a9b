"""Attributions as they stand in a text: source, cue and content as linked spans, with the name of the construction that made them."""

from collections.abc import Iterable, Sequence

import msgspec

from dateline.texts.complements import Found
from dateline.texts.phrases import Sentence
from dateline.texts.quotations import Quotation
from dateline.texts.verbs import Phrase

Stretch = tuple[int, int]
"""Characters of the document from a start up to but not including an end."""


class Attribution(msgspec.Struct, frozen=True, order=True):
    """Source, cue and content in characters of the document; what is not there is `None` or empty."""

    cue: Stretch | None
    source: Stretch | None
    content: tuple[Stretch, ...]
    construction: str
    sure: bool = True
    stance: bool = False
    vague: bool = False
    evidence: bool = False

    @property
    def at(self) -> Stretch:
        """From the first to the last character of source and cue, by which it is placed."""
        parts = [part for part in (self.source, self.cue) if part] or list(self.content)
        return min(start for start, _ in parts), max(end for _, end in parts)


def placed(sentence: Sentence, found: Iterable[Found], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Attributions of a sentence in characters of the document; a quotation in a content is there with all its pieces."""
    out = []
    for one in found:
        source = _stretch(sentence, one.source) if one.source else None
        out.append(
            Attribution(
                (sentence.words[one.cue[0]].start, sentence.words[one.cue[1] - 1].end),
                source,
                _contents(sentence, one.content, quotations),
                one.construction,
                one.sure,
                one.stance,
                bool(one.source and _vague(sentence, one.source)),
                bool(one.source and _evidence(sentence, one.source)),
            )
        )
    return out


def _stretch(sentence: Sentence, phrase: Phrase) -> Stretch:
    return sentence.words[phrase.start].start, sentence.words[phrase.end - 1].end


def _contents(sentence: Sentence, content: Iterable[Phrase], quotations: Sequence[Quotation]) -> tuple[Stretch, ...]:
    pieces: list[Stretch] = []
    for phrase in content:
        start, end = _stretch(sentence, phrase)
        for at in range(phrase.start, phrase.end):
            quote = sentence.words[at].quote
            if quote >= 0:
                whole = quotations[quote].pieces
                pieces += [(piece.start, piece.end) for piece in whole if piece.end <= sentence.span[0] or piece.start >= sentence.span[1]]
                inside = [piece for piece in whole if piece.start < sentence.span[1] and piece.end > sentence.span[0]]
                start = min(start, *(piece.start for piece in inside)) if inside and at == phrase.start else start
                end = max(end, *(piece.end for piece in inside)) if inside and at == phrase.end - 1 else end
        pieces.append((start, end))
    return tuple(sorted(set(pieces)))


def _vague(sentence: Sentence, source: Phrase) -> bool:
    """Whether the source is nobody in particular: “some analysts”, “critics”, “sources close to the palace”."""
    words = sentence.lexicon.words
    lows = sentence.lows[source.start : source.end]
    at = 0
    while at < len(lows) - 1 and lows[at] in words["vague_leads"]:
        at += 1
    if lows[at] not in words["vague"] or any(sentence.capital(k) for k in range(source.start + 1, source.end)):
        return False
    return at + 1 == len(lows) or lows[at + 1] in ("close", "familiar", "in", "with", "who", "briefed", "near", "on", "at")


def _evidence(sentence: Sentence, source: Phrase) -> bool:
    """Whether what is shown is the source: images, data, a poll."""
    lows = sentence.lows[source.start : source.end]
    heads = lows[
        : next(
            (
                k
                for k, low in enumerate(lows)
                if k
                and low in sentence.lexicon.words["prepositions"] | {"carried", "released", "published", "seen", "taken", "which", "that"}
            ),
            len(lows),
        )
    ]
    return bool(heads) and heads[-1] in sentence.lexicon.words["evidence"]
