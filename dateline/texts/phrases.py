"""Words of a sentence and the phrases that a marker without a parser can tell: verb groups, noun phrases, adjuncts.

Everything is counted in words of the sentence. A quotation is one word of its own, so that nothing inside it is taken for the sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dateline.texts.lexicon import Form, Lexicon

WORD = re.compile(r"(?:[A-Z]\.){2,}|[$€£]?\d+(?:[.,:]\d+)*%?|\w+(?:[.'’&/-]\w+)*|--|\.\.\.|\S")
HAVE = frozenset({"have", "has", "had", "having", "haven't", "hasn't", "hadn't"})
BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't", "it's", "he's", "they're"})
DO = frozenset({"do", "does", "did", "don't", "doesn't", "didn't"})
MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "cannot", "won't", "wouldn't", "couldn't", "can't"}
)
STOPS = frozenset({",", ";", ":", "—", "–", "--", "-", "(", ")", "[", "]", "...", "…", ".", "?", "!", "/", "|", "。", "、", "•"})
QUOTE = '"'
LONGEST = 45
"""Words of a noun phrase at most."""


class Word(NamedTuple):
    """A word, a sign, or a whole quotation (`quote` is its number; -1 is none), in characters of the document."""

    start: int
    end: int
    raw: str
    low: str
    quote: int = -1
    dated: bool = False


class Group(NamedTuple):
    """A verb group: its words from `start` up to but not including `end`, and how it is used.

    `use` is finite, participle, infinitive or passive.
    """

    start: int
    end: int
    form: Form
    use: str
    negated: bool


class Phrase(NamedTuple):
    """Words from `start` up to but not including `end`."""

    start: int
    end: int


class Sentence:
    """The words of a sentence with what can be asked of them."""

    def __init__(
        self,
        document: str,
        span: tuple[int, int],
        quotes: Sequence[tuple[int, int, int]],
        dates: Sequence[tuple[int, int]],
        lexicon: Lexicon,
        heading: bool = False,
    ) -> None:
        self.document = document
        self.span = span
        self.heading = heading
        self.lexicon = lexicon
        self.words = _words(document, span, quotes, dates)
        self.lows = [word.low for word in self.words]
        titled = [word.raw[0].isupper() for word in self.words if len(word.low) > 3 and word.raw[0].isalpha()]
        self.title_case = len(titled) > 2 and sum(titled) > 0.7 * len(titled)

    def __len__(self) -> int:
        return len(self.words)

    def low(self, at: int) -> str:
        """The word in small letters; nothing outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def is_quote(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].quote >= 0

    def capital(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].raw[0].isupper()

    def dated(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at].dated

    def stop(self, at: int) -> bool:
        """Whether a sign stands here, or nothing."""
        return self.low(at) in STOPS or not 0 <= at < len(self.words)

    # ---- verbs -------------------------------------------------------------------------------------------------------

    def group_at(self, at: int) -> Group | None:
        """The verb group whose main verb stands here, if it is a verb that hands something over."""
        forms = self.lexicon.forms.get(self.low(at))
        if not forms or (self.capital(at) and not self.title_case and at > 0) or self.is_quote(at):
            return None
        start, helpers, negated = self._helpers(at)
        before, after = self.low(start - 1), self.low(at + 1)
        for form in forms:
            end = at + 1
            if form.particle:
                if after == form.particle:
                    end = at + 2
                elif self.low(at + 2) == form.particle and after in ("it", "him", "them", "her"):
                    end = at + 3
                else:
                    continue
            use = self._use(at, form, helpers, before)
            if use and not (use != "passive" and self._is_noun(at, start, form, use)):
                return Group(start, end, form, use, negated)
        return None

    def _helpers(self, at: int) -> tuple[int, list[str], bool]:
        """Where the auxiliaries and adverbs before a verb begin, the auxiliaries, and whether there is a “not”."""
        start, helpers, negated, here = at, [], False, at - 1  # type: int, list[str], bool, int
        while here >= 0:
            low = self.lows[here]
            if low in HAVE or low in BE or low in DO or low in MODALS:
                helpers.insert(0, low)
                negated = negated or low.endswith("n't")
                start = here
            elif low in ("not", "never", "n't"):
                negated = True
            elif not (self.is_adverb(here) or low == "long" and self.low(here - 1) in HAVE):
                break
            here -= 1
        return start, helpers, negated

    def is_adverb(self, at: int) -> bool:
        low = self.low(at)
        return low in self.lexicon.words["adverbs"] or (low.endswith("ly") and low not in ("family", "ally", "july", "italy", "daily", "early", "weekly", "monthly", "assembly", "supply", "reply", "anomaly"))

    def _use(self, at: int, form: Form, helpers: list[str], before: str) -> str:
        last = helpers[-1] if helpers else ""
        kind = form.form
        if kind == "pp":
            if last in HAVE:
                return "finite"
            if last in BE:
                return "passive"
            return ""
        if kind == "ing":
            return "finite" if last in BE and last != "being" else "participle" if not helpers else ""
        if kind == "base":
            if last in DO or last in MODALS:
                return "finite"
            if before == "to":
                return "infinitive"
            return "finite" if not helpers and self._plural(at) else ""
        if helpers:
            return ""
        if kind == "past" and self.low(at + 1) in ("by", "of") and not self.low(at) == "said":
            return "" if "of" not in form.verbs.frames else "finite"
        return "finite"

    def _plural(self, at: int) -> bool:
        """Whether a plural stands before a bare form: they say, officials say."""
        here = at - 1
        while here >= 0 and self.is_adverb(here):
            here -= 1
        while self.low(here) in ("here", "there", "alone", "alike"):
            here -= 1
        if self.dated(here):
            return True
        low = self.low(here)
        if low in (",", ")") or self.is_quote(here):
            return bool(re.search(r"(?:s|people|media|police|data|men|women)$", low)) or low in (",", ")")
        return (
            low in ("they", "we", "i", "you", "who", "many", "some", "others", "people", "media", "police", "data", "men", "women", "most", "both", "few", "critics", "two", "several")
            or (low.endswith("s") and not low.endswith(("ss", "'s", "’s", "us", "is")) and not self.dated(here))
            or (self.title_case and self.capital(here))
            or self._plural_head(at)
        )

    def _plural_head(self, at: int) -> bool:
        """Whether the head of a longer phrase is a plural: analysts at the bank, sailors who were on board."""
        phrase = self.phrase_before(at)
        if phrase is None or phrase.end - phrase.start < 3:
            return False
        for here in range(phrase.start + 1, phrase.end):
            low = self.lows[here]
            if low in self.lexicon.words["prepositions"] or low in self.lexicon.words["relatives"] or low in ("that", "close", "familiar") or self._reduced(here) or low == "and":
                head = self.lows[here - 1]
                return low == "and" or head in ("people", "men", "women", "some", "many", "both", "most", "few") or head.endswith("s") and not head.endswith(("ss", "'s", "us", "is"))
        return False

    def _is_noun(self, at: int, start: int, form: Form, use: str) -> bool:
        """Whether a form that may be a noun is one here."""
        before, after = self.low(start - 1), self.low(at + 1)
        words = self.lexicon.words
        if start == at and (before in words["determiners"] and before not in ("this", "that", "both", "all", "some", "many", "most", "few", "several", "two") or before in ("no", "of", "for", "with", "in", "on", "from", "into", "about")) and use != "participle":
            return True
        if before.endswith(("'s", "’s", "s'", "s’")) and start == at and use != "participle":
            return True
        if use == "participle":
            return before in words["determiners"] or before.endswith(("'s", "’s")) or after == "of" and "of" not in form.verbs.frames
        if not form.verbs.noun or form.form in ("past", "pp") or start != at:
            return False
        if after == "of" or after == "by":
            return True
        if self.heading and not self.title_case:
            return False
        return not (after in ("that", "to", "it", "he", "she", "they", ":", ",") or after in words["determiners"] or after in words["pronouns"] or self.is_quote(at + 1) or self.capital(at + 1) or at + 2 >= len(self.words))

    def finite(self, at: int) -> bool:
        """Whether this word makes a clause: a finite form, and no participle that belongs to a noun."""
        low = self.low(at)
        if low.endswith("s") and not low.endswith(("ss", "us", "'s")) and low.isalpha() and not self.capital(at) and low not in self.lexicon.words["adjunct_nouns"]:
            after = self.low(at + 1)
            before = self.low(at - 1)
            if (after in ("the", "a", "an", "his", "its", "this", "him", "them", "us", "me", "it", "no") and before not in self.lexicon.words["determiners"] and before not in self.lexicon.words["prepositions"] and not self.stop(at - 1) and not before.endswith("ly")):
                return True
        if not low or self.is_quote(at) or (self.capital(at) and not self.title_case):
            return False
        if self._bare_verb(at, low):
            return True
        if low in self.lexicon.finite:
            if low in BE or low in HAVE or low in MODALS or low in DO:
                return low not in ("being", "having", "be", "been") and not (low in ("will", "may", "might", "can", "must") and self.low(at - 1) in self.lexicon.words["determiners"])
            forms = self.lexicon.forms.get(low, ())
            if any(form.form == "pp" for form in forms) and self._reduced(at):
                return False
            if self.low(at - 1) in self.lexicon.words["determiners"] or self.low(at - 1) == "to" or self.low(at - 1).endswith(("'s", "’s")):
                return False
            return not (any(form.verbs.noun for form in forms) and low.endswith("s") and self.low(at + 1) in ("of", "by", "in", "on", "for", "about"))
        if low.endswith("ed") and len(low) > 4 and low.isalpha():
            return not (self._reduced(at) or self.low(at - 1) in self.lexicon.words["determiners"] or self.low(at - 1) in self.lexicon.words["prepositions"] or self.low(at - 1).endswith(("'s", "’s")) or (at + 1 < len(self) and not self.stop(at + 1) and self._noun_like(at + 1) and self._adjective_place(at)))
        return False

    def _bare_verb(self, at: int, low: str) -> bool:
        """Whether a bare form of a verb of saying has its plural subject right before it: officials say."""
        before = self.low(at - 1)
        if low == "say":
            return before != "to" and before not in self.lexicon.words["auxiliaries"] and before not in ("not", "never")
        if not (before.endswith("s") and len(before) > 3 or before in ("they", "we", "i", "you", "people", "media", "police")) or before.endswith(("ss", "'s", "us")):
            return False
        return any(form.form == "base" and not form.verbs.noun and not form.particle for form in self.lexicon.forms.get(low, ()))

    def _adjective_place(self, at: int) -> bool:
        return self.low(at - 1) in self.lexicon.words["determiners"] or at == 0 or self.low(at - 1) in ("and", "of", "for", "with", "in", "several", "some", "most")

    def _noun_like(self, at: int) -> bool:
        low = self.low(at)
        return bool(low) and low[0].isalpha() and low not in self.lexicon.words["determiners"] and low not in self.lexicon.words["prepositions"] and low not in self.lexicon.words["subordinators"] and low not in self.lexicon.words["objects"]

    def _reduced(self, at: int) -> bool:
        """Whether a participle shortens a clause that belongs to the noun before it: a report published on Monday."""
        after = self.low(at + 1)
        helped = at - 1 - (self.low(at - 1) in ("not", "never", "also", "been", "being"))
        if self.low(helped) in self.lexicon.words["auxiliaries"]:
            return False
        if not self.low(at - 1) or self.stop(at - 1) and self.low(at - 1) != ",":
            return False
        if after in ("by", "of"):
            return True
        return after in ("in", "on", "at", "from", "for", "with", "to", "as", "last", "earlier", "this", "late", "near", "against", "under") and self._finite_follows(at + 1, 14)

    def _finite_follows(self, at: int, within: int) -> bool:
        """Whether another finite verb comes before the clause ends, so that this one was none."""
        for here in range(at, min(at + within, len(self))):
            low = self.lows[here]
            if low in (";", ":", "—", "that") or (low in self.lexicon.words["subordinators"] and low not in ("as", "before", "after", "since", "once")) or self.is_quote(here):
                return False
            if low == ",":
                continue
            if low in BE or low in HAVE or low in MODALS or (low in self.lexicon.finite and not self.capital(here) and low not in ("being", "been", "be", "having")) :
                return self.low(here - 1) not in ("and", "but", "to")
        return False

    def has_finite(self, start: int, end: int) -> bool:
        """Whether there is a clause among these words."""
        return any(self.finite(at) for at in range(max(start, 0), min(end, len(self))))

    # ---- noun phrases ---------------------------------------------------------------------------------------------------

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
        if end - start > 1 and (last in ("he", "she", "they", "we", "i") or last == "it" and self.low(end - 3) in self.lexicon.words["determiners"]):
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
            return not (low == "(" or (low == "-" and 0 < at and not self.document[self.words[at].start - 1].isspace())) or (low == "(" and ")" not in self.lows[at:end])
        if self.is_quote(at):
            word = self.words[at]
            inside = self.document[word.start : word.end]
            return at + 1 >= end or inside.rstrip("\"”’'»").endswith((",", ".", "!", "?")) or len(inside.split()) > 5 or not self.low(at - 1) or self.low(at - 1) in STOPS
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
        while here >= 0 and self.lows[here] not in (";", ":", "—", "(") and not (self.lows[here] in self.lexicon.words["subordinators"]) and not self.is_quote(here):
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
        if start < end and self.lows[start] in words["prepositions"] and self.lows[start] not in ("like", "than", "about", "around", "over"):
            start = self._after_adjunct(start, end)
        if start >= end or self.lows[start] in words["not_sources"] and end - start == 1:
            return None
        if all(self.dated(at) for at in range(start, end)) or (end - start == 1 and self.lows[start] in words["objects"] - {"her"}):
            return None
        if self.lows[start] in words["determiners"] and end - start == 1 and self.lows[start] not in ("this", "these", "those", "some", "many", "several", "both", "all", "two", "three", "most", "few", "another", "one"):
            return None
        return Phrase(start, end)

    def _after_adjunct(self, start: int, end: int) -> int:
        """Where the subject begins after “in a statement” or “on Monday”; the end if there is none."""
        here = start + 1
        if self.dated(here) or self.dated(here + 1) and self.lows[here] in ("the", "late", "early"):
            while here < end and (self.dated(here) or self.lows[here] in ("the", "late", "early", "of", "on", "in") and self.dated(here + 1)):
                here += 1
            return here
        words = self.lexicon.words
        for at in range(end - 1, start + 1, -1):
            before = self.lows[at - 1]
            if before in words["prepositions"] or before in words["determiners"] or before in words["conjunctions"]:
                continue
            if self.lows[at] in words["determiners"] or self.lows[at] in words["pronouns"] or (self.capital(at) and not self.capital(at - 1)):
                return at
        return end

    def phrase_after(self, at: int, first_comma_ends: bool = False) -> Phrase | None:
        """The noun phrase that begins here, with what is said of it after a comma."""
        here, words = at, self.lexicon.words
        if self.stop(at) or self.low(at) in words["subordinators"] or (self.low(at) in words["prepositions"] and self.low(at) not in ("about", "around", "over")):
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
            elif low in STOPS and not (low == "-" or low == "."  and here + 1 < len(self)):
                break
            elif self.is_quote(here) and (here == at or self.low(here - 1) in STOPS):
                break
            elif not relative and here > at and (low in words["subordinators"] or self._adjunct(here)):
                break
            elif not relative and here > at and self.finite(here) and not self._after_noun(here):
                break
            elif low == "and" and here > at and self.finite(here + 1):
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
        if first in ("who", "whose", "which", "a", "an", "the", "his", "her", "its", "their", "one", "then", "himself", "now", "formerly", "head", "director", "jr", "of"):
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
            while here < len(self) and (self.dated(here) or self.lows[here] in ("the", "late", "early", "on", "of") and (self.dated(here + 1) or self.dated(here))):
                here += 1
            return here
        if low in ("in", "on", "at", "by", "to", "through", "via", "during", "over", "before", "with", "from", "under"):
            for here in range(at + 1, min(at + 7, len(self))):
                if self.stop(here) or self.lows[here] in words["subordinators"] or self.is_quote(here) or (self.finite(here) and self.lows[here] not in words["adjunct_nouns"]):
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
                while step < len(self) and (self.lows[step] in self.lexicon.words["determiners"] or self.capital(step) or self.lows[step] in self.lexicon.words["roles"] or self.lows[step] in self.lexicon.words["possessives"] or self.lows[step].endswith(("'s", "’s"))):
                    step += 1
                if step == here + 1:
                    return here
                more = step
            if more is None or more <= here:
                return here
            here = more
        return here


def _words(document: str, span: tuple[int, int], quotes: Sequence[tuple[int, int, int]], dates: Sequence[tuple[int, int]]) -> list[Word]:
    """The words of a sentence; `quotes` are stretches with the number of their quotation."""
    found: list[Word] = []
    at, end = span
    for start, stop, number in [*quotes, (end, end, -1)]:
        if stop <= at and number >= 0:
            continue
        for word in WORD.finditer(document, at, max(at, min(start, end))):
            raw = word[0]
            found.append(Word(word.start(), word.end(), raw, raw.lower().replace("’", "'") if "’" in raw else raw.lower()))
        if number >= 0:
            first = max(start, at)
            found.append(Word(first, min(stop, end), QUOTE, QUOTE, number))
            at = min(stop, end)
    last = len(found) - 1
    merged: list[Word] = []
    for number, word in enumerate(found):
        if word.raw == "." and 0 < number < last and merged and found[number + 1].quote < 0 and merged[-1].quote < 0:
            merged[-1] = merged[-1]._replace(end=word.end)  # the stop of an abbreviation is no stop
        else:
            merged.append(word)
    if not dates:
        return merged
    starts = [start for start, _ in dates]
    return [word._replace(dated=True) if (k := bisect_right(starts, word.start) - 1) >= 0 and word.start < dates[k][1] else word for word in merged]
