"""Attribution in one sentence, construction by construction.

The grammar is of English news. It knows phrases, not meaning: every attribution names its construction, and `sure` is false where more than
one reading was open.
"""

from dateline.texts.colons import Colons
from dateline.texts.complements import Complement, Found
from dateline.texts.lexicon import Form
from dateline.texts.nominals import Nominals
from dateline.texts.phrases import Sentence
from dateline.texts.verbs import BE, Group, Phrase

CUTS = frozenset({"while", "although", "though", "whereas"})
LONG = 14
"""A source of more words is not sure."""


def attributions(sentence: Sentence) -> list[Found]:
    """The attributions of one sentence, from left to right."""
    return Clauses(sentence).found()


class Clauses(Nominals, Colons):
    """One sentence and the attributions that it makes."""

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

    def _of(self, group: Group) -> Found | None:
        if group.use == "passive":
            return self._passive(group)
        if group.use == "participle":
            return self._going_on(group)
        if group.use == "infinitive":
            return self._infinitive(group)
        return self._finite(group)

    def _finite(self, group: Group) -> Found | None:
        s = self.s
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
            if (
                self.made
                and self.made[-1].after
                and complement
                and complement.sort in ("that", "quote", "colon")
                and not s.phrase_after(group.end)
            ):
                return self._coordinate(group, complement, here)
            return self._inverted(group, here) or (
                self._coordinate(group, complement, here) if complement and complement.sort in ("that", "quote") else None
            )
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
        before = (
            self._before(left)
            if "before" in verbs.frames and (complement is None or complement.sort in ("comma", "object", "loose"))
            else None
        )
        relative = s.low(source.start - 1) in ("what", "which", "whom") or (s.low(source.start - 1) == "as" and not complement)
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
        return Found(
            construction,
            source,
            (group.start, group.end),
            content,
            sure and not long,
            verbs.stance,
            verbs.evidence,
            after,
            left,
            coordinate,
        )

    def _coordinate(self, group: Group, complement: Complement | None, at: int) -> Found | None:
        """“… and warned of”: whoever spoke or acted before goes on."""
        if not complement or complement.sort == "loose" or (complement.sort == "clause" and not self.made):
            return None
        source = self._speaker_so_far() or self._subject(group.start)
        if source is None:
            return None
        content = self._object(complement.start) if complement.sort == "object" else Phrase(complement.start, self.end)
        left = at if self.s.low(at - 1) != "," else at - 1
        return self._made(
            "going-on", source, group, (content,) if content else (), left, after=True, sure=complement.sort != "object", coordinate=True
        )

    def _speaker_so_far(self) -> Phrase | None:
        """Whoever spoke last in this sentence as the subject of a verb."""
        return next(
            (
                one.source
                for one in reversed(self.made)
                if one.source and one.construction not in ("according-to", "citing", "nominal", "passive", "relative")
            ),
            None,
        )

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
        return self._made(
            "going-on",
            source,
            group,
            (content,) if content else (),
            left,
            after=True,
            sure=complement.sort in ("that", "quote") and bool(self.made),
            coordinate=True,
        )

    def _infinitive(self, group: Group) -> Found | None:
        """“… to say that”, “refused to say where”."""
        complement = self._complement(group)
        if (
            not complement
            or complement.sort not in ("that", "quote", "clause", "colon")
            or (complement.sort == "clause" and "clause" not in group.form.verbs.frames)
        ):
            return None
        if self.made and self.made[-1].after and "infinitive" in self.made[-1].construction:
            return None
        source = self.made[-1].source if self.made else self._subject(group.start)
        if source is None:
            return None
        return self._made(
            "going-on", source, group, (Phrase(complement.start, self.end),), group.start - 1, after=True, sure=False, coordinate=False
        )

    def _passive(self, group: Group) -> Found | None:
        """“was quoted as saying”, “was told that … by”, “as was reported by”."""
        s = self.s
        main = group.end - 1
        if s.low(main) in ("quoted", "cited", "reported", "heard"):
            as_at = next((k for k in range(group.end, min(group.end + 10, self.end)) if s.low(k) == "as"), None)
            if as_at and s.low(as_at + 1).endswith("ing"):
                end = as_at + (
                    4 if s.low(as_at + 1) == "having" and s.low(as_at + 2) == "been" else 3 if s.low(as_at + 1) == "having" else 2
                )
                source = s.phrase_before(group.start)
                if source is None:
                    return None
                whole = group._replace(end=end)
                complement = self._complement(whole._replace(form=self._say(group)))
                before = self._before(source.start) if not complement or complement.sort == "comma" else None
                pieces = [before] if before else []
                if complement and complement.sort != "loose":
                    pieces.append(Phrase(complement.start, self.end))
                return (
                    self._made("quoted-as", source, whole, tuple(pieces), source.start, after=bool(complement), sure=True)
                    if pieces
                    else None
                )
        if s.low(main) == "accused" and s.low(group.end) == "of":
            return self._made("passive", None, group, (Phrase(group.end, self.end),), group.start, after=True, sure=False)
        if s.low(group.end) == "by" and (source := s.phrase_after(group.end + 1)):
            content = s.phrase_before(group.start)
            return self._made(
                "passive", source, group, (content,) if content else (), content.start if content else group.start, sure=False
            )
        return None

    def _say(self, group: Group) -> Form:
        return next(form for form in self.s.lexicon.forms["say"])

    def _inverted(self, group: Group, at: int) -> Found | None:
        """“…, said the minister”."""
        s = self.s
        if "before" not in group.form.verbs.frames and "quote" not in group.form.verbs.frames:
            return None
        source = s.phrase_after(group.end)
        if source is None or (
            s.low(source.start) in ("that", "nothing", "it") and source.end - source.start == 1 and s.low(source.start) != "it"
        ):
            return None
        quoted = (at > 0 and s.is_quote(at - 1)) or (at > 1 and s.is_quote(at - 2)) or s.is_quote(at)
        before = self._before(at + (s.low(at) == ",")) or (Phrase(0, at) if quoted else None)
        if before is None or not (quoted or s.has_finite(before.start, before.end)):
            return None
        if not quoted and s.finite(source.start):
            return None
        pieces = [before]
        if (s.low(source.end) == "," and s.is_quote(source.end + 1)) or (s.low(source.end) == ":" and source.end + 1 < self.end):
            pieces.append(Phrase(source.end + 1, self.end))
        return self._made(
            "inverted",
            source,
            group,
            tuple(pieces),
            before.start,
            after=len(pieces) > 1,
            sure=quoted or s.capital(source.start) or s.low(source.start) in self.words["determiners"] | self.words["roles"],
        )

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
        content = (
            self._object(complement.start)
            if complement.sort == "object"
            else Phrase(complement.start, self._relative_end(complement.start, s.low(at - 1) == ","))
        )
        return self._made(
            "relative",
            Phrase(head.start, at + 1),
            group,
            (content,) if content else (),
            head.start,
            after=True,
            sure=complement.sort in ("that", "quote"),
        )

    def _relative_end(self, start: int, commas: bool) -> int:
        """Where a relative clause ends: at the comma that closes it, if it stood after one."""
        s = self.s
        if not commas:
            return self.end
        return next((k for k in range(start, self.end) if s.low(k) == ","), self.end)

    def _apposition(self, comma: int, depth: int = 0) -> Phrase | None:
        """The whole of “Tasnim, which is close to the guards,” that ends at a comma."""
        s = self.s
        opened = next(
            (
                k
                for k in range(comma - 1, -1, -1)
                if s.low(k) in (",", ";", ":", "—", "--", "(")
                or (s.is_quote(k) and s.document[s.words[k].end - 2 : s.words[k].end - 1] in ",.!?")
            ),
            None,
        )
        if opened is None or s.low(opened) != "," or depth > 3 or comma - opened < 2:
            return None
        first = s.low(opened + 1)
        said_of = (
            first in ("who", "which", "whose", "whom", "where", "himself", "herself", "then", "now", "formerly", "once", "himself")
            or (s.low(opened + 2) in ("of", "copy") and "which" in s.lows[opened:comma])
            or (not s.has_finite(opened + 1, comma) and not s.dated(opened + 1))
            or (
                any(s.low(k) in ("who", "which", "that") for k in range(opened + 1, comma))
                and first in ("a", "an", "the", "one", "its", "his", "her")
            )
            or first.endswith("ing")
        )
        if not said_of or first in ("and", "but", "or", "so", "yet", "while", "although", "though", "if", "because"):
            return None
        head = s.phrase_before(opened)
        longer = self._apposition(opened, depth + 1)
        if longer and not s.has_finite(longer.start, opened):
            return Phrase(longer.start, comma)
        if head is None or (head.end < opened - 1 and not s.dated(opened - 1)):
            return None
        if head.start > 0 and not (
            s.stop(head.start - 1)
            or s.low(head.start - 1) in self.words["subordinators"] | self.words["conjunctions"]
            or s.is_quote(head.start - 1)
            or head.start < 6
        ):
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
        return (
            close is not None
            and not s.has_finite(comma + 1, close)
            and s.has_finite(close, self.end)
            and not any(s.is_quote(k) for k in range(comma, close))
        )

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
                self.made.append(
                    Found(
                        "passed-on",
                        outer,
                        (at, at + 1),
                        (Phrase(at + 1, self.end),),
                        True,
                        after=True,
                        left=outer.start,
                        coordinate=low in ("citing", "quoting"),
                    )
                )
            while (adjunct := s.adjunct_end(start)) and adjunct < self.end and self._verbal(adjunct):
                start = adjunct
            return Found(
                "quoted-as", inner, (as_at, end), (Phrase(start, self.end),) if start < self.end else (), True, after=True, left=inner.start
            )
        if low in ("citing", "quoting"):
            source = s.phrase_after(at + 1)
            if source is None:
                return None
            close = source.end
            content = self._cited(at)
            return (
                Found(
                    "citing", source, (at, at + 1), content, True, after=False, left=at - 1 if s.low(at - 1) == "," else at, coordinate=True
                )
                if close > at
                else None
            )
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
