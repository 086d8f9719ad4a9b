"""What stands after and before a cue: the clause, the quotation or the object that is handed over, and how far it reaches."""

from collections.abc import Iterator
from typing import NamedTuple

from dateline.texts.phrases import Sentence
from dateline.texts.verbs import Group, Phrase
from dateline.texts.words import STOPS

WH = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when", "which", "whom", "whose"})


class Found(NamedTuple):
    """An attribution in words of its sentence while the sentence is worked through."""

    construction: str
    source: Phrase | None
    cue: tuple[int, int]
    content: tuple[Phrase, ...]
    sure: bool = True
    stance: bool = False
    evidence: bool = False
    after: bool = False
    """Whether the last piece of content runs on to the end of its clause and may be cut by what follows."""
    left: int = 0
    """Where the words of this attribution begin; an earlier content that runs on ends here if they are no part of it."""
    coordinate: bool = False


class Complement(NamedTuple):
    """What stands after a cue: from where it runs, and of which sort it is."""

    start: int
    sort: str


class Complements:
    """One sentence while its attributions are looked for: what may be their content."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.words = sentence.lexicon.words
        self.made: list[Found] = []
        self.last = len(sentence) - 1
        while self.last > 0 and sentence.lows[self.last] in (".", "!", "?", "…", ")", "。"):
            self.last -= 1
        self.end = self.last + 1
        """The word after the last that is no stop."""

    def _complement(self, group: Group) -> Complement | None:
        """What is handed over after a cue: a clause, a quotation, an object; adjuncts and whoever is told are passed by."""
        s, frames = self.s, group.form.verbs.frames
        at, told = group.end, False
        for _ in range(6):
            while (
                at < self.end
                and s.is_adverb(at)
                and s.low(at) not in ("only", "even", "just", "once", "soon", "never", "not", "too")
                and not s.dated(at)
            ):
                at += 1
            low = s.low(at)
            if at > self.last and low != ":":
                return None
            direct = self._direct(at, group)
            if direct:
                return direct
            if "teller" in frames and not told and (phrase := self._told(at)):
                told, at = True, phrase
                continue
            adjunct = s.adjunct_end(at)
            if adjunct and adjunct > at and self._promising(adjunct, group, at):
                at = adjunct
                continue
            if low == "," and (skipped := self._parenthesis(at)):
                at = skipped
                continue
            if low == "to" and s.low(at + 1) in ("reporters", "journalists", "lawmakers", "him", "her", "them", "me"):
                at += 2
                continue
            break
        return self._clause(at, group, told)

    def _direct(self, at: int, group: Group) -> Complement | None:
        s, frames = self.s, group.form.verbs.frames
        low, after = s.low(at), s.low(at + 1)
        speaks = "clause" in frames or "that" in frames
        if low == "that" and speaks and not (after in STOPS or after in ("of", "to", "is")):
            return Complement(at, "that")
        if (
            low in WH
            and speaks
            and (low not in ("if", "when", "where") or group.negated or "to" in frames or group.form.verbs.id in ("finding", "asking"))
        ):
            return Complement(at, "that")
        if s.is_quote(at) and ("quote" in frames or "object" in frames):
            return Complement(at, "quote")
        if low == ":" and ("quote" in frames or speaks):
            return Complement(at + 1, "colon")
        if low == "," and s.is_quote(at + 1) and "quote" in frames:
            return Complement(at + 1, "comma")
        if low == "to" and "to" in frames and s.low(group.end - 1).startswith("refus") and after not in self.words["speech"]:
            return None
        if low == "to" and after == "be" and group.form.verbs.id == "refusing":
            return None
        if low == "to" and "to" in frames and not (after in self.words["determiners"] or s.capital(at + 1)):
            return Complement(at, "to")
        if low in frames and low in ("of", "about", "against", "for", "on", "with", "as") and not s.dated(at + 1):
            return Complement(at, "prep")
        if low == "to" and ("to-noun" in frames or (group.negated and s.low(group.end - 1) == "respond")):
            return Complement(at, "prep")
        if low == "so" and (after in STOPS or at == self.last or s.adjunct_end(at + 1)) and speaks:
            return Complement(at, "so")
        return None

    def _told(self, at: int) -> int | None:
        """The word after whoever is told: “reporters”, “the committee”, “Radio Dalma”."""
        s = self.s
        low = s.low(at)
        if low in self.words["objects"] or low in ("you", "reporters", "journalists", "lawmakers", "everyone", "people"):
            return at + 1
        for here in range(at, min(at + 12, self.end)):
            if s.low(here) in ("that", "whether", "how", "why", "what", "to", ":") or s.is_quote(here):
                return here if here > at and not s.has_finite(at, here) else self._told_name(at)
            if s.low(here) in (",", ";") or (here > at and s.dated(here)):
                break
            if here > at and (adjunct := s.adjunct_end(here)) and s.low(here) not in ("of",) and adjunct:
                return here
        return self._told_name(at)

    def _told_name(self, at: int) -> int | None:
        """The word after a name or a short noun phrase before a clause."""
        s = self.s
        low = s.low(at)
        if s.stop(at) or low in self.words["prepositions"]:
            return None
        here = at + 1 if low in self.words["determiners"] or low in self.words["possessives"] else at
        capital = s.capital(here)
        while here < self.end and not s.stop(here):
            low = s.low(here)
            if low in self.words["determiners"] or low in self.words["pronouns"] or (s.capital(here) and not capital):
                return here if here > at else None
            if here > at and s.finite(here):
                return here - 1 if here - 1 > at else None
            capital = capital and s.capital(here)
            here += 1
        return here if here > at else None

    def _promising(self, at: int, group: Group, adjunct: int) -> bool:
        """Whether something is handed over after an adjunct."""
        s = self.s
        if at >= self.end:
            return False
        return (
            bool(self._direct(at, group))
            or s.low(at) in (",",)
            or s.adjunct_end(at) is not None
            or ("clause" in group.form.verbs.frames and s.has_finite(at, self.end))
            or "object" in group.form.verbs.frames
        )

    def _parenthesis(self, comma: int) -> int | None:
        """The word after “, on condition of anonymity,” between a cue and its clause."""
        s = self.s
        first = s.low(comma + 1)
        if (first not in self.words["prepositions"] and not first.endswith("ing")) or first in s.lexicon.forms:
            return None
        for here in range(comma + 2, min(comma + 12, self.end)):
            if s.low(here) == ",":
                return (
                    here + 1
                    if s.low(here + 1) == "that"
                    or s.is_quote(here + 1)
                    or (s.has_finite(here + 1, self.end) and not s.has_finite(comma + 1, here) and not s.low(comma + 1).endswith("ing"))
                    else None
                )
            if s.is_quote(here):
                return None
        return None

    def _clause(self, at: int, group: Group, told: bool) -> Complement | None:
        """A bare clause or an object."""
        s, verbs = self.s, group.form.verbs
        low = s.low(at)
        if (
            at >= self.end
            or s.stop(at)
            or (
                low in ("and", "but", "or", "nothing", "anything", "something", "no", "so", "more", "little", "much")
                and not s.has_finite(at + 1, self.end)
            )
            or (low == "it" and at + 1 >= self.end)
        ):
            return Complement(at, "object") if low in ("it", "no") and "object" in verbs.frames and at < self.end else None
        if (low in self.words["subordinators"] and low not in ("as", "since")) or (s.is_adverb(at) and not s.has_finite(at, self.end)):
            return None
        if "clause" in verbs.frames and low not in ("and", "but", "or") and low not in self.words["objects"] - {"her"}:
            limit = next((k for k in range(at, self.end) if s.low(k) in (";", ":", "—", "--")), self.end)
            sure_of_clause = verbs.id in ("judging", "insisting") or s.low(group.end - 1) in ("said", "say", "says", "saying")
            plain = (
                sure_of_clause
                and self.end - at > 1
                and (low in self.words["determiners"] or low in self.words["pronouns"] or s.capital(at))
            )
            quoted = plain or any(s.is_quote(k) for k in range(at + 1, limit))
            if (
                (s.has_finite(at + 1, limit) or (quoted and "object" not in verbs.frames))
                and (
                    low not in self.words["prepositions"]
                    or s.adjunct_end(at) is not None
                    or low in ("in", "at", "about", "over", "under", "for", "with")
                )
                and (not ({"object"} & set(verbs.frames)) or self._subject_first(at, limit))
            ):
                return Complement(at, "loose" if low in self.words["prepositions"] and not self._subject_first(at, limit) else "clause")
        prepositional = low in self.words["prepositions"] and s.low(at + 1) not in ("least", "most")
        if "object" in verbs.frames and not prepositional and self._said_of(at) and not s.dated(at) and low not in ("and", "but", "or"):
            return Complement(at, "object")
        return None

    def _said_of(self, at: int) -> bool:
        """Whether an object is one that is said: the fire claimed lives, and said nothing."""
        return not any(self.s.low(k) in self.words["unsaid"] for k in range(at, min(at + 5, self.end)))

    def _subject_first(self, at: int, limit: int) -> bool:
        """Whether a subject with its verb stands here: “talks would resume”, not “the plan which was made”."""
        s = self.s
        for here in range(at, limit):
            if s.low(here) in self.words["relatives"] or (s.low(here) in self.words["subordinators"] and here > at) or s.low(here) == ",":
                return False
            if here > at and s.finite(here):
                return True
        return False

    def _object(self, start: int) -> Phrase | None:
        """The object of a cue: to the end of its clause."""
        s = self.s
        here = start
        while here < self.end:
            low = s.low(here)
            if low in (";", ":", "—", "--", "(") or (
                low in ("when", "while", "after", "before", "because", "although", "though", "but", "until", "since") and here > start
            ):
                break
            if low == "," and (
                s.low(here + 1)
                in ("and", "but", "while", "as", "after", "when", "which", "though", "although", "in", "at", "on", "with", "during")
                or s.low(here + 1).endswith("ing")
                or s.dated(here + 1)
                or self._subject_first(here + 1, self.end)
            ):
                break
            here += 1
        bare = here
        while bare > start + 1 and s.dated(bare - 1):
            bare -= 1
        if bare < here and s.low(bare - 1) == "on":
            here = bare - 1
        elif bare < here and s.low(bare - 1) not in self.words["prepositions"]:
            here = bare
        return Phrase(start, here) if here > start else None

    def _before(self, left: int) -> Phrase | None:
        """The content before a source: from where its clause begins to the comma or the quotation that ends it."""
        s = self.s
        end = left
        if end <= 0 or not (s.low(end - 1) == "," or s.is_quote(end - 1) or s.low(end - 1) in ("—", "–", "--", "-")):
            return None
        if not s.is_quote(end - 1):
            end -= 1
        start = self._clause_start(end)
        if end <= start or (end - start == 1 and not (s.is_quote(start) or s.low(start) in ("that", "this", "it", "he", "she", "they"))):
            return None
        if any(start <= one.cue[0] < end and one.construction in ("according-to", "citing", "passive") for one in self.made):
            return None
        if any(s.is_quote(k) for k in range(start, end)):
            return Phrase(start, end)
        led = s.low(start)
        if (
            led in self.words["prepositions"]
            or led in ("when", "while", "although", "though", "because", "if", "as", "since", "after", "before", "until", "once")
            or s.dated(start)
            or s.is_adverb(start)
            or (led in self.words["openers"] and end - start < 3)
        ) and not self._full(start, end):
            return None
        if led.endswith("ed") and s.low(start + 1) in ("by", "about", "on", "to", "for", "in", "whether", "if", "why", "how"):
            return None
        if led.endswith("ing") and not self._full(start, end):
            return None
        return Phrase(start, end)

    def _full(self, start: int, end: int) -> bool:
        """Whether a main clause stands here, and not only what leads one."""
        s = self.s
        comma = next((k for k in range(start, end) if s.low(k) == ","), None)
        if s.low(start) in (
            "when",
            "while",
            "although",
            "though",
            "because",
            "if",
            "as",
            "since",
            "after",
            "before",
            "until",
            "once",
            "asked",
            "speaking",
        ):
            return comma is not None and s.has_finite(comma + 1, end)
        return s.has_finite(start, end)

    def _clause_start(self, end: int) -> int:
        """Where the clause that ends here begins: after a dateline, a semicolon, or an attribution before it."""
        s, start = self.s, 0
        for at in range(end - 1, -1, -1):
            if s.low(at) in (";", "—", "--") or (s.low(at) == ":" and at < 4):
                start = at + 1
                break
        for one in self.made:
            if one.cue[1] <= end and one.content and one.content[-1].end <= end and not one.after:
                start = max(start, one.cue[1] + (s.low(one.cue[1]) == ","))
        return start

    def _rest(self, group: Group, complement: Complement | None) -> Iterator[Phrase]:
        """What goes on after “…, he said,”."""
        s = self.s
        if complement and complement.sort == "comma":
            yield Phrase(complement.start, self.end)
            return
        at = group.end
        for _ in range(3):
            if (adjunct := s.adjunct_end(at)) and adjunct < self.end:
                at = adjunct
        while at < self.end and not (s.low(at) == "," or s.is_quote(at)):
            at += 1
        if at >= self.end or at - group.end > 12:
            return
        at += s.low(at) == ","
        low = s.low(at)
        if s.is_quote(at) or low in ("and", "but", "or", "not", "that") or s.finite(at):
            if low in ("and", "but") and self.s.group_at(at + 1):
                return
            yield Phrase(at, self.end)
