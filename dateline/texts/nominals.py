"""Nouns that hand something over: “her claim that the fleet is ready”, “reports of a blast”, “in his view”."""

from dateline.texts.complements import Complements, Found
from dateline.texts.verbs import Phrase
from dateline.texts.words import STOPS


class Nominals(Complements):
    """Attribution by nouns in one sentence."""

    def _nominal(self, at: int) -> Found | None:
        """“Harrow's claim that the fleet is ready”, “reports of a blast”."""
        s = self.s
        nouns = s.lexicon.nouns
        low = s.low(at)
        if (s.capital(at) and at > 0) or s.low(at - 2) in ("in", "at"):
            return None  # said in a statement that: the verb hands it over
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
        elif (
            after == "of"
            and low in nouns["of"]
            and (at == 0 or s.low(at - 1) not in self.words["determiners"] - {"the", "these", "those", "some", "any", "no"})
        ):
            return Found(
                "nominal",
                self._owner(at),
                (at, at + 1),
                (Phrase(at + 1, self._noun_end(at + 1, clause=False)),),
                False,
                low in nouns["stance"],
                left=at,
            )
        else:
            return None
        if after == "that" and s.finite(at + 2):
            return None  # a report that said: the report speaks
        source = source or self._owner(at) or self._said_by(at)
        return Found(
            "nominal",
            source,
            (at, at + 1),
            (Phrase(start, self._noun_end(start, clause=True)),),
            source is not None,
            low in nouns["stance"],
            left=source.start if source else at,
        )

    def _owner(self, at: int) -> Phrase | None:
        """Whose claim it is: “Harrow's”, “his”."""
        s = self.s
        here = at - 1
        while (
            here >= 0
            and not s.stop(here)
            and at - here < 4
            and not s.low(here).endswith(("'s", "’s", "s'", "s’"))
            and s.low(here) not in self.words["possessives"]
        ):
            if s.low(here) in self.words["prepositions"] or s.low(here) in self.words["determiners"]:
                return None
            here -= 1
        if here < 0 or s.stop(here) or at - here >= 4:
            return None
        if s.low(here) in self.words["possessives"]:
            return Phrase(here, here + 1)
        start = here
        while (
            start > 0
            and (s.capital(start - 1) or s.low(start - 1) in self.words["determiners"] or s.low(start - 1) in self.words["roles"])
            and not s.dated(start - 1)
        ):
            start -= 1
        return Phrase(start, here + 1)

    def _said_by(self, at: int) -> Phrase | None:
        """Who holds it, where a light verb stands between: “She made the claim that”, “officials gave no indication that”."""
        s = self.s
        for here in range(at - 1, max(at - 5, 0), -1):
            if s.low(here) in (
                "made",
                "make",
                "makes",
                "gave",
                "gives",
                "issued",
                "repeated",
                "voiced",
                "raised",
                "has",
                "have",
                "had",
                "expressed",
                "rejected",
                "denied",
                "dismissed",
                "came",
                "reached",
            ):
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
                if (
                    seen > (1 if clause else 0)
                    and s.low(here - 1) not in ("and", "who", "which", "that", "it", "he", "she", "they", "to")
                    and s.low(here - 1) not in self.words["relatives"]
                ):
                    return here
        return self.end

    def _in_view(self, at: int) -> Found | None:
        """“in his view”, “in the words of the general”."""
        s = self.s
        lead = next((k for k in range(at - 1, max(at - 7, -1), -1) if s.low(k) in ("in", "by")), None)
        if lead is None or (lead > 0 and s.low(lead - 1) not in STOPS | {"that", "but", "and"}):
            return None
        owner = Phrase(lead + 1, at)
        if s.low(at + 1) == "of" and s.low(lead + 1) == "the":
            source = s.phrase_after(at + 2, first_comma_ends=True)
        elif owner.end > owner.start and (
            s.low(owner.start) in self.words["possessives"] or s.low(owner.end - 1).endswith(("'s", "’s", "s'", "s’"))
        ):
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
