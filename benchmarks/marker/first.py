"""The marker of the first edition (commit 695b542), kept as it was so that the newer one is measured beside it in the same run."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple


def words_of(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


Kind = Literal["attribution", "evidential", "epistemic", "stance", "date", "number", "quotation"]
LAYERS: dict[str, str] = {"evidential": "hedge", "epistemic": "hedge", "stance": "hedge"}
"""The layer of an annotation to which a kind belongs, where it is not the kind itself."""
QUOTATION = re.compile('"([^"]+)"|“([^”]+)”|«([^»]+)»|(?<![\\w])‘([^’]+(?:’(?=\\w)[^’]*)*)’(?!\\w)')
WORD = re.compile(r"[\w][\w.'’-]*[\w]|\w")
MOST = 6
"""Words of an attribution at most, the verb among them."""
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "i", "we"})
DETERMINERS = words_of("the a an its his her their one two three several some this that another")
ROLES = words_of(
    "agency agencies ministry minister ministers spokesperson spokesman spokeswoman official officials officer officers analyst analysts "
    "president premier leader government navy army force forces command staff council office institute report reports release statement "
    "register observatory captain commander general admiral reporter reporters paper papers newspaper daily outlet source sources "
    "diplomat diplomats expert experts researcher researchers witness witnesses resident residents fishermen parliament party committee "
    "department embassy coastguard police radio television media press service post wire courier defence foreign finance prime deputy "
    "chief state senior former retired military chairman chairwoman chair speaker opposition auditor director member members person "
    "people man woman study notes text document post joint head pilot envoy ambassador lawmaker lawmakers think tank news"
)


class Cue(NamedTuple):
    """A rule: a pattern that marks a kind. `source` is the side on which the name of the source is looked for."""

    id: str
    kind: Kind
    pattern: str
    why: str
    source: Literal["", "left", "right"] = ""
    case: bool = False


class Drafted(NamedTuple):
    """A mark that a rule made, in characters of its sentence."""

    start: int
    end: int
    kind: Kind
    rule: str
    why: str


@lru_cache(maxsize=1)
def load_cues() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    table = tomllib.loads((Path(__file__).parent / "first-cues.toml").read_text(encoding="utf-8"))
    cues = [Cue(**entry) for entry in table["cue"]]
    return tuple((cue, re.compile(rf"(?<!\w)(?:{cue.pattern})(?!\w)", re.NOFLAG if cue.case else re.IGNORECASE)) for cue in cues)


def draft(sentence: str) -> list[Drafted]:
    """The marks of one sentence, from left to right. Marks of one kind never overlap: the longer is kept."""
    quoted = [found.span(next(i for i in range(1, 5) if found[i])) for found in QUOTATION.finditer(sentence)]
    quoted = quoted or _half_open(sentence)
    marks = [Drafted(start, end, "quotation", "quotation-marks", "words between quotation marks") for start, end in quoted]
    marks += [mark for mark in _by_cues(sentence) if mark.kind != "attribution" or not _inside(mark, quoted)]
    marks = _joined(marks, sentence)
    kept: list[Drafted] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.kind != "date", mark.start)):
        if not any(_clash(mark, other) for other in kept):
            kept.append(mark)
    return sorted(kept)


def _half_open(sentence: str) -> list[tuple[int, int]]:
    """The words of a quotation that runs on into the next sentence, or comes from the one before."""
    opens, closes = sentence.find("“"), sentence.find("”")
    if sentence.count('"') == 1:
        opens, closes = (0, -1) if sentence.startswith('"') else (-1, sentence.find('"'))
    found = (opens + 1, len(sentence)) if opens >= 0 and closes < 0 else (0, closes) if closes > 0 and opens < 0 else (0, 0)
    return [found] if found[0] < found[1] else []


def _by_cues(sentence: str) -> Iterator[Drafted]:
    for cue, pattern in load_cues():
        for found in pattern.finditer(sentence):
            start, end = found.span()
            if cue.source == "left":
                start = _source_before(sentence, start)
                if start == found.start():
                    if not _follows_quotation(sentence, start):
                        continue  # a verb of saying without a speaker beside it is most often something else
                    end = _source_after(sentence, end)  # “We are ready,” said the minister
            elif cue.source == "right":
                end = _source_after(sentence, end)
            start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
            end -= len(sentence[start:end]) - len(sentence[start:end].rstrip(" ,"))
            if start < end:
                yield Drafted(start, end, cue.kind, cue.id, cue.why)


def _source_before(sentence: str, verb: int) -> int:
    """Where the speaker before a verb begins: a pronoun, or names and roles back to a determiner."""
    start = verb
    words = list(WORD.finditer(sentence, 0, verb))
    noun = _noun_phrase(sentence, words, verb)
    if noun is not None:
        return noun
    for taken, word in enumerate(reversed(words)):
        between = sentence[word.end() : start]
        lowered = word[0].lower().removesuffix("'s").removesuffix("’s")
        if taken >= MOST - 1 or between.strip(" ()") or (lowered == "that" and taken):
            break
        if lowered in PRONOUNS and taken == 0:
            return word.start()
        if lowered in DETERMINERS:
            return word.start() if taken else start
        if not (word[0][0].isupper() or lowered in ROLES or (lowered in ("of", "in", "for") and taken)):
            break
        start = word.start()
    return start


def _noun_phrase(sentence: str, words: list[re.Match[str]], verb: int) -> int | None:
    """Where a short noun phrase before a verb begins, if one stands there whole: a determiner or a possessive, then up to three words."""
    for word in reversed(words[-4:]):
        between = sentence[word.start() : verb]
        lowered = word[0].lower()
        if re.search(r"[,;:“”\"()–—]", between):
            return None
        if lowered in DETERMINERS - {"that"} or lowered.endswith(("'s", "’s", "s'", "s’")):
            before = [other for other in words if other.end() < word.start()]
            joined = before and before[-1][0][0].isupper() and sentence[before[-1].end() : word.start()] == " "
            owner = lowered.endswith(("'s", "’s", "s'", "s’"))
            if owner and before and before[-1][0].lower() in DETERMINERS:
                return before[-1].start()
            return None if joined or between.count(" ") < 2 else word.start()
    return None


def _joined(marks: list[Drafted], sentence: str) -> list[Drafted]:
    """Dates that stand side by side are one: 17:30 on Friday."""
    dates = sorted(mark for mark in marks if mark.kind == "date")
    joined: list[Drafted] = []
    for mark in dates:
        last = joined[-1] if joined else None
        if last and (mark.start < last.end or re.fullmatch(r",? (?:on |of |in )?", sentence[last.end : mark.start])):
            joined[-1] = Drafted(last.start, max(last.end, mark.end), "date", last.rule, last.why)
        else:
            joined.append(mark)
    return [mark for mark in marks if mark.kind != "date"] + joined


def _source_after(sentence: str, at: int) -> int:
    """Where the source after a cue ends: up to five words of names and roles."""
    end = at
    for taken, word in enumerate(WORD.finditer(sentence, at)):
        between = sentence[end : word.start()]
        lowered = word[0].lower().removesuffix("'s").removesuffix("’s")
        if taken >= MOST - 1 or between.strip(" ()"):
            break
        if not (word[0][0].isupper() or lowered in ROLES or lowered in DETERMINERS or (lowered in ("of", "in", "for", "at") and taken)):
            break
        end = word.end()
    while end > at and sentence[at:end].split()[-1].lower() in ("of", "in", "for", "at", *DETERMINERS):
        end = at + len(sentence[at:end].rsplit(maxsplit=1)[0]) if len(sentence[at:end].split()) > 1 else at
    return end


def _follows_quotation(sentence: str, at: int) -> bool:
    return sentence[:at].rstrip().endswith(("”", '"', "’", "»"))


def _inside(mark: Drafted, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in spans)


def _clash(mark: Drafted, other: Drafted) -> bool:
    """Whether two marks cannot both stand: one kind twice, or a number inside a date."""
    overlap = mark.start < other.end and other.start < mark.end
    return overlap and (mark.kind == other.kind or {mark.kind, other.kind} == {"date", "number"})
