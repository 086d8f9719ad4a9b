"""Who says what: attributions by named construction, each with its source, its cue and its content as linked spans.

The grammar is of English news. It knows phrases, not meaning: every mark names its construction, and `sure` is false where more than one
reading was open.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from dateline.texts.lexicon import Lexicon
from dateline.texts.phrases import BE, QUOTE, STOPS, Group, Phrase, Sentence
from dateline.texts.quotations import Quotation

Stretch = tuple[int, int]
"""Characters of the document from a start up to but not including an end."""
WH = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when", "which", "whom", "whose"})
CUTS = frozenset({"while", "although", "though", "whereas"})
LONG = 14
"""A source of more words is not sure."""


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


def attributions(sentence: Sentence) -> list[Found]:
    """The attributions of one sentence, from left to right."""
    return _Clauses(sentence).found()


class _Clauses:
    """One sentence while its attributions are looked for."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.words = sentence.lexicon.words
        self.made: list[Found] = []
        self.last = len(sentence) - 1
        while self.last > 0 and sentence.lows[self.last] in (".", "!", "?", "…", ")", "。"):
            self.last -= 1
        self.end = self.last + 1
        """The word after the last that is no stop."""

    def found(self) -> list[Found]:
        past = 0
        for at in [k for k, low in enumerate(self.s.lows) if low in self.s.lexicon.triggers]:
            one = self._here(at) if at >= past else None
            if one:
                self.made.append(one)
                past = one.cue[1]
        if self.s.heading and not self.made:
            self.made += self._headline()
        elif not self.made:
            self.made += self._speaker_colon()
        return self._cut()

    def _here(self, at: int) -> Found | None:
        low = self.s.low(at)
        if low == "according" and self.s.low(at + 1) == "to":
            return self._according(at, at + 2)
        if low in ("citing", "quoting", "cites", "cited", "quoted") and (one := self._citing(at)):
            return one
        if low == "as" and self.s.low(at + 1) in ("reported", "quoted", "told", "cited") and self.s.low(at + 2) == "by":
            return self._by(at + 1, at + 3)
        if low in ("view", "words", "opinion", "account", "telling", "judgment", "judgement", "estimation") and (one := self._in_view(at)):
            return one
        group = self.s.group_at(at)
        if group:
            return self._of(group)
        if low in self.s.lexicon.nouns["that"]:
            return self._nominal(at)
        return None

    # ---- verbs --------------------------------------------------------------------------------------------------------

    def _of(self, group: Group) -> Found | None:
        if group.use == "passive":
            return self._passive(group)
        if group.use == "participle":
            return self._going_on(group)
        if group.use == "infinitive":
            return self._infinitive(group)
        return self._finite(group)

    def _finite(self, group: Group) -> Found | None:
        s, verbs = self.s, group.form.verbs
        here = group.start - 1
        while here >= 0 and s.is_adverb(here) and not s.dated(here):
            here -= 1
        low = s.low(here)
        complement = self._complement(group)
        if low in ("and", "but", "or", "then") and not s.is_quote(here):
            return self._coordinate(group, complement, here)
        if low == ",":
            apposition = self._apposition(here)
            if apposition:
                return self._with(group, "apposition", apposition, complement, apposition.start)
            if self.made and self.made[-1].after and complement and complement.sort in ("that", "quote", "colon") and not s.phrase_after(group.end):
                return self._coordinate(group, complement, here)
            return self._inverted(group, here) or (self._coordinate(group, complement, here) if complement and complement.sort in ("that", "quote") else None)
        if s.is_quote(here) and not s.phrase_before(here + 1):
            return self._inverted(group, here + 1)
        if here < 0:
            return self._inverted(group, 0)
        if low in ("who", "which", "that"):
            return self._relative(group, complement, here)
        source = s.phrase_before(group.start)
        if source is None or source.end <= source.start:
            return self._inverted(group, here + 1) if s.is_quote(here) else None
        return self._with(group, "after", source, complement, source.start)

    def _with(self, group: Group, construction: str, source: Phrase, complement: Complement | None, left: int) -> Found | None:
        """An attribution whose source is known: its content stands after the cue, or before the source."""
        s, verbs = self.s, group.form.verbs
        before = self._before(left) if "before" in verbs.frames and (complement is None or complement.sort in ("comma", "object", "loose")) else None
        relative = s.low(source.start - 1) in ("what", "which", "whom") or (
            s.low(source.start - 1) == "as" and not complement
        )
        if s.low(source.start - 1) == "as" and source.start - 1 == 0:
            comma = next((k for k in range(group.end, self.end) if s.low(k) == ","), None)
            if comma:
                return self._made("after", source, group, (Phrase(comma + 1, self.end),), left, sure=False)
        if complement and complement.sort == "loose" and not before:
            complement = None
        if before and complement and complement.sort == "object" and not s.has_finite(before.start, before.end):
            before = None
        if before:
            pieces = [before, *self._rest(group, complement)]
            name = construction if construction == "apposition" else "before"
            return self._made(name, source, group, tuple(pieces), left, after=len(pieces) > 1)
        if complement is None or complement.sort == "loose":
            if s.low(source.start) in ("he", "she", "it", "they") and (named := s.phrase_before(source.start)) and "object" in verbs.frames:
                return self._made("relative", source, group, (named,), source.start, sure=False)
            if relative and {"object", "clause"} & set(verbs.frames):
                return self._made("relative", source, group, (), left, sure=False)
            return None
        name = construction
        if construction == "after":
            name = {"object": "object", "to": "infinitive", "prep": "after"}.get(complement.sort, "after")
            if relative and complement.sort == "object":
                name = "relative"
        sure = complement.sort in ("that", "quote", "colon", "to") or not verbs.noun
        content = self._object(complement.start) if complement.sort == "object" else Phrase(complement.start, self.end)
        return self._made(name, source, group, (content,) if content else (), left, after=True, sure=sure)

    def _made(
        self,
        construction: str,
        source: Phrase | None,
        group: Group,
        content: tuple[Phrase, ...],
        left: int,
        *,
        after: bool = False,
        sure: bool = True,
        coordinate: bool = False,
    ) -> Found:
        verbs = group.form.verbs
        long = source is not None and source.end - source.start > LONG
        return Found(construction, source, (group.start, group.end), content, sure and not long, verbs.stance, verbs.evidence, after, left, coordinate)

    def _complement(self, group: Group) -> Complement | None:
        """What is handed over after a cue: a clause, a quotation, an object; adjuncts and whoever is told are passed by."""
        s, frames = self.s, group.form.verbs.frames
        at, told = group.end, False
        for _ in range(6):
            while at < self.end and s.is_adverb(at) and s.low(at) not in ("only", "even", "just", "once", "soon", "never", "not", "too") and not s.dated(at):
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
        if low in WH and speaks and (low not in ("if", "when", "where") or group.negated or "to" in frames or group.form.verbs.id in ("finding", "asking")):
            return Complement(at, "that")
        if s.is_quote(at) and ("quote" in frames or "object" in frames):
            return Complement(at, "quote")
        if low == ":" and ("quote" in frames or speaks):
            return Complement(at + 1, "colon")
        if low == "," and s.is_quote(at + 1) and "quote" in frames:
            return Complement(at + 1, "comma")
        if low == "to" and "to" in frames and s.low(group.end - 1).startswith("refus") and after not in self.words["speech"]:
            return None
        if low == "to" and after == "be" and "refusing" == group.form.verbs.id:
            return None
        if low == "to" and "to" in frames and not (after in self.words["determiners"] or s.capital(at + 1)):
            return Complement(at, "to")
        if low in frames and low in ("of", "about", "against", "for", "on", "with", "as") and not s.dated(at + 1):
            return Complement(at, "prep")
        if low == "to" and ("to-noun" in frames or group.negated and s.low(group.end - 1) == "respond"):
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
        return bool(self._direct(at, group)) or s.low(at) in (",",) or s.adjunct_end(at) is not None or ("clause" in group.form.verbs.frames and s.has_finite(at, self.end)) or "object" in group.form.verbs.frames

    def _parenthesis(self, comma: int) -> int | None:
        """The word after “, on condition of anonymity,” between a cue and its clause."""
        s = self.s
        first = s.low(comma + 1)
        if first not in self.words["prepositions"] and not first.endswith("ing") or first in s.lexicon.forms:
            return None
        for here in range(comma + 2, min(comma + 12, self.end)):
            if s.low(here) == ",":
                return here + 1 if s.low(here + 1) == "that" or s.is_quote(here + 1) or s.has_finite(here + 1, self.end) and not s.has_finite(comma + 1, here) and not s.low(comma + 1).endswith("ing") else None
            if s.is_quote(here):
                return None
        return None

    def _clause(self, at: int, group: Group, told: bool) -> Complement | None:
        """A bare clause or an object."""
        s, verbs = self.s, group.form.verbs
        low = s.low(at)
        if at >= self.end or s.stop(at) or low in ("and", "but", "or", "nothing", "anything", "something", "no", "it", "so", "more", "little", "much") and not s.has_finite(at + 1, self.end):
            return Complement(at, "object") if low in ("it", "no") and "object" in verbs.frames and at < self.end else None
        if low in self.words["subordinators"] and low not in ("as", "since") or s.is_adverb(at) and not s.has_finite(at, self.end):
            return None
        if "clause" in verbs.frames and low not in ("and", "but", "or") and low not in self.words["objects"] - {"her"}:
            limit = next((k for k in range(at, self.end) if s.low(k) in (";", ":", "—", "--")), self.end)
            sure_of_clause = verbs.id in ("judging", "insisting") or s.low(group.end - 1) in ("said", "say", "says", "saying")
            plain = sure_of_clause and self.end - at > 2 and (low in self.words["determiners"] or low in self.words["pronouns"] or s.capital(at))
            quoted = plain or any(s.is_quote(k) for k in range(at + 1, limit))
            if (s.has_finite(at + 1, limit) or (quoted and "object" not in verbs.frames)) and (low not in self.words["prepositions"] or s.adjunct_end(at) is not None or low in ("in", "at", "about", "over", "under", "for", "with")):
                if not ({"object"} & set(verbs.frames)) or self._subject_first(at, limit):
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
            if low in (";", ":", "—", "--", "(") or (low in ("when", "while", "after", "before", "because", "although", "though", "but", "until", "since") and here > start):
                break
            if low == "," and (s.low(here + 1) in ("and", "but", "while", "as", "after", "when", "which", "though", "although", "in", "at", "on", "with", "during") or s.low(here + 1).endswith("ing") or s.dated(here + 1) or self._subject_first(here + 1, self.end)):
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
        if (led in self.words["prepositions"] or led in ("when", "while", "although", "though", "because", "if", "as", "since", "after", "before", "until", "once") or s.dated(start) or s.is_adverb(start) or led in self.words["openers"] and end - start < 3) and not self._full(start, end):
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
        if s.low(start) in ("when", "while", "although", "though", "because", "if", "as", "since", "after", "before", "until", "once", "asked", "speaking"):
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

    # ---- constructions -------------------------------------------------------------------------------------------------------

    def _coordinate(self, group: Group, complement: Complement | None, at: int) -> Found | None:
        """“… and warned of”: whoever spoke or acted before goes on."""
        if not complement or complement.sort == "loose" or (complement.sort == "clause" and not self.made):
            return None
        source = self._speaker_so_far() or self._subject(group.start)
        if source is None:
            return None
        content = self._object(complement.start) if complement.sort == "object" else Phrase(complement.start, self.end)
        left = at if self.s.low(at - 1) != "," else at - 1
        return self._made("going-on", source, group, (content,) if content else (), left, after=True, sure=complement.sort != "object", coordinate=True)

    def _speaker_so_far(self) -> Phrase | None:
        """Whoever spoke last in this sentence as the subject of a verb."""
        return next((one.source for one in reversed(self.made) if one.source and one.construction not in ("according-to", "citing", "nominal", "passive", "relative")), None)

    def _going_on(self, group: Group) -> Found | None:
        """“…, adding that”: a participle after a clause."""
        s = self.s
        before = s.low(group.start - 1)
        complement = self._complement(group)
        if complement and complement.sort == "loose":
            complement = None
        free = before in (",", "and", "but", "—", "--", "–", "") or s.is_quote(group.start - 1)
        bound = before in ("by", "before", "after", "without", "while", "in", "of", "from", "for", "as", "when")
        if not (free or bound or (before and not s.stop(group.start - 1) and complement and complement.sort in ("that", "quote", "colon"))):
            return None
        if complement is None:
            return None
        if complement.sort in ("object", "prep") and not free:
            return None
        if complement.sort == "clause" and not free and before not in ("by", "without"):
            return None
        if group.start == 0:
            comma = next((k for k in range(complement.start, self.end) if s.low(k) == ","), None)
            verb = next((k for k in range(comma or self.end, self.end) if s.finite(k)), None)
            source = s.phrase_before(verb) if verb else None
            return self._made("going-on", source, group, (Phrase(complement.start, comma),), 0, sure=False) if comma and source else None
        if before == "as" and s.low(group.start - 2) in ("quoted", "cited", "described"):
            return None
        if free or before in ("by", "while", "without", "before", "after", "when", "in"):
            source = self._speaker_so_far() or self._subject(group.start)
        else:
            source = s.phrase_before(group.start - (before in ("of", "from", "for", "as")))
        content = self._object(complement.start) if complement.sort == "object" else Phrase(complement.start, self.end)
        left = group.start - 1 if before == "," else group.start
        return self._made("going-on", source, group, (content,) if content else (), left, after=True, sure=complement.sort in ("that", "quote") and bool(self.made), coordinate=True)

    def _infinitive(self, group: Group) -> Found | None:
        """“… to say that”, “refused to say where”."""
        complement = self._complement(group)
        if not complement or complement.sort not in ("that", "quote", "clause", "colon") or (complement.sort == "clause" and "clause" not in group.form.verbs.frames):
            return None
        if self.made and self.made[-1].after and "infinitive" in self.made[-1].construction:
            return None
        source = self.made[-1].source if self.made else self._subject(group.start)
        if source is None:
            return None
        return self._made("going-on", source, group, (Phrase(complement.start, self.end),), group.start - 1, after=True, sure=False, coordinate=False)

    def _passive(self, group: Group) -> Found | None:
        """“was quoted as saying”, “was told that … by”, “as was reported by”."""
        s = self.s
        main = group.end - 1
        if s.low(main) in ("quoted", "cited", "reported", "heard"):
            as_at = next((k for k in range(group.end, min(group.end + 10, self.end)) if s.low(k) == "as"), None)
            if as_at and s.low(as_at + 1).endswith("ing"):
                end = as_at + (4 if s.low(as_at + 1) == "having" and s.low(as_at + 2) == "been" else 3 if s.low(as_at + 1) == "having" else 2)
                source = s.phrase_before(group.start)
                if source is None:
                    return None
                whole = group._replace(end=end)
                complement = self._complement(whole._replace(form=self._say(group)))
                before = self._before(source.start) if not complement or complement.sort == "comma" else None
                pieces = [before] if before else []
                if complement and complement.sort != "loose":
                    pieces.append(Phrase(complement.start, self.end))
                return self._made("quoted-as", source, whole, tuple(pieces), source.start, after=bool(complement), sure=True) if pieces else None
        if s.low(main) == "accused" and s.low(group.end) == "of":
            return self._made("passive", None, group, (Phrase(group.end, self.end),), group.start, after=True, sure=False)
        if s.low(group.end) == "by" and (source := s.phrase_after(group.end + 1)) and "object" in group.form.verbs.frames + ("object",):
            content = s.phrase_before(group.start)
            return self._made("passive", source, group, (content,) if content else (), content.start if content else group.start, sure=False)
        return None

    def _say(self, group: Group):  # type: ignore[no-untyped-def]
        return next(form for form in self.s.lexicon.forms["say"])

    def _inverted(self, group: Group, at: int) -> Found | None:
        """“…, said the minister”."""
        s = self.s
        if "before" not in group.form.verbs.frames and "quote" not in group.form.verbs.frames:
            return None
        source = s.phrase_after(group.end)
        if source is None or s.low(source.start) in ("that", "nothing", "it") and source.end - source.start == 1 and s.low(source.start) != "it":
            return None
        quoted = at > 0 and s.is_quote(at - 1) or at > 1 and s.is_quote(at - 2) or s.is_quote(at)
        before = self._before(at + (s.low(at) == ",")) or (Phrase(0, at) if quoted else None)
        if before is None or not (quoted or s.has_finite(before.start, before.end)):
            return None
        if not quoted and s.finite(source.start):
            return None
        pieces = [before]
        if s.low(source.end) == "," and s.is_quote(source.end + 1):
            pieces.append(Phrase(source.end + 1, self.end))
        elif s.low(source.end) == ":" and source.end + 1 < self.end:
            pieces.append(Phrase(source.end + 1, self.end))
        return self._made("inverted", source, group, tuple(pieces), before.start, after=len(pieces) > 1, sure=quoted or s.capital(source.start) or s.low(source.start) in self.words["determiners"] | self.words["roles"])

    def _relative(self, group: Group, complement: Complement | None, at: int) -> Found | None:
        """“a sailor who said”."""
        s = self.s
        if complement is None or complement.sort == "loose":
            return None
        end = at - 1 if s.low(at - 1) == "," else at
        head = s.phrase_before(end)
        if head is None:
            return None
        if group.form.verbs.evidence and complement.sort == "object":
            return None
        if s.low(at) == "that" and complement.sort not in ("that", "quote", "clause", "object"):
            return None
        content = self._object(complement.start) if complement.sort == "object" else Phrase(complement.start, self._relative_end(complement.start, s.low(at - 1) == ","))
        return self._made("relative", Phrase(head.start, at + 1), group, (content,) if content else (), head.start, after=True, sure=complement.sort in ("that", "quote"))

    def _relative_end(self, start: int, commas: bool) -> int:
        """Where a relative clause ends: at the comma that closes it, if it stood after one."""
        s = self.s
        if not commas:
            return self.end
        return next((k for k in range(start, self.end) if s.low(k) == ","), self.end)

    def _apposition(self, comma: int, depth: int = 0) -> Phrase | None:
        """The whole of “Tasnim, which is close to the guards,” that ends at a comma."""
        s = self.s
        opened = next((k for k in range(comma - 1, -1, -1) if s.low(k) in (",", ";", ":", "—", "--", "(") or (s.is_quote(k) and s.document[s.words[k].end - 2 : s.words[k].end - 1] in ",.!?")), None)
        if opened is None or s.low(opened) != "," or depth > 3 or comma - opened < 2:
            return None
        first = s.low(opened + 1)
        said_of = (
            first in ("who", "which", "whose", "whom", "where", "himself", "herself", "then", "now", "formerly", "once", "himself")
            or s.low(opened + 2) in ("of", "copy") and "which" in s.lows[opened:comma]
            or not s.has_finite(opened + 1, comma)
            and not s.dated(opened + 1)
            or any(s.low(k) in ("who", "which", "that") for k in range(opened + 1, comma))
            and first in ("a", "an", "the", "one", "its", "his", "her")
            or first.endswith("ing")
        )
        if not said_of or first in ("and", "but", "or", "so", "yet", "while", "although", "though", "if", "because"):
            return None
        head = s.phrase_before(opened)
        longer = self._apposition(opened, depth + 1)
        if longer and not s.has_finite(longer.start, opened):
            return Phrase(longer.start, comma)
        if head is None or head.end < opened - 1 and not s.dated(opened - 1):
            return None
        if head.start > 0 and not (s.stop(head.start - 1) or s.low(head.start - 1) in self.words["subordinators"] | self.words["conjunctions"] or s.is_quote(head.start - 1) or head.start < 6):
            return None
        if s.has_finite(head.start, head.end) or (first in self.words["prepositions"] and s.has_finite(0, head.start)):
            return None
        if head.end - head.start == 1 and s.low(head.start) in self.words["objects"]:
            return None
        return Phrase(head.start, opened if first in ("citing", "quoting") else comma)

    def _subject(self, end: int) -> Phrase | None:
        """The subject of the clause in which a participle or a second verb stands: what is before its first finite verb."""
        s = self.s
        start = 0
        for at in range(end - 1, -1, -1):
            if s.low(at) in (";", "—", "--", ":"):
                start = at + 1
                break
        for at in range(start, end):
            if s.finite(at) and at > start:
                here = at
                while here > start and (s.is_adverb(here - 1)):
                    here -= 1
                if s.low(here - 1) in ("who", "which", "that"):
                    continue
                if s.low(here - 1) == ",":
                    if found := self._apposition(here - 1):
                        return found
                    continue
                found = s.phrase_before(here)
                if found:
                    return found
        return None

    def _according(self, at: int, after: int) -> Found | None:
        s = self.s
        first = at == 0 or s.low(at - 1) in (";", "—", "--", ":") or (at == 1 and s.low(0) in ("but", "and"))
        source = self._named(after, first)
        if source is None:
            return None
        if first:
            start = source.end + (s.low(source.end) == ",")
            content = (Phrase(start, self.end),) if start < self.end else ()
            return Found("according-to", source, (at, after), content, True, after=True, left=at)
        middle = s.low(at - 1) == "," and s.low(source.end) == "," and source.end < self.last
        start = next((k + 1 for k in range(at - 1, -1, -1) if s.low(k) in (";", "—", "--")), 0)
        end = at - 1 if s.low(at - 1) in (",", "—", "--", "(") else at
        pieces = [Phrase(start, end)] if end > start else []
        if middle and not (s.low(source.end + 1).endswith("ing") or s.low(source.end + 1) in ("but", "while", "who", "which")):
            pieces.append(Phrase(source.end + 1, self.end))
        return Found("according-to", source, (at, after), tuple(pieces), True, left=at - 1 if s.low(at - 1) == "," else at, coordinate=True)

    def _named(self, at: int, first: bool) -> Phrase | None:
        """Whoever is named after “according to”: at the head of a sentence up to the comma at which its clause begins."""
        s = self.s
        if not first:
            return s.phrase_after(at)
        here = at
        comma = None
        while here < self.end:
            if s.low(here) == ",":
                comma = here
                if not (s.low(here + 1) in self.words["relatives"] or (self._piece_without_verb(here))):
                    break
            here += 1
        if comma is None:
            return s.phrase_after(at)
        return Phrase(at, comma) if comma > at else None

    def _piece_without_verb(self, comma: int) -> bool:
        """Whether what stands between this comma and the next is an apposition."""
        s = self.s
        close = next((k for k in range(comma + 1, self.end) if s.low(k) == ","), None)
        return close is not None and not s.has_finite(comma + 1, close) and s.has_finite(close, self.end) and not any(s.is_quote(k) for k in range(comma, close))

    def _citing(self, at: int) -> Found | None:
        """“citing an officer”, “KTA quoted Verin as saying”."""
        s = self.s
        low = s.low(at)
        as_at = next((k for k in range(at + 1, min(at + 16, self.end)) if s.low(k) == "as" or s.low(k) in (",", ";")), None)
        handed = as_at is not None and s.low(as_at) == "as" and s.low(as_at + 1).endswith("ing")
        if handed and as_at is not None and s.low(at - 1) not in BE and s.low(at - 1) != "been":
            outer = s.phrase_before(at) if low not in ("citing", "quoting") else (self.made[-1].source if self.made else self._subject(at))
            inner = Phrase(at + 1, as_at)
            if inner.end <= inner.start:
                return None
            end = as_at + (3 if s.low(as_at + 1) == "having" else 2)
            start = end
            while s.low(start) in (",", ":"):
                start += 1
            if outer:
                self.made.append(Found("passed-on", outer, (at, at + 1), (Phrase(at + 1, self.end),), True, after=True, left=outer.start, coordinate=low in ("citing", "quoting")))
            while (adjunct := s.adjunct_end(start)) and adjunct < self.end and self._verbal(adjunct):
                start = adjunct
            return Found("quoted-as", inner, (as_at, end), (Phrase(start, self.end),) if start < self.end else (), True, after=True, left=inner.start)
        if low in ("citing", "quoting"):
            source = s.phrase_after(at + 1)
            if source is None:
                return None
            close = source.end
            content = self._cited(at)
            return Found("citing", source, (at, at + 1), content, True, after=False, left=at - 1 if s.low(at - 1) == "," else at, coordinate=True) if close > at else None
        return None

    def _verbal(self, at: int) -> bool:
        return self.s.low(at) == "that" or self.s.is_quote(at)

    def _cited(self, at: int) -> tuple[Phrase, ...]:
        """What a cited source stands for: the content that was handed over before it."""
        if self.made and self.made[-1].content:
            last = self.made[-1].content[-1]
            end = at - 1 if self.s.low(at - 1) == "," else at
            return (Phrase(last.start, min(last.end, end)),) if last.start < min(last.end, end) else ()
        return ()

    def _by(self, verb: int, at: int) -> Found | None:
        """“as reported by KTA”."""
        s = self.s
        source = s.phrase_after(at)
        if source is None:
            return None
        if verb == 1:
            start = source.end + (s.low(source.end) == ",")
            content = (Phrase(start, self.end),) if start < self.end else ()
        else:
            end = verb - 2 if s.low(verb - 2) == "," else verb - 1
            content = (Phrase(self._clause_start(end), end),) if end > 0 else ()
        return Found("passive", source, (verb - 1, at), content, False, left=verb - 1, coordinate=True)

    def _in_view(self, at: int) -> Found | None:
        """“in his view”, “in the words of the general”."""
        s = self.s
        lead = next((k for k in range(at - 1, max(at - 7, -1), -1) if s.low(k) in ("in", "by")), None)
        if lead is None or lead > 0 and s.low(lead - 1) not in STOPS | {"that", "but", "and"}:
            return None
        owner = Phrase(lead + 1, at)
        if s.low(at + 1) == "of" and s.low(lead + 1) == "the":
            source = s.phrase_after(at + 2, first_comma_ends=True)
        elif owner.end > owner.start and (s.low(owner.start) in self.words["possessives"] or s.low(owner.end - 1).endswith(("'s", "’s", "s'", "s’"))):
            source = owner
        else:
            return None
        if source is None:
            return None
        end = max(source.end, at + 1)
        start = end + (s.low(end) == ",")
        if lead > 0 and start >= self.end:
            stop = lead - 1 if s.low(lead - 1) == "," else lead
            return Found("nominal", source, (at, at + 1), (Phrase(0, stop),), True, left=lead - 1, coordinate=True)
        return Found("nominal", source, (at, at + 1), (Phrase(start, self.end),) if start < self.end else (), True, after=True, left=lead)

    def _nominal(self, at: int) -> Found | None:
        """“Harrow's claim that the fleet is ready”, “reports of a blast”."""
        s = self.s
        nouns = s.lexicon.nouns
        low = s.low(at)
        if s.capital(at) and at > 0:
            return None
        after = s.low(at + 1)
        source: Phrase | None = None
        start = at + 1
        if after in ("by", "from"):
            phrase = s.phrase_after(at + 2, first_comma_ends=True)
            if phrase is None:
                return None
            that = next((k for k in range(at + 2, min(phrase.end + 1, self.end)) if s.low(k) == "that"), None)
            if that is None:
                return None
            source, start = Phrase(at + 2, that), that
        elif after == "that" and s.low(at + 2) not in STOPS:
            start = at + 1
        elif after == "of" and low in nouns["of"] and (at == 0 or s.low(at - 1) not in self.words["determiners"] - {"the", "these", "those", "some", "any", "no"}):
            return Found("nominal", self._owner(at), (at, at + 1), (Phrase(at + 1, self._noun_end(at + 1, clause=False)),), False, low in nouns["stance"], left=at)
        else:
            return None
        if after == "that" and s.finite(at + 2):
            return None  # a report that said: the report speaks
        source = source or self._owner(at) or self._said_by(at)
        return Found("nominal", source, (at, at + 1), (Phrase(start, self._noun_end(start, clause=True)),), source is not None, low in nouns["stance"], left=source.start if source else at)

    def _owner(self, at: int) -> Phrase | None:
        """Whose claim it is: “Harrow's”, “his”."""
        s = self.s
        here = at - 1
        while here >= 0 and not s.stop(here) and at - here < 4 and not s.low(here).endswith(("'s", "’s", "s'", "s’")) and s.low(here) not in self.words["possessives"]:
            if s.low(here) in self.words["prepositions"] or s.low(here) in self.words["determiners"]:
                return None
            here -= 1
        if here < 0 or s.stop(here) or at - here >= 4:
            return None
        if s.low(here) in self.words["possessives"]:
            return Phrase(here, here + 1)
        start = here
        while start > 0 and (s.capital(start - 1) or s.low(start - 1) in self.words["determiners"] or s.low(start - 1) in self.words["roles"]) and not s.dated(start - 1):
            start -= 1
        return Phrase(start, here + 1)

    def _said_by(self, at: int) -> Phrase | None:
        """Who holds it, where a light verb stands between: “She made the claim that”, “officials gave no indication that”."""
        s = self.s
        for here in range(at - 1, max(at - 5, 0), -1):
            if s.low(here) in ("made", "make", "makes", "gave", "gives", "issued", "repeated", "voiced", "raised", "has", "have", "had", "expressed", "rejected", "denied", "dismissed", "came", "reached"):
                return s.phrase_before(here - (s.low(here - 1) in ("has", "have", "had")))
        return None

    def _noun_end(self, start: int, clause: bool) -> int:
        """Where the clause of a noun ends: at a comma, or at the verb of which the noun is the subject."""
        s = self.s
        seen = 0
        for here in range(start + 1, self.end):
            low = s.low(here)
            if low in (",", ";", ":", "—", "--"):
                return here
            helped = here - 1 - s.is_adverb(here - 1)
            if s.finite(here) and s.low(helped) not in self.words["auxiliaries"]:
                seen += 1
                if seen > (1 if clause else 0) and s.low(here - 1) not in ("and", "who", "which", "that", "it", "he", "she", "they", "to") and not s.low(here - 1) in self.words["relatives"]:
                    return here
        return self.end

    # ---- headlines and speakers before a colon ------------------------------------------------------------------------------

    def _headline(self) -> Iterable[Found]:
        """“Frigate sails: KTA”, “Kestria: no talks”, “Frigate sails – ministry”."""
        s = self.s
        signs = [k for k in range(1, len(s)) if s.low(k) in (":", "–", "—", "--") or (s.low(k) == "-" and s.document[s.words[k].start - 1].isspace())]
        for at in signs[-1:] if signs else ():
            left, right = Phrase(0, at), Phrase(at + 1, self.end)
            if self._speaker(right) and at >= 2:
                yield Found("colon", right, (at, at + 1), (left,), self._known(right))
                return
        for at in signs[:1]:
            left, right = Phrase(0, at), Phrase(at + 1, self.end)
            if self._speaker(left) and right.end - right.start >= 2 and s.low(at) == ":":
                yield Found("colon", left, (at, at + 1), (right,), self._known(left) or s.is_quote(at + 1))

    def _speaker_colon(self) -> Iterable[Found]:
        """“Pell: “The sea has no fences.””."""
        s = self.s
        at = next((k for k in range(1, min(7, len(s))) if s.low(k) == ":"), None)
        if at and s.is_quote(at + 1) and self._speaker(Phrase(0, at)):
            yield Found("colon", Phrase(0, at), (at, at + 1), (Phrase(at + 1, self.end),), True)

    def _speaker(self, phrase: Phrase) -> bool:
        s = self.s
        if not 0 < phrase.end - phrase.start <= 6 or s.has_finite(phrase.start, phrase.end):
            return False
        if any(s.is_quote(k) or s.dated(k) or s.low(k) in STOPS or s.low(k)[0].isdigit() or s.low(k) in WH for k in range(phrase.start, phrase.end)):
            return False
        return self._known(phrase) or all(s.capital(k) or s.low(k) in ("of", "the", "and", "for") for k in range(phrase.start, phrase.end))

    def _known(self, phrase: Phrase) -> bool:
        """Whether a role, a document or an outlet is named by its kind, or an abbreviation stands there."""
        s = self.s
        return any(s.low(k) in self.words["roles"] or s.words[k].raw.isupper() and len(s.low(k)) > 1 for k in range(phrase.start, phrase.end))

    # ---- what ends where the next begins -------------------------------------------------------------------------------------

    def _cut(self) -> list[Found]:
        """Content that runs on ends where an attribution beside it begins; one inside it is left there."""
        s = self.s
        out: list[Found] = []
        for number, one in enumerate(self.made):
            if not one.content or not one.after:
                out.append(one)
                continue
            last = one.content[-1]
            end = last.end
            for later in self.made[number + 1 :]:
                if not last.start < later.left < end:
                    continue
                if later.coordinate or later.construction == "before" or self._beside(later.left, last.start):
                    end = later.left
                    break
            end = self._contrast(last.start, end)
            while end > last.start and s.low(end - 1) in (",", ";", "and", "but", "while", "—", "--", "though", "although"):
                end -= 1
            kept = (*one.content[:-1], Phrase(last.start, end)) if end > last.start else one.content[:-1]
            out.append(one._replace(content=kept))
        return [one for one in out if one.content or one.construction in ("relative", "citing", "passed-on")]

    def _beside(self, left: int, start: int) -> bool:
        """Whether an attribution stands beside another and not inside its content: after “; ”, “, while”, “, but”."""
        s = self.s
        before = s.low(left - 1)
        if before in (";", "—", "--"):
            return True
        if before in ("while", "but", "although", "though", "whereas", "and") and s.low(left - 2) in (",", ";") and left - 2 > start:
            return before != "and" or s.low(left - 2) == ";"
        return False

    def _contrast(self, start: int, end: int) -> int:
        """Where the writer's own voice comes back: “…, though it was not clear”."""
        s = self.s
        for at in range(start + 2, end - 2):
            if s.low(at) == "," and s.low(at + 1) in CUTS and s.has_finite(at + 2, end):
                return at
        return end


# ---- the whole text -----------------------------------------------------------------------------------------------------------


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
    heads = lows[: next((k for k, low in enumerate(lows) if k and low in sentence.lexicon.words["prepositions"] | {"carried", "released", "published", "seen", "taken", "which", "that"}), len(lows))]
    return bool(heads) and heads[-1] in sentence.lexicon.words["evidence"]
