"""Noun phrases and adjuncts, as far as a marker without a parser can tell them.

Everything is counted in words of the sentence.
"""

from dateline.texts.verbs import Phrase, Verbs
from dateline.texts.words import STOPS

LONGEST = 45
"""Words of a noun phrase at most."""


class Sentence(Verbs):
    """The words of a sentence with what can be asked of them."""

    def phrase_before(self, at: int) -> Phrase | None:
        """The noun phrase that ends before a word, back to where its clause begins; adjuncts around it are left out."""
        end = at
        while end > 0 and self.is_adverb(end - 1):
            end -= 1
        end = self._without_date_behind(end)
        while end > 0 and self.is_adverb(end - 1):
            end -= 1
        start = end
        while start > 0 and end - start < LONGEST and not self._bound(start - 1, end):
            start -= 1
        last = self.low(end - 1)
        if end - start > 1 and (
            last in ("he", "she", "they", "we", "i") or (last == "it" and self.low(end - 3) in self.lexicon.words["determiners"])
        ):
            return Phrase(end - 1, end)
        if start > 0 and self.finite(start - 1) and (head := self._head_of_relative(start - 1)):
            return Phrase(head.start, end)
        return self._trimmed(start, end)

    def _head_of_relative(self, verb: int) -> Phrase | None:
        """The noun of a relative clause in which a verb stands: a senior official who was briefed | said."""
        for at in range(verb - 1, max(verb - 20, 0), -1):
            if self.lows[at] in STOPS or self.is_quote(at):
                return None
            if self.lows[at] == "who" or (self.lows[at] in ("which", "that") and not self.finite(at - 1) and at == verb - 1):
                return self.phrase_before(at)
            if self.lows[at] in self.lexicon.words["subordinators"] and self.lows[at] != "but":
                return None
        return None

    def _without_date_behind(self, end: int) -> int:
        """The ministry on Monday | said."""
        here = end
        while here > 0 and self.dated(here - 1):
            here -= 1
        if here == end or here == 0:
            return end
        while here > 0 and self.low(here - 1) in ("on", "late", "early", "in", "at", "since", ","):
            here -= 1
        return here if here > 0 and not self.stop(here - 1) and here < end else end

    def _bound(self, at: int, end: int) -> bool:
        """Whether the clause of a noun phrase begins after this word."""
        low = self.lows[at]
        if low == ")":
            return False
        if low in STOPS:
            return not (low == "(" or (low == "-" and at > 0 and not self.document[self.words[at].start - 1].isspace())) or (
                low == "(" and ")" not in self.lows[at:end]
            )
        if self.is_quote(at):
            word = self.words[at]
            inside = self.document[word.start : word.end]
            return (
                at + 1 >= end
                or inside.rstrip("\"”’'»").endswith((",", ".", "!", "?"))
                or len(inside.split()) > 5
                or not self.low(at - 1)
                or self.low(at - 1) in STOPS
            )
        if low in ("and", "or", "nor"):
            return self._joins_clauses(at)
        if low == "than" or low == "like":
            return False
        if low in self.lexicon.words["subordinators"]:
            return True
        if low in self.lexicon.words["relatives"]:
            return True
        return self.finite(at)

    def _joins_clauses(self, at: int) -> bool:
        """Whether “and” joins clauses rather than nouns: there is a finite verb before it in its clause."""
        here = at - 1
        while (
            here >= 0
            and self.lows[here] not in (";", ":", "—", "(")
            and self.lows[here] not in self.lexicon.words["subordinators"]
            and not self.is_quote(here)
        ):
            if self.lows[here] == "," and here != at - 1:
                return self.finite(here - 1)
            if self.finite(here):
                return True
            here -= 1
        return at > 0 and self.lows[at - 1] == ","

    def _trimmed(self, start: int, end: int) -> Phrase | None:
        """Without what leads a clause before its subject: “But on Monday” the ministry."""
        words = self.lexicon.words
        while start < end and (
            (self.lows[start] in words["openers"] or self.is_adverb(start) or self.lows[start] in (",", ")", "-"))
            and not (self.lows[start] in ("even", "only", "nearly", "almost") and start + 1 < end)
        ):
            start += 1
        if start < end and self.dated(start) and not self.low(start).endswith(("'s", "’s")):
            here = start
            while here < end and (self.dated(here) or self.lows[here] in ("on", "in", ",")):
                here += 1
            start = here if here < end else start
        if (
            start < end
            and self.lows[start] in words["prepositions"]
            and self.lows[start] not in ("like", "than", "about", "around", "over")
        ):
            start = self._after_adjunct(start, end)
        if start >= end or (self.lows[start] in words["not_sources"] and end - start == 1):
            return None
        if all(self.dated(at) for at in range(start, end)) or (end - start == 1 and self.lows[start] in words["objects"] - {"her"}):
            return None
        if (
            self.lows[start] in words["determiners"]
            and end - start == 1
            and self.lows[start]
            not in ("this", "these", "those", "some", "many", "several", "both", "all", "two", "three", "most", "few", "another", "one")
        ):
            return None
        return Phrase(start, end)

    def _after_adjunct(self, start: int, end: int) -> int:
        """Where the subject begins after “in a statement” or “on Monday”; the end if there is none."""
        here = start + 1
        if self.dated(here) or (self.dated(here + 1) and self.lows[here] in ("the", "late", "early")):
            while here < end and (
                self.dated(here) or (self.lows[here] in ("the", "late", "early", "of", "on", "in") and self.dated(here + 1))
            ):
                here += 1
            return here
        words = self.lexicon.words
        for at in range(end - 1, start + 1, -1):
            before = self.lows[at - 1]
            if before in words["prepositions"] or before in words["determiners"] or before in words["conjunctions"]:
                continue
            if (
                self.lows[at] in words["determiners"]
                or self.lows[at] in words["pronouns"]
                or (self.capital(at) and not self.capital(at - 1))
            ):
                return at
        return end

    def phrase_after(self, at: int, first_comma_ends: bool = False) -> Phrase | None:
        """The noun phrase that begins here, with what is said of it after a comma."""
        here, words = at, self.lexicon.words
        if (
            self.stop(at)
            or self.low(at) in words["subordinators"]
            or (self.low(at) in words["prepositions"] and self.low(at) not in ("about", "around", "over"))
        ):
            return None
        relative = False
        while here < len(self):
            low = self.lows[here]
            if low == ",":
                if first_comma_ends or not self._apposition_after(here):
                    break
                relative = self.low(here + 1) in words["relatives"]
            elif low in words["relatives"]:
                relative = True
            elif low == "(":
                close = next((k for k in range(here, min(here + 8, len(self))) if self.lows[k] == ")"), None)
                if close is None:
                    break
                here = close
            elif (
                (low in STOPS and not (low == "-" or (low == "." and here + 1 < len(self))))
                or (self.is_quote(here) and (here == at or self.low(here - 1) in STOPS))
                or (not relative and here > at and (low in words["subordinators"] or self._adjunct(here)))
                or (not relative and here > at and self.finite(here) and not self._after_noun(here))
                or (low == "and" and here > at and self.finite(here + 1))
            ):
                break
            here += 1
        while here > at and (self.lows[here - 1] in words["prepositions"] or self.lows[here - 1] in ("and", ",", "the", "late", "early")):
            here -= 1
        return Phrase(at, here) if here > at else None

    def _after_noun(self, at: int) -> bool:
        """Whether a participle belongs to the noun before it: a survey published on Thursday."""
        return self.lows[at].endswith("ed") and self.low(at + 1) in self.lexicon.words["prepositions"]

    def _apposition_after(self, comma: int) -> bool:
        """Whether what stands after a comma says something of the noun before it."""
        first = self.low(comma + 1)
        words = self.lexicon.words
        if self.is_quote(comma + 1) or self.dated(comma + 1):
            return False
        if first in (
            "who",
            "whose",
            "which",
            "a",
            "an",
            "the",
            "his",
            "her",
            "its",
            "their",
            "one",
            "then",
            "himself",
            "now",
            "formerly",
            "head",
            "director",
            "jr",
            "of",
        ):
            return not (first in ("the", "his", "her", "its", "their", "a", "an") and self._clause_starts(comma + 1))
        if first in words["roles"] or first.isdigit():
            return True
        return self.capital(comma + 1) and not self._clause_starts(comma + 1)

    def _clause_starts(self, at: int) -> bool:
        """Whether a clause with a verb of its own begins here rather than an apposition."""
        for here in range(at, min(at + 14, len(self))):
            if self.lows[here] in (",", ";", ":", "who", "which", "that") or self.is_quote(here):
                return False
            if self.finite(here):
                return True
        return False

    def _adjunct(self, at: int) -> bool:
        """Whether an adjunct of time or of the telling begins here: on Monday, in a statement, during a visit."""
        low = self.lows[at]
        if self.dated(at):
            return True
        if low in ("during", "after", "before", "through", "via", "when", "while", "until", "because", "since"):
            return True
        if low in ("on", "in", "at", "by", "from", "to", "late", "early", "over"):
            return self.dated(at + 1) or self.adjunct_end(at) is not None
        return False

    def adjunct_end(self, at: int) -> int | None:
        """The word after an adjunct that begins here with a preposition; nothing if none does."""
        words = self.lexicon.words
        low = self.low(at)
        if self.dated(at):
            here = at
            while self.dated(here) or (self.low(here) in ("on", "at", "in", ",") and self.dated(here + 1)):
                here += 1
            return here
        if low in ("late", "early") and (self.dated(at + 1) or self.dated(at + 2)):
            return self.adjunct_end(at + 1)
        if low not in words["prepositions"]:
            return None
        if self.dated(at + 1) or (self.low(at + 1) in ("the", "late", "early") and self.dated(at + 2)):
            here = at + 1
            while here < len(self) and (
                self.dated(here) or (self.lows[here] in ("the", "late", "early", "on", "of") and (self.dated(here + 1) or self.dated(here)))
            ):
                here += 1
            return here
        if low in ("in", "on", "at", "by", "to", "through", "via", "during", "over", "before", "with", "from", "under"):
            for here in range(at + 1, min(at + 7, len(self))):
                if (
                    self.stop(here)
                    or self.lows[here] in words["subordinators"]
                    or self.is_quote(here)
                    or (self.finite(here) and self.lows[here] not in words["adjunct_nouns"])
                ):
                    return None
                if self.lows[here] in words["adjunct_nouns"]:
                    while self.low(here + 1) in words["adjunct_nouns"]:
                        here += 1
                    return self._whole_adjunct(here + 1)
        return None

    def _whole_adjunct(self, at: int) -> int:
        """After “in a statement” also “to the agency”, “posted on its site”, “on Monday”."""
        here = at
        while here < len(self):
            more = self.adjunct_end(here) if self.low(here) in self.lexicon.words["prepositions"] or self.dated(here) else None
            if more is None and self.low(here) in ("to", "with", "of", "at", "by", "in", "for", "on"):
                step = here + 1
                while step < len(self) and (
                    self.lows[step] in self.lexicon.words["determiners"]
                    or self.capital(step)
                    or self.lows[step] in self.lexicon.words["roles"]
                    or self.lows[step] in self.lexicon.words["possessives"]
                    or self.lows[step].endswith(("'s", "’s"))
                ):
                    step += 1
                if step == here + 1:
                    return here
                more = step
            if more is None or more <= here:
                return here
            here = more
        return here
