"""Speakers before or after a colon: “Frigate sails: KTA”, “Kestria: no talks”, “Pell: “The sea has no fences.””."""

from collections.abc import Iterable

from dateline.texts.complements import WH, Complements, Found
from dateline.texts.verbs import Phrase
from dateline.texts.words import STOPS


class Colons(Complements):
    """Attribution by a colon or a dash, in headlines and before quotations."""

    def _headline(self) -> Iterable[Found]:
        """“Frigate sails: KTA”, “Kestria: no talks”, “Frigate sails – ministry”."""
        s = self.s
        signs = [
            k
            for k in range(1, len(s))
            if s.low(k) in (":", "–", "—", "--") or (s.low(k) == "-" and s.document[s.words[k].start - 1].isspace())
        ]
        for at in signs[-1:] if signs else ():
            left, right = Phrase(0, at), Phrase(at + 1, self.end)
            if self._speaker(right) and (at >= 2 or s.is_quote(0)):
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
        if any(
            s.is_quote(k) or s.dated(k) or s.low(k) in STOPS or s.low(k)[0].isdigit() or s.low(k) in WH
            for k in range(phrase.start, phrase.end)
        ):
            return False
        return self._known(phrase) or all(s.capital(k) or s.low(k) in ("of", "the", "and", "for") for k in range(phrase.start, phrase.end))

    def _known(self, phrase: Phrase) -> bool:
        """Whether a role, a document or an outlet is named by its kind, or an abbreviation stands there."""
        s = self.s
        return any(
            s.low(k) in self.words["roles"] or (s.words[k].raw.isupper() and len(s.low(k)) > 1) for k in range(phrase.start, phrase.end)
        )
