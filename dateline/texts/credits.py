"""Sources that stand outside sentences: the agency in a dateline, bylines, credits of pictures and of whole texts."""

import re
from collections.abc import Sequence

from dateline.texts.attribution import Attribution

NAME = r"[A-Z0-9][\w.&'’-]*(?:[ /](?:[A-Z0-9][\w.&'’-]*|of|the|and|for|de))*"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATE = rf"(?:{MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTH}(?:,? \d{{4}})?)"
PLACE = r"[A-Z][\w.'’ -]*(?:, [A-Z][\w.' -]*){0,2}"
SHOUTED = r"[A-Z]{3,}[A-Z ,.'’-]*"
FARTHEST = 90
"""Letters of a dateline at most."""
LONGEST = 200
"""Letters of a credit at most."""
DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{PLACE},? {DATE}|{DATE}) ?\((?P<source>{NAME})\)\s*(?:--|—|–|-|:|\.|/)?\s*",
        rf"{PLACE} ?\((?P<source>{NAME})\)\s*(?:--|—|–|-)\s*",
        rf"{SHOUTED} ?\((?P<source>{NAME})\)\s*",
        rf"(?:{PLACE},? )?{DATE}[,.:]? ?/(?P<source>[A-Z][\w .-]*)/\.?\s*",
        r"\((?P<source>[A-Z][A-Z]+|[A-Z][a-z]+ News Agency|Xinhua|Yonhap|Reuters|Kyodo)\)\s*(?:--|—|–|-)\s*",
        rf"{PLACE}, {DATE} \[(?P<source>{NAME})\]\s*",
    )
)
EDITORS = r"(?:[Ww]riting|[Ee]diting|[Aa]dditional reporting)(?: and editing)? by"
KINDS = "Source|SOURCE|Sources|Credit|Photo|PHOTO|Photo credit|Image|Picture|Video|Courtesy|File photo|Photograph"
CREDITS = tuple(
    (construction, re.compile(pattern))
    for construction, pattern in (
        (
            "byline",
            r"^(?:By|BY|Written by|Story by|Text by|From our correspondent) (?P<source>[^.;:!?]{3,80}?)(?:,? (?:in|at) [A-Z]\w+)?[.]?$",
        ),
        (
            "byline",
            rf"^\(?(?:Additional )?[Rr]eporting by (?P<source>[^;.)]+)(?:; ?{EDITORS} (?P<second>[^;.)]+))?[^)]*\)?$",
        ),
        ("byline", r"^\(?(?:[Ee]diting|[Ww]riting) by (?P<source>[^;.)]+)\)?\.?$"),
        ("credit", rf"^(?:{KINDS}): ?(?P<source>[^.;!?]{{2,80}})\.?$"),
        ("credit", rf"^\((?P<source>{NAME})\)\.?$"),
        ("credit", r"^(?:—|–|-|--) ?(?P<source>[A-Z][\w.]*(?: [A-Z][\w.]*){0,4})$"),
        ("credit", r"^(?:From|FROM) (?:a|an|the) (?P<source>[A-Z][^.!?]{3,70}?) (?:[Nn]ews |[Pp]ress )?(?:[Rr]elease|[Ss]tatement)\.?$"),
    )
)
PICTURES = r"(?:[Pp]hotos?|[Pp]ictures?|[Ii]mages?|[Ff]ootage|[Vv]ideo|[Pp]hotographs?)"
HANDED = "(?:released|provided|published|issued|distributed|supplied|taken|carried|broadcast|posted|handed out)"
NAMED = r"(?:[A-Z][\w.&'’-]*|of|the|state|news|agency|ministry|television|media|army|navy)(?!\w)"
INSIDE = re.compile(
    rf"\b{PICTURES}(?: \w+){{0,3}} {HANDED} (?:on \w+ )?by (?P<source>(?:the |its |a )?[\w.&'’-]+(?: {NAMED})*)"
    r"|\b(?:via|VIA|courtesy of|Courtesy of) (?P<other>[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*)*)"
    r"|\((?:AP |Reuters )?(?:[Pp]hoto|[Ii]mage|[Vv]ideo|[Pp]icture)(?: by|:)? (?P<photo>[A-Z][^()]{2,60})\)"
)
TRAILING = re.compile(rf"\s\((?P<source>[A-Z]{{2,}}|Xinhua|Yonhap|Reuters|Kyodo|{NAME} (?:News|Agency|Wire|Press))\)\.?$")


def credits(document: str, part: Sequence[tuple[int, int]], heading: bool) -> tuple[list[Attribution], bool]:
    """The credits of one paragraph, the dateline first, and whether the whole of it is a credit and has no sentence."""
    start, end = part[0][0], part[-1][1]
    words = document[start:end]
    if not heading:
        for pattern in DATELINES:
            found = pattern.match(words)
            if found and found.end() < FARTHEST and not any(sign in found[0] for sign in '“”"'):
                return [_credit("dateline", start, found, "source"), *_inside(words, start)], False
    for construction, credit in CREDITS if len(words) < LONGEST and len(part) == 1 else ():
        found = credit.match(words)
        if found and not (construction == "byline" and not found["source"][0].isupper()):
            made = [_credit(construction, start, found, "source")]
            if found.groupdict().get("second"):
                made.append(_credit(construction, start, found, "second"))
            return made, True
    made = _inside(words, start)
    trailing = TRAILING.search(words)
    if trailing and not heading and len(part) == 1 and not made and words[trailing.start() - 1] in '.!?”"':
        made.append(_credit("credit", start, trailing, "source"))
    return made, False


def _inside(words: str, start: int) -> list[Attribution]:
    made = []
    for found in INSIDE.finditer(words):
        name = next(group for group in ("source", "other", "photo") if found[group])
        made.append(_credit("credit", start, found, name))
    return made


def _credit(construction: str, start: int, found: re.Match[str], group: str) -> Attribution:
    return Attribution(None, (start + found.start(group), start + found.start(group) + len(found[group].rstrip())), (), construction)
