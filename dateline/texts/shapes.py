"""A text in whatever shape it comes: which lines are one paragraph, which are headings, items, rows, and what was mended on the way.

Every line that is made remembers the line of the file from which it came, so that a fault names the user's own file.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.faults import fail
from dateline.texts.sentences import CLOSING, split_sentences
from dateline.wording import counted

LONGEST_HEAD = 14
"""Words of a heading at most."""
LONGEST_HEADLINE = 30
"""Words of the first line at most, if it is to be the headline."""
WRAPPED_AT = 100
"""Letters of a line at most, where lines were broken at a width."""
STOPPED = (".", "!", "?", "…", ":", ";", "。", "！", "？", "؟", "۔", "।")
ITEM = re.compile(r"^\s*(?:[-*+•‣◦▪–]\s+|\(?\d{1,2}[.)]\s+(?=\S))")
HEAD = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
ROW = re.compile(r"^\s*\|?.*\S\s*\|\s*\S.*\|.*$|^[^\t]+\t[^\t]+(?:\t[^\t]*)+$")
ROW_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
MARKDOWN = re.compile(r"^\s{0,3}#{1,6}\s+\S|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\s]+\)|^>\s", re.MULTILINE)
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
KEPT_HYPHEN = frozenset(
    [
        "run",
        "led",
        "backed",
        "based",
        "old",
        "year",
        "range",
        "level",
        "made",
        "held",
        "owned",
        "controlled",
        "wide",
        "long",
        "term",
        "time",
        "off",
        "up",
        "down",
        "in",
        "out",
        "friendly",
        "related",
        "built",
        "armed",
        "fired",
        "launched",
        "tonne",
        "metre",
        "kilometre",
        "mile",
        "day",
        "month",
        "hour",
        "strong",
        "sized",
        "style",
        "scale",
        "speed",
        "class",
        "designate",
        "general",
        "elect",
    ]
)
"""Second parts of compounds that keep their hyphen where a line was broken at it: state-run, long-range."""


class Line(NamedTuple):
    """A line of the user's file: its number and its words."""

    number: int
    words: str


class Block(NamedTuple):
    """A paragraph, heading, item or row, the line on which it begins, and its words on one line."""

    kind: str
    line: int
    words: str


class Shaped(NamedTuple):
    """A text in the course's form: its lines, for each the line of the user's file, and what was recognised and mended."""

    lines: tuple[str, ...]
    origins: tuple[int, ...]
    mended: tuple[str, ...]

    @property
    def words(self) -> str:
        return "\n".join(self.lines)


def decode(raw: bytes, file: str) -> tuple[str, str]:
    """The words of a file, and what is to be said of how they were written; raises `CourseError` if it is no plain text."""
    for sign, what in (
        (b"PK\x03\x04", "a Word or OpenDocument file"),
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a rich text file"),
        (b"\xd0\xcf\x11\xe0", "a Word file"),
    ):
        if raw.startswith(sign):
            raise fail(file, 1, f"this is {what} and no plain text", "Open it, copy the words, and save them as plain text (UTF-8)")
    words, said = _decoded(raw, file)
    if "\0" in words:
        line = words[: words.index("\0")].count("\n") + 1
        raise fail(file, line, "there is a character in this line that no text has (NUL)", "Delete it")
    return words.replace("\r\n", "\n").replace("\r", "\n"), said


def _decoded(raw: bytes, file: str) -> tuple[str, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_like_utf16(raw):
        name = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
        try:
            return raw.decode(name), "It was written in UTF-16 and was read as such."
        except UnicodeDecodeError:
            raise fail(file, 1, "the file begins as UTF-16 does and does not go on so", "Save it as UTF-8") from None
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        try:
            words = raw.decode("cp1252")
        except UnicodeDecodeError:
            words = ""
        strange = re.findall(r"[^\x00-\x7f]+", words)
        if not words or any(len(run) > 2 for run in strange) or re.search(r"[^\w\s\x00-\x7f‘’“”–—…•€«»°·£§©®´¿¡½¼¾†‰]", words):
            raise fail(file, line, "this line is neither UTF-8 nor Windows-1252 text", "Save the file as UTF-8") from None
        return words, f"It was not UTF-8 (line {line}) and was read as Windows-1252; look at its quotation marks and accents."


def _looks_like_utf16(raw: bytes) -> bool:
    head = raw[:400]
    return len(head) > 3 and len(raw) % 2 == 0 and (head[1::2].count(0) > len(head) * 0.4 or head[0::2].count(0) > len(head) * 0.4)


def as_course_text(plain: str) -> str:
    """A plain text in the course's form: a headline, headings, and one sentence on each line."""
    return shaped(plain).words


def shaped(plain: str) -> Shaped:
    """A plain text in the course's form, with the line of each of its lines in `plain`, and what was mended."""
    mended: list[str] = []
    text, unseen = UNSEEN.subn("", plain)
    if unseen:
        mended.append(f"{counted(unseen, 'sign')} that nobody sees taken out.")
    text = text.replace("\u00a0", " ").replace("\u2028", "\n").replace("\u2029", "\n\n")
    lines = [Line(number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    if MARKDOWN.search(text):
        mended.append("The marks of Markdown were taken out.")
        lines = [line._replace(words=_plain_of(line.words)) for line in lines if not line.words.lstrip().startswith("```")]
    blocks = list(_blocks(lines, mended, set(re.findall(r"[\w-]+", text.lower()))))
    out: list[tuple[str, int]] = []
    for block in _with_heads(blocks, mended):
        mark = {"headline": "# ", "subtitle": "## ", "heading": "### "}.get(block.kind, "")
        sentences = [block.words] if mark else split_sentences(block.words)
        out += [(_unmarked(mark, sentence), block.line) for sentence in sentences]
        out.append(("", block.line))
    return Shaped(tuple(line for line, _ in out), tuple(number for _, number in out), tuple(mended))


def _unmarked(mark: str, sentence: str) -> str:
    """A line with its mark; one that has marks of its own and no need of them loses them, or it would be taken for a heading."""
    return mark + (re.sub(r"^#+\s*", "", sentence) or sentence)


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading: short, and without a stop at its end."""
    return _length(paragraph) <= LONGEST_HEAD and not _stopped(paragraph) and not paragraph.rstrip().endswith(",")


def _length(words: str) -> int:
    """Words; in Chinese and Japanese, which put no space between them, about two letters are one."""
    signs = len(CJK.findall(words))
    return len(CJK.sub(" ", words).split()) + signs // 2


def _stopped(words: str) -> bool:
    return words.rstrip().rstrip(CLOSING + "」』）").endswith(STOPPED)


def _plain_of(words: str) -> str:
    """A line without the marks of Markdown, but for those of headings and items."""
    words = re.sub(r"^\s{0,3}>\s?", "", words)
    words = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", words)
    words = re.sub(r"\[([^\]]+)\]\([^)\s]+(?: \"[^\"]*\")?\)", r"\1", words)
    words = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", words)
    words = re.sub(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])", r"\1", words)
    return re.sub(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)", r"\1", re.sub(r"`([^`]+)`", r"\1", words))


def _blocks(lines: Sequence[Line], mended: list[str], known: set[str]) -> Iterator[Block]:
    chunk: list[Line] = []
    counts = {"items": 0, "rows": 0, "wrapped": 0, "hyphens": 0}
    found: list[Block] = []
    item = False

    def flush() -> None:
        nonlocal item
        if item and chunk:
            found.append(Block("item", chunk[0].number, _rejoined(chunk, counts, known)))
        else:
            found.extend(_chunk(chunk, counts, known))
        item = False
        chunk.clear()

    for line in lines:
        head = HEAD.match(line.words)
        if not line.words.strip():
            flush()
        elif head:
            flush()
            found.append(Block("headline" if len(head[1]) == 1 else "heading", line.number, " ".join(head[2].split())))
        elif ROW_RULE.match(line.words) and "|" in line.words:
            continue
        elif RULE.match(line.words):
            if chunk and len(chunk) == 1 and line.words.strip()[0] in "=-" and not _stopped(chunk[0].words):
                kind = "headline" if line.words.strip()[0] == "=" else "heading"
                found.append(Block(kind, chunk[0].number, " ".join(chunk[0].words.split())))
                chunk.clear()
            flush()
        elif ROW.match(line.words):
            flush()
            cells = [" ".join(cell.split()) for cell in re.split(r"\||\t", line.words.strip().strip("|"))]
            found.append(Block("row", line.number, "; ".join(cell for cell in cells if cell)))
            counts["rows"] += 1
        elif ITEM.match(line.words):
            flush()
            bare = line.words.strip()
            chunk.append(line._replace(words=bare if bare[0].isdigit() or bare[0] == "(" else ITEM.sub("", line.words, count=1).strip()))
            counts["items"] += 1
            item = True
        else:
            if item and not line.words[:1].isspace() and _stopped(chunk[-1].words):
                flush()
            chunk.append(line)
    flush()
    _tell(counts, mended)
    yield from (block for block in found if block.words)


def _tell(counts: dict[str, int], mended: list[str]) -> None:
    for name, one, many in (
        ("items", "1 item of a list stands as a paragraph of its own.", "{} items of lists stand each as a paragraph."),
        ("rows", "1 row of a table stands as a paragraph of its own.", "{} rows of a table stand each as a paragraph."),
        ("wrapped", "1 line that had been broken at a width was joined.", "{} lines that had been broken at a width were joined."),
        ("hyphens", "1 word broken at a hyphen was joined; look at it.", "{} words broken at a hyphen were joined; look at them."),
    ):
        if counts[name]:
            mended.append(one if counts[name] == 1 else many.format(counts[name]))


def _chunk(chunk: Sequence[Line], counts: dict[str, int], known: set[str]) -> Iterator[Block]:
    """The paragraphs of lines between two empty ones."""
    if not chunk:
        return
    if len(chunk) == 1 or not _is_wrapped(chunk):
        for line in chunk:
            yield Block("paragraph", line.number, " ".join(line.words.split()))
        return
    width = max(len(line.words) for line in chunk)
    part: list[Line] = []
    for number, line in enumerate(chunk):
        after = chunk[number + 1] if number + 1 < len(chunk) else None
        part.append(line)
        if after is None or _ends_paragraph(line, after, width, first=number == 0):
            counts["wrapped"] += len(part) - 1
            yield Block("paragraph", part[0].number, _rejoined(part, counts, known))
            part = []


def _is_wrapped(chunk: Sequence[Line]) -> bool:
    """Whether lines were broken at a width: few end with a stop, and they are of about one length."""
    inner = [line.words.rstrip() for line in chunk[:-1]]
    stopped = sum(_stopped(words) for words in inner)
    longest = max(len(line.words) for line in chunk)
    if any(re.search(r"\w-$", words) for words in inner) and longest <= WRAPPED_AT:
        return True
    if any(after.words[:1].islower() for after in chunk[1:]):
        return True
    if longest > WRAPPED_AT:
        return False
    if len(inner) == 1:
        return not stopped and len(inner[0]) > 0.6 * longest and len(inner[0]) > 30
    return stopped <= 0.5 * len(inner) and not all(_length(line.words) <= 8 and not _stopped(line.words) for line in chunk)


def _ends_paragraph(line: Line, after: Line, width: int, first: bool) -> bool:
    """Whether a paragraph of a wrapped text without empty lines ends here."""
    here, following = line.words.rstrip(), after.words
    opens = following.lstrip()[:1]
    if re.match(r"\s{2,}\S", following) and not re.match(r"\s", line.words):
        return True  # the first line of a paragraph is set in
    if not (opens.isupper() or opens.isdigit() or opens in "\"“‘'«„("):
        return False
    first_word = re.split(r"[\s,.]", following.lstrip(), maxsplit=1)[0]
    short = len(here) + len(first_word) + 1 < width - 2
    if _stopped(here) and not here.endswith((":", ";")):
        return short and len(here) < 0.85 * width
    return first and _length(here) <= LONGEST_HEADLINE and short and not here.endswith((",", "-", "–"))


def _rejoined(part: Sequence[Line], counts: dict[str, int], known: set[str]) -> str:
    words = ""
    for line in part:
        piece = " ".join(line.words.split())
        broken = re.search(r"([A-Za-zÀ-ÿ]+)-$", words)
        begins = re.match(r"[a-zà-ÿ]+", piece)
        if broken and begins:
            counts["hyphens"] += 1
            whole, hyphened = broken[1] + begins[0], f"{broken[1]}-{begins[0]}"
            keep = hyphened.lower() in known or (whole.lower() not in known and begins[0] in KEPT_HYPHEN)
            words = (words if keep else words[:-1]) + piece
        elif broken and words.endswith("-") and not words.endswith(" -"):
            words += piece  # Anglo-|Vellmark
        else:
            joined = "" if words and CJK.match(words[-1]) and CJK.match(piece[:1]) else " "
            words = f"{words}{joined}{piece}" if words else piece
    return words


def _with_heads(blocks: Sequence[Block], mended: list[str]) -> list[Block]:
    """Blocks with their headline, subtitle and headings told from paragraphs."""
    out: list[Block] = []
    seen = False
    for number, block in enumerate(blocks):
        if block.kind == "headline" and seen:
            block = block._replace(kind="heading")
        seen = seen or block.kind == "headline"
        if block.kind == "paragraph":
            first = number == 0
            follows = number + 1 < len(blocks)
            words = block.words
            if first and follows and not re.match(r"(?:By|BY) [A-Z]", words) and _is_headline(words):
                block, seen = block._replace(kind="headline"), True
            elif (
                number == 1
                and follows
                and out[0].kind == "headline"
                and LONGEST_HEAD < _length(words) <= LONGEST_HEADLINE
                and not _stopped(words)
            ):
                block = block._replace(kind="subtitle")
            elif is_heading(words) and follows and not words.endswith(","):
                block = block._replace(kind="heading")
        out.append(block)
    if not any(block.kind in ("paragraph", "item", "row") for block in out):
        out = [block if block.kind == "headline" else block._replace(kind="paragraph") for block in out]
        if out and all(block.kind == "headline" for block in out):
            out = [block._replace(kind="paragraph") for block in out]
    if out and not any(block.kind == "headline" for block in out):
        mended.append("No headline was found; write one with “# ” before it if the text has one.")
    return out


def _is_headline(words: str) -> bool:
    """Whether the first paragraph is the headline: no stop at its end, or a short question or exclamation."""
    if _length(words) > LONGEST_HEADLINE:
        return False
    if not _stopped(words):
        return True
    bare = words.rstrip().rstrip(CLOSING)
    return bare.endswith(("?", "!", "？", "！")) and len(split_sentences(words)) == 1 and _length(words) <= 20
