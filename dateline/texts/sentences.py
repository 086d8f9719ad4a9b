"""Plain text into sentences, by rules that can be read: where a full stop ends a sentence, and where it does not."""

import re
from itertools import pairwise


def words_of(listed: str) -> frozenset[str]:
    """The words of a list that is written as prose."""
    return frozenset(listed.split())


END = re.compile(r"(?:[.!?…؟۔।]|\.{3})+[\"'”’»)\]]*\s+(?=\S)|[。！？｡]+[」』”’）]*\s*(?=\S)")
"""A stop, what closes after it, and space: every place where a sentence may end. The stops of Chinese and Japanese need no space."""
ALWAYS_SHORT = words_of(
    "adm brig capt cdr cmdr col comm cpl dr fr gen gov hon lt maj messrs mr mrs ms pfc pres prof pte pvt rep rev sen sgt sr st supt "
    "amb asst dep spc cpo gens insp det cllr atty no nos vol fig p pp art para sec approx ca cf e.g i.e viz vs v al a.k.a"
)
"""Abbreviations after which a sentence goes on: what follows belongs to them."""
OFTEN_SHORT = words_of(
    "a.m p.m u.s u.n u.k e.u u.s.s.r d.c etc inc ltd co corp bros jr est dept min max mt jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun ft hr hrs km kg ph.d"
)
"""Abbreviations that may stand at the end: the sentence ends if what follows begins as sentences do."""
STARTERS = words_of(
    "a after all although among an and any as asked at because before both but by despite during each earlier even every following for "
    "from he her his how however i if in it its last later many meanwhile most neither no nobody none nor not now of officials on once "
    "one only other others our over she since so some state still that the their then there these they this those though three to today "
    "two under until we what when where whether which while who why with yesterday yet you"
)
NAMES = words_of("state under other one first")
"""Of these a name may be made with the word after them, which then begins with a capital: the U.S. State Department."""
SHOUTED = words_of("yahoo jeopardy")
"""Names that are written with a mark of exclamation."""
HOURS = frozenset({"a.m", "p.m", "etc"})
"""After these a capital letter begins a sentence, unless a day or the name of a clock follows."""
DATED = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr|March|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)"
    r"|(?:[A-Z]\w+ ){1,2}time\b|[A-Z]{3}\b"
)
AHEAD = 60
"""Letters after a stop that are looked at."""
OPENING = "\"'“‘«(["
CLOSING = "\"'”’»)]"
INITIAL = re.compile(r"(?:^|[\s(\"'“‘])(?:[A-Z]\.)*[A-Z]\.$")
LISTED = re.compile(r"^\(?\d{1,2}\.$")


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph; joined with single spaces they are the paragraph (those of Chinese and Japanese with none)."""
    words = " ".join(paragraph.split())
    return [words[start:end] for start, end in sentence_spans(words)]


def sentence_spans(words: str) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph begin and end, in characters of it, without the space around them."""
    starts = [0, *(found.end() for found in END.finditer(words) if _ends(words, found)), len(words)]
    spans = []
    for start, end in pairwise(starts):
        bare = words[start:end]
        if bare.strip():
            spans.append((start + len(bare) - len(bare.lstrip()), start + len(bare.rstrip())))
    return spans


def _ends(words: str, found: re.Match[str]) -> bool:
    """Whether a stop ends its sentence."""
    before, after = words[: found.end()].rstrip(), words[found.end() : found.end() + AHEAD]
    if found[0][0] in "。！？｡":
        return not (found[0].rstrip()[-1] in "」』”）" and re.match(r"[と、，]", after))  # 「…。」と述べた goes on
    if _in_a_title(words, found):
        return False
    first = after.lstrip(OPENING)[:1]
    bare = before.rstrip(CLOSING)
    if bare.endswith("!") and bare[:-1].rsplit(maxsplit=1)[-1:] and bare[:-1].rsplit(maxsplit=1)[-1].lstrip(OPENING).lower() in SHOUTED:
        return False
    if not (first.isupper() or first.isdigit() or not first.isascii()):
        return False  # a sentence does not begin with a small letter: “Why now?” he asked
    if bare != before or not bare.endswith(".") or bare.endswith(".."):
        return True
    last = bare.rsplit(maxsplit=1)[-1].lstrip(OPENING)
    short = last.rstrip(".").lower().rsplit("-", 1)[-1]
    if LISTED.match(last) and _begins_an_item(bare[: -len(last)].rstrip()):
        return False
    if short in ALWAYS_SHORT and not (short == "no" and not first.isdigit()):
        return False
    if short in HOURS:
        return not DATED.match(after)
    begins = _begins_as_sentences_do(after.lstrip(OPENING))
    if short in OFTEN_SHORT:
        return begins
    return begins if INITIAL.search(bare) else True


def _begins_as_sentences_do(after: str) -> bool:
    """Whether a word stands here with which a sentence begins, and no name: “The navy”, not “State Department”."""
    first, _, rest = re.sub(r"[\s,’']", " ", after).partition(" ")
    return first.lower() in STARTERS and not (first.lower() in NAMES and rest[:1].isupper())


def _in_a_title(words: str, found: re.Match[str]) -> bool:
    """Whether a stop stands in a title in quotation marks in the middle of a sentence: the film “Mamma Mia! Here We Go” was shown."""
    if found[0][0] not in "!?" or found[0].rstrip()[-1] in CLOSING:
        return False
    opened = re.search(r"\w [\"“‘']([^\"“”‘]{1,60})$", words[max(0, found.start() - 80) : found.start()])
    closed = re.match(r"([^\"“”’.!?]{1,60})[\"”’'] [a-z]", words[found.end() : found.end() + 80])
    title = f"{opened[1]} {closed[1]}".split() if opened and closed else []
    return len(title) > 1 and all(word[0].isupper() or len(word) < 4 for word in title)


def _begins_an_item(before: str) -> bool:
    """Whether a number with a full stop begins an item of a list: it stands at the beginning, or after the end of a sentence."""
    word = before.rsplit(maxsplit=1)[-1] if before else ""
    return not before or (before.endswith((".", "!", "?", "”", '"', ":")) and word.rstrip(".").lower() not in ALWAYS_SHORT | OFTEN_SHORT)
