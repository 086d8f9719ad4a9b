"""What always holds of the marker, whatever the text: spans inside it, nothing lost, nothing twice."""

import itertools

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.faults import CourseError
from dateline.texts.annotating import drafted, nth_of, redrafted, toml_of
from dateline.texts.draft import draft, draft_sentences
from dateline.texts.lexicon import inflected, load_cues
from dateline.texts.marker import mark
from dateline.texts.marks import Annotated, Annotation, read_annotation
from dateline.texts.sentences import sentence_spans
from dateline.texts.text import read_text

WORDS = st.sampled_from(
    [
        *("KTA", "said", "that", "the", "ship", "sank", ",", ".", ":", "“", "”", '"', "'", "’", "on", "Friday", "according", "to", "Pell"),
        *("adding", "claims", "reports", "who", "and", "17:30", "two", "weeks", "ago", "—", "(", ")", "was", "quoted", "as", "saying"),
        *("\n", "may", "A"),
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@example("“Until now we waited.\n“We wait no more,” he said.")
@example('"')
@given(TEXTS)
def test_every_span_is_inside_the_text_and_holds_something(words: str) -> None:
    found = mark(words)
    for one in found.attributions:
        for start, end in [*filter(None, (one.source, one.cue)), *one.content]:
            assert 0 <= start < end <= len(words)
            assert words[start:end].strip() == words[start:end]
        assert one.construction in load_cues().constructions
    for hit in found.hits:
        assert 0 <= hit.start < hit.end <= len(words)


@given(TEXTS)
def test_source_and_cue_of_an_attribution_never_share_a_letter(words: str) -> None:
    for one in mark(words).attributions:
        if one.source and one.cue:
            assert one.source[1] <= one.cue[0] or one.cue[1] <= one.source[0] or one.cue[0] < one.source[0]


@given(TEXTS)
def test_quotations_never_overlap_and_neither_do_times_and_quantities(words: str) -> None:
    found = mark(words)
    pieces = sorted((piece.start, piece.end) for one in found.quotations for piece in one.pieces)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(pieces))
    when = sorted((hit.start, hit.end) for hit in found.hits if hit.cue.kind in ("date", "duration", "set", "number"))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(when))


@given(st.text(alphabet=st.sampled_from("abcXYZ .!?\"“”()'0123。」\n"), max_size=120))
def test_sentences_hold_every_letter_in_order(words: str) -> None:
    spans = sentence_spans(words)
    assert "".join("".join(words[a:b].split()) for a, b in spans) == "".join(words.split())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@given(TEXTS)
def test_a_text_is_marked_the_same_way_every_time(words: str) -> None:
    assert mark(words) == mark(words)


@given(st.lists(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_draft_has_each_mark_inside_its_sentence(paragraphs: list[list[str]]) -> None:
    paragraphs = [[" ".join(sentence.split()) for sentence in part] for part in paragraphs]
    for part, marks in zip(paragraphs, draft_sentences(paragraphs), strict=True):
        for sentence, found in zip(part, marks, strict=True):
            assert all(0 <= one.start < one.end <= len(sentence) for one in found)


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("claim", ("claims", "claimed", "claimed", "claiming")),
        ("deny", ("denies", "denied", "denied", "denying")),
        ("stress", ("stresses", "stressed", "stressed", "stressing")),
        ("announce", ("announces", "announced", "announced", "announcing")),
        ("vow", ("vows", "vowed", "vowed", "vowing")),
        ("go", ("goes", "goed", "goed", "going")),
        ("portray", ("portrays", "portrayed", "portrayed", "portraying")),
    ],
)
def test_regular_forms_are_made(base: str, forms: tuple[str, ...]) -> None:
    assert inflected(base) == forms


@pytest.mark.parametrize("word", ["say", "says", "said", "saying", "told", "wrote", "written", "shown", "quipped", "labelled", "labeled"])
def test_irregular_forms_are_known(word: str) -> None:
    assert word in load_cues().forms


HEADER = '+++\nid = "a"\ntitle = "A"\npublished = 2031-01-01\nprovenance = "x"\nrights = "x"\n+++\n'
TEXT = read_text((HEADER + "# Frigate sails: KTA\n\nThe hull is new, KTA said on Monday.\nIt may sail.\n").encode(), "a.txt")


def test_a_draft_is_an_annotation_that_the_course_reads(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.toml"
    path.write_text(toml_of(Annotation("a", drafted(TEXT))), encoding="utf-8")
    assert read_annotation(path, TEXT) == Annotation("a", drafted(TEXT))
    said = [mark for mark in drafted(TEXT) if mark.rule == "before"]
    assert {(mark.label, mark.words, mark.at) for mark in said} == {
        ("content", "The hull is new", "p1.s1"),
        ("source", "KTA", "p1.s1"),
        ("cue", "said", "p1.s1"),
    }
    assert len({mark.link for mark in said}) == 1
    assert all(mark.state == "draft" for mark in said)


def test_a_new_draft_keeps_what_was_decided_and_brings_back_nothing_that_was_thrown_out() -> None:
    first = drafted(TEXT)
    may = next(mark for mark in first if mark.words == "may")
    own = Annotated("voice", "p1.s2", "outlet")
    kept = [msgspec.structs.replace(mark, state="kept") if mark.rule == "before" else mark for mark in first if mark != may]
    again = redrafted(TEXT, [*kept, msgspec.structs.replace(may, state="out"), own])
    assert [mark.state for mark in again if mark.words == "may"] == ["out"]
    assert own in again
    assert {mark.state for mark in again if mark.rule == "before"} == {"kept"}
    colons = {mark.link for mark in again if mark.rule == "colon"}
    assert len(colons) == 1
    assert colons.isdisjoint({mark.link for mark in again if mark.rule == "before"})
    assert redrafted(TEXT, again) == again


@pytest.mark.parametrize(("words", "start", "nth"), [("a", 0, 1), ("a", 2, 2), ("b", 4, None)])
def test_which_of_several_places_is_meant(words: str, start: int, nth: int | None) -> None:
    assert nth_of("a a b", words, start) == nth


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("“We wait.", "quotation", "We wait."),
        ("We never waited.”", "quotation", "We never waited."),
        ("The hull is new, KTA said on Monday.", "attribution", "KTA said"),
        ("“It sank,” said Roe.", "attribution", "said Roe"),
        ("Some analysts say it sank.", "vague", "Some analysts"),
        ("Satellite images show that it sank.", "evidence", "show"),
    ],
)
def test_one_sentence_alone_has_its_marks(sentence: str, kind: str, words: str) -> None:
    assert (kind, words) in {(one.kind, sentence[one.start : one.end]) for one in draft(sentence)}


def test_a_fault_in_the_rules_names_its_line(course_with_cues) -> None:  # type: ignore[no-untyped-def]
    words = course_with_cues.read_text(encoding="utf-8")
    course_with_cues.write_text(words.replace("pattern = '''so-called", "pattern = '''(so-called"), encoding="utf-8")
    line = words[: words.index("pattern = '''so-called")].count("\n")
    with pytest.raises(CourseError, match="the pattern of distance cannot be used") as told:
        load_cues()
    assert abs(told.value.problems[0].line - line) <= 4
    course_with_cues.write_text(words.replace('words = "read run"', 'words = "read say"'), encoding="utf-8")
    with pytest.raises(CourseError, match="the verb say stands in 'saying' too"):
        load_cues()


@pytest.fixture
def course_with_cues(tmp_path, monkeypatch):  # type: ignore[no-untyped-def]
    """A copy of the rules that may be broken."""
    from dateline.folders import course_folder

    (tmp_path / "data" / "texts").mkdir(parents=True)
    (tmp_path / "exercises").mkdir()
    path = tmp_path / "data" / "cues.toml"
    path.write_bytes((course_folder() / "data" / "cues.toml").read_bytes())
    monkeypatch.setenv("DATELINE_COURSE", str(tmp_path))
    return path
