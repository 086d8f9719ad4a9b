"""Verb groups: which words hand something over, how they are used, and which words make a clause."""

import re
from typing import NamedTuple

from dateline.texts.lexicon import Form
from dateline.texts.words import Words

HAVE = frozenset({"have", "has", "had", "having", "haven't", "hasn't", "hadn't"})
BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't", "it's", "he's", "they're"})
DO = frozenset({"do", "does", "did", "don't", "doesn't", "didn't"})
MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "cannot", "won't", "wouldn't", "couldn't", "can't"}
)


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


class Verbs(Words):
    """The verbs of a sentence."""

    def phrase_before(self, at: int) -> Phrase | None:
        """The noun phrase that ends before a word; `phrases` finds it."""
        raise NotImplementedError

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
            elif not (self.is_adverb(here) or (low == "long" and self.low(here - 1) in HAVE)):
                break
            here -= 1
        return start, helpers, negated

    def is_adverb(self, at: int) -> bool:
        low = self.low(at)
        return low in self.lexicon.words["adverbs"] or (
            low.endswith("ly")
            and low
            not in ("family", "ally", "july", "italy", "daily", "early", "weekly", "monthly", "assembly", "supply", "reply", "anomaly")
        )

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
        if kind == "past" and self.low(at + 1) in ("by", "of") and self.low(at) != "said":
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
            low
            in (
                "they",
                "we",
                "i",
                "you",
                "who",
                "many",
                "some",
                "others",
                "people",
                "media",
                "police",
                "data",
                "men",
                "women",
                "most",
                "both",
                "few",
                "critics",
                "two",
                "several",
            )
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
            if (
                low in self.lexicon.words["prepositions"]
                or low in self.lexicon.words["relatives"]
                or low in ("that", "close", "familiar")
                or self._reduced(here)
                or low == "and"
            ):
                head = self.lows[here - 1]
                return (
                    low == "and"
                    or head in ("people", "men", "women", "some", "many", "both", "most", "few")
                    or (head.endswith("s") and not head.endswith(("ss", "'s", "us", "is")))
                )
        return False

    def _is_noun(self, at: int, start: int, form: Form, use: str) -> bool:
        """Whether a form that may be a noun is one here."""
        before, after = self.low(start - 1), self.low(at + 1)
        words = self.lexicon.words
        if (
            start == at
            and (
                (
                    before in words["determiners"]
                    and before not in ("this", "that", "both", "all", "some", "many", "most", "few", "several", "two")
                )
                or before in ("no", "of", "for", "with", "in", "on", "from", "into", "about")
            )
            and use != "participle"
        ):
            return True
        if before.endswith(("'s", "’s", "s'", "s’")) and start == at and use != "participle":
            return True
        if use == "participle":
            return before in words["determiners"] or before.endswith(("'s", "’s")) or (after == "of" and "of" not in form.verbs.frames)
        if not form.verbs.noun or form.form in ("past", "pp") or start != at:
            return False
        if after == "of" or after == "by":
            return True
        if self.heading and not self.title_case:
            return False
        return not (
            after in ("that", "to", "it", "he", "she", "they", ":", ",")
            or after in words["determiners"]
            or after in words["pronouns"]
            or self.is_quote(at + 1)
            or self.capital(at + 1)
            or at + 2 >= len(self.words)
        )

    def finite(self, at: int) -> bool:
        """Whether this word makes a clause: a finite form, and no participle that belongs to a noun."""
        low = self.low(at)
        if (
            low.endswith("s")
            and not low.endswith(("ss", "us", "'s"))
            and low.isalpha()
            and not self.capital(at)
            and low not in self.lexicon.words["adjunct_nouns"]
        ):
            after = self.low(at + 1)
            before = self.low(at - 1)
            if (
                after in ("the", "a", "an", "his", "its", "this", "him", "them", "us", "me", "it", "no")
                and before not in self.lexicon.words["determiners"]
                and before not in self.lexicon.words["prepositions"]
                and not self.stop(at - 1)
                and not before.endswith("ly")
            ):
                return True
        if not low or self.is_quote(at) or (self.capital(at) and not self.title_case):
            return False
        if self._bare_verb(at, low):
            return True
        if low in self.lexicon.finite:
            if low in BE or low in HAVE or low in MODALS or low in DO:
                return low not in ("being", "having", "be", "been") and not (
                    low in ("will", "may", "might", "can", "must") and self.low(at - 1) in self.lexicon.words["determiners"]
                )
            forms = self.lexicon.forms.get(low, ())
            if any(form.form == "pp" for form in forms) and self._reduced(at):
                return False
            if self.low(at - 1) in self.lexicon.words["determiners"] or self.low(at - 1) == "to" or self.low(at - 1).endswith(("'s", "’s")):
                return False
            return not (
                any(form.verbs.noun for form in forms)
                and low.endswith("s")
                and self.low(at + 1) in ("of", "by", "in", "on", "for", "about")
            )
        if low.endswith("ed") and len(low) > 4 and low.isalpha():
            return not (
                self._reduced(at)
                or self.low(at - 1) in self.lexicon.words["determiners"]
                or self.low(at - 1) in self.lexicon.words["prepositions"]
                or self.low(at - 1).endswith(("'s", "’s"))
                or (at + 1 < len(self) and not self.stop(at + 1) and self._noun_like(at + 1) and self._adjective_place(at))
            )
        return False

    def _bare_verb(self, at: int, low: str) -> bool:
        """Whether a bare form of a verb of saying has its plural subject right before it: officials say."""
        before = self.low(at - 1)
        if low == "say":
            return before != "to" and before not in self.lexicon.words["auxiliaries"] and before not in ("not", "never")
        if not (
            (before.endswith("s") and len(before) > 3) or before in ("they", "we", "i", "you", "people", "media", "police")
        ) or before.endswith(("ss", "'s", "us")):
            return False
        return any(form.form == "base" and not form.verbs.noun and not form.particle for form in self.lexicon.forms.get(low, ()))

    def _adjective_place(self, at: int) -> bool:
        return (
            self.low(at - 1) in self.lexicon.words["determiners"]
            or at == 0
            or self.low(at - 1) in ("and", "of", "for", "with", "in", "several", "some", "most")
        )

    def _noun_like(self, at: int) -> bool:
        low = self.low(at)
        return (
            bool(low)
            and low[0].isalpha()
            and low not in self.lexicon.words["determiners"]
            and low not in self.lexicon.words["prepositions"]
            and low not in self.lexicon.words["subordinators"]
            and low not in self.lexicon.words["objects"]
        )

    def _reduced(self, at: int) -> bool:
        """Whether a participle shortens a clause that belongs to the noun before it: a report published on Monday."""
        after = self.low(at + 1)
        helped = at - 1 - (self.low(at - 1) in ("not", "never", "also", "been", "being"))
        if self.low(helped) in self.lexicon.words["auxiliaries"]:
            return False
        if not self.low(at - 1) or (self.stop(at - 1) and self.low(at - 1) != ","):
            return False
        if after in ("by", "of"):
            return True
        return after in (
            "in",
            "on",
            "at",
            "from",
            "for",
            "with",
            "to",
            "as",
            "last",
            "earlier",
            "this",
            "late",
            "near",
            "against",
            "under",
        ) and self._finite_follows(at + 1, 14)

    def _finite_follows(self, at: int, within: int) -> bool:
        """Whether another finite verb comes before the clause ends, so that this one was none."""
        for here in range(at, min(at + within, len(self))):
            low = self.lows[here]
            if (
                low in (";", ":", "—", "that")
                or (low in self.lexicon.words["subordinators"] and low not in ("as", "before", "after", "since", "once"))
                or self.is_quote(here)
            ):
                return False
            if low == ",":
                continue
            if (
                low in BE
                or low in HAVE
                or low in MODALS
                or (low in self.lexicon.finite and not self.capital(here) and low not in ("being", "been", "be", "having"))
            ):
                return self.low(here - 1) not in ("and", "but", "to")
        return False

    def has_finite(self, start: int, end: int) -> bool:
        """Whether there is a clause among these words."""
        return any(self.finite(at) for at in range(max(start, 0), min(end, len(self))))
