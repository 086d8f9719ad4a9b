"""Panels: each loads, prints all that it holds, and a faulty file is named with its line."""

import re
from html import unescape
from pathlib import Path

import msgspec
import pytest
from support import use_sampler

from dateline.cards.fingerprint import Compared, compared, on_no_card
from dateline.cards.panel_card import printed_panel
from dateline.cards.panels import Clocks, Fingerprint, Gloss, Renderings, Steps, Supports, load_panel, panel_files
from dateline.evidence.sources import load_sources
from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.texts.runs import shared_runs

MARKUP = re.compile(r"</?(?:span|em)[^>]*>")
NAMES = [path.stem for path in panel_files()]


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_form_holds_the_whole_panel(name: str) -> None:
    panel = load_panel(name)
    printed = unescape(printed_panel(panel))
    parts: list[str] = [panel.prompt, panel.origin]
    match panel:
        case Steps():
            parts += [words for step in panel.step for words in (step.label, step.words, *step.notes)]
        case Renderings():
            parts += [part for version in panel.rendering for part in (version.who, *version.parts)]
        case Clocks():
            parts += [words for one in panel.happening for words in (one.text, one.why)]
            parts += [place.text for place in panel.places]
        case Gloss():
            printed = MARKUP.sub("", printed)
            parts += [panel.who, panel.whole]
            parts += [part.replace("*", "") for word in panel.word for part in (word.text, word.sound, word.form, word.sense, word.then)]
        case Fingerprint():
            parts += [panel.apart, *(words for version in panel.version for words in (version.who, *version.cards))]
        case Supports():
            parts += [words for claim in panel.claim for words in (claim.text, claim.why)]
    assert [words for words in parts if words not in printed] == []


def test_a_panel_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(CourseError, match=r"There are: .*p5"):
        load_panel("p55")


@pytest.mark.parametrize(
    ("line", "other", "found"),
    [
        ("He ordered the building of new plants.", "She ordered the building", ["ordered the building"]),
        ("He ordered the building of new plants.", "ordered a building of new", ["building of new"]),
        ("the country’s shell sector", "The Country's shell sector grew", ["the country’s shell sector"]),
        ("“An 8,700-tonne nuclear submarine”", "as an 8,700-tonne nuclear one", ["An 8,700-tonne nuclear"]),
        ("two words alone", "here two words", []),
        ("a b c d e f", "c d e f; a b c", ["a b c", "d e f"]),
        ("", "a b c", []),
    ],
)
def test_words_in_a_row_are_found_whatever_their_capitals_and_marks(line: str, other: str, found: list[str]) -> None:
    assert [line[run.start : run.end] for run in shared_runs(line, other, 3)] == found


def rewrite() -> dict[str, Compared]:
    panel = load_panel("rewrite")
    assert isinstance(panel, Fingerprint)
    return {one.text: one for one in (*compared(panel), on_no_card(panel))}


def words_lit(one: Compared, at: str) -> list[tuple[str, str]]:
    line = next(line for line in one.lines if line.at == at)
    return [(piece.words.strip(), piece.sign) for piece in line.pieces if piece.sign]


def test_each_wire_lights_its_own_words_of_the_article() -> None:
    shown = rewrite()
    assert [one.told for one in shown.values()] == [
        "Reuters: words in a row in 1 of 13 lines. The longest run has 8 words, in p3.s1.",
        "AFP: words in a row in 3 of 13 lines. The longest run has 7 words, in p3.s2.",
        "The Independent: words in a row in 11 of 13 lines. The longest run has 11 words, in p1.s1.",
        "Korea JoongAng Daily with Yonhap: words in a row in 1 of 13 lines. The longest run has 9 words, in p3.s1.",
        "Another page at the address where the article was seen: words in a row in 5 of 13 lines. The longest run has 7 words, in p1.s1.",
        "134 of 292 words stand on no card. p7 and p8 are not here: nothing that was seen could be laid beside them.",
    ]
    quotation = ("is of paramount importance in bolstering war deterrent", "shared")
    assert words_lit(shown["Reuters"], "p3.s1")[-1] == quotation, "The Independent has it as well"
    assert words_lit(shown["AFP"], "p3.s1") == [("is of paramount importance in bolstering", "shared")], "AFP goes on with “up the”"
    assert words_lit(shown["The Independent"], "p4.s1")[0] == ("a shipyard to inspect the construction of", "alone")


def test_the_lesson_says_what_the_panel_counts() -> None:
    page = (course_folder() / "notebooks" / "52-autopsy-of-a-rewrite.ipynb").read_text(encoding="utf-8")
    assert "Reuters lights one line and AFP three. The Independent lights eleven of thirteen" in page
    assert "“Has issued a direct order for a” is seven words in a row" in page
    other = rewrite()["Another page at the address where the article was seen"]
    assert other.cards[0].found == "p1.s1, 7 words"


def test_what_is_nobodys_is_left_over_and_a_name_lights_nothing() -> None:
    shown = rewrite()
    assert words_lit(shown["The Independent"], "H1") == []
    left = shown["On no card"]
    assert words_lit(left, "H1") == [("Kim Jong Un Orders Major Boost in North Korean Missile Production for 2025", "nobody")]
    assert words_lit(left, "p5.s1")[0][0].startswith("Just a day before the factory visits")
    assert ("in response.", "nobody") in words_lit(left, "p6.s2")
    assert all(not any(sign for _, sign in words_lit(left, at)) for at in ("p3.s1",)), "this line is somebody's from end to end"


def test_no_card_quotes_more_than_twelve_words_and_each_names_its_page() -> None:
    panel = load_panel("rewrite")
    assert isinstance(panel, Fingerprint)
    assert max(len(card.split()) for version in panel.version for card in version.cards) == 12
    assert {version.source for version in panel.version} <= set(load_sources())


HEAD = 'prompt = "P"\n'
WORD = '\n[[word]]\ntext = "말"\nsound = "mal"\nform = "a noun"\nsense = "word"'
FAULTY = {
    "'b' is no support": (
        'kind = "supports"',
        'supports = [{ id = "a", text = "A" }]\n[[claim]]\ntext = "C"\nneeds = [["b"]]\nwhy = "W"',
        6,
    ),
    "not one note": ('kind = "steps"', 'headings = ["H"]\n[[step]]\nlabel = "1"\nwords = "W"\nnotes = []', 7),
    "differ in their number": ('kind = "renderings"', '[[rendering]]\nwho = "a"\nparts = ["x"]\n[[rendering]]\nwho = "b"\nparts = []', 8),
    "cannot be placed on a clock": ('kind = "clocks"', 'places = [{ zone = "Mars/Base", text = "M" }]\nhappening = []', 3),
    "'Korean' is no code": ('kind = "gloss"', 'lang = "Korean"\nwho = "W"\nwhole = "E"\nword = []', 3),
    "the clause has 13 words": ('kind = "gloss"', 'lang = "ko"\nwho = "W"\nwhole = "E"' + WORD * 13, 67),
    "there is no sentence 'p9'": ('kind = "fingerprint"', 'text = "ferry"\nplaces = ["p9"]\nversion = []', 4),
    "there is no source 'gazette'": (
        'kind = "fingerprint"',
        'text = "ferry"\nplaces = ["p1"]\n[[version]]\nwho = "G"\nsource = "gazette"\ncards = []',
        7,
    ),
    "a card has 13 words": (
        'kind = "fingerprint"',
        'text = "ferry"\nplaces = ["p1"]\n[[version]]\nwho = "G"\nsource = "gazette"\ncards = ["a b c d e f g h i j k l m"]',
        8,
    ),
    "invalid value 'dance'": ('kind = "dance"', "", 1),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_fault_in_a_panel_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    kind, body, line = FAULTY[what]
    course = use_sampler(tmp_path / "course", monkeypatch)
    (course / "data" / "panels").mkdir()
    (course / "data" / "sources.toml").write_text("")
    (course / "data" / "panels" / "bad.toml").write_text(f"{kind}\n{HEAD}{body}")
    with pytest.raises(CourseError, match=what) as found:
        load_panel("bad")
    assert line in [problem.line for problem in found.value.problems if re.search(what, problem.what)]


def test_every_word_of_a_clause_is_printed_in_its_language_and_with_its_sense() -> None:
    printed = printed_panel(load_panel("gloss-quotation"))
    assert printed.count('<span lang="ko">특히 …</span></th><td') == 1
    row = next(row for row in printed.split("<tr>") if "특히" in row)
    assert [words for words in ("teuki", "in particular") if words not in row] == []
    assert '<span lang="ko">을</span>' in printed, "a Korean ending inside an English line is Korean too"


def test_a_clause_quotes_at_most_twelve_words() -> None:
    lengths = {name: len(panel.word) for name in NAMES if isinstance(panel := load_panel(name), Gloss)}
    assert lengths == {"gloss-plants": 9, "gloss-quotation": 8}


def test_what_a_check_sends_to_draw_readers_is_plain_data() -> None:
    from dateline.evidence.survey import phrase
    from dateline.kinds import feedback
    from dateline.kinds.number import NumberKey
    from dateline.kinds.range import Range as RangeQuestion
    from dateline.kinds.range import RangeKey

    question = RangeQuestion(id="x", prompt="P", beat="practice", theme="language", skill="s", low=0, high=100)
    key = RangeKey(data=phrase("Likely"), why={"right": "Yes, so far.", "narrow": "Too narrow.", "wide": "Too wide."}, teach="T", next="N")
    told = msgspec.to_builtins(feedback(question, key, [60, 85]))["readers"]
    assert sum(told["counts"]) == 5174
    assert told["mine"] == (60, 85)
    assert ("ICD 203", 55, 80) in told["bands"]
    assert {yardstick for yardstick, _, _ in told["bands"]} == {"ICD 203", "PHIA", "AJP-2.1", "IPCC"}
    assert NumberKey(teach="T", next="N", value=3).data is None
