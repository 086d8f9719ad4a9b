"""Attribution, construction by construction: sentences with source, cue and content as a reader would mark them."""

import pytest

from dateline.texts.attribution import Attribution
from dateline.texts.lexicon import load_cues
from dateline.texts.marker import mark, mark_sentences

Row = tuple[str, str, str, str, tuple[str, ...]]

TABLE: tuple[Row, ...] = (
    ("before", "The hull is new, KTA said on Monday.", "KTA", "said", ("The hull is new",)),
    ("before", "“We wait,” the captain said.", "the captain", "said", ("“We wait,”",)),
    ("before", "'We see you,' the message read.", "the message", "read", ("'We see you,'",)),
    ("before", "„Wir sind bereit“, the captain told the broadcaster.", "the captain", "told", ("„Wir sind bereit“",)),
    ("before", "The drill, the ministry stressed, is harmless.", "the ministry", "stressed", ("The drill", "is harmless")),
    ("before", '"It is over," she said, "and we know it."', "she", "said", ('"It is over,"', '"and we know it."')),
    ("before", "The Gulf States sent ships, the organisers said.", "the organisers", "said", ("The Gulf States sent ships",)),
    ("before", "That, Holt argued, is why it matters.", "Holt", "argued", ("That", "is why it matters")),
    ("after", "KTA said that the hull is new.", "KTA", "said", ("that the hull is new",)),
    ("after", "The ministry on Monday said the hull is new.", "The ministry", "said", ("the hull is new",)),
    ("after", "Rear Adm. Joss Tarn told the committee the boats were late.", "Rear Adm. Joss Tarn", "told", ("the boats were late",)),
    ("after", "Officials in the United States said the note was real.", "Officials in the United States", "said", ("the note was real",)),
    ("after", "He has repeatedly said that he would sign.", "He", "has repeatedly said", ("that he would sign",)),
    ("after", "The statement did not say who had given the order.", "The statement", "did not say", ("who had given the order",)),
    ("after", "Analysts at Norbank think shares could fall.", "Analysts at Norbank", "think", ("shares could fall",)),
    ("after", "The navy said in a statement on Friday that it knew.", "The navy", "said", ("that it knew",)),
    ("after", "Pell said: “The sea has no fences.”", "Pell", "said", ("“The sea has no fences.”",)),
    ("after", "Asked about it, the envoy replied that there was none.", "the envoy", "replied", ("that there was none",)),
    ("after", "In a statement the ministry said it was true.", "the ministry", "said", ("it was true",)),
    ("inverted", "The launch was a stunt, said Tomas Brill, an analyst.", "Tomas Brill, an analyst", "said", ("The launch was a stunt",)),
    ("inverted", "“I heard it,” said Ansa Kole, 61, who keeps bees.", "Ansa Kole, 61, who keeps bees", "said", ("“I heard it,”",)),
    ("inverted", "The boats were late, said Rear Adm. Joss Tarn.", "Rear Adm. Joss Tarn", "said", ("The boats were late",)),
    ("apposition", "Tasna, which is close to the guard, said it sank.", "Tasna, which is close to the guard", "said", ("it sank",)),
    ("apposition", "Mira Sand, the envoy, said she would abstain.", "Mira Sand, the envoy", "said", ("she would abstain",)),
    ("apposition", "Radio Dalma, citing an officer, said it sank.", "Radio Dalma", "said", ("it sank",)),
    ("relative", "They met a sailor who said that the boat was empty.", "a sailor who", "said", ("that the boat was empty",)),
    ("going-on", "He signed the order, saying that it was time.", "He", "saying", ("that it was time",)),
    ("going-on", "It called the pact dead and warned of “grave consequences”.", "It", "warned", ("of “grave consequences”",)),
    ("infinitive", "The president vowed to answer “any blow”.", "The president", "vowed", ("to answer “any blow”",)),
    ("infinitive", "The ministry declined to comment.", "The ministry", "declined", ("to comment",)),
    ("object", "Talvia denied the charge on Friday.", "Talvia", "denied", ("the charge",)),
    ("object", "She described the ship as “a floating museum”.", "She", "described", ("the ship as “a floating museum”",)),
    ("according-to", "According to Kim Dar, an analyst, it sank.", "Kim Dar, an analyst", "According to", ("it sank",)),
    ("according-to", "It sank at noon, according to two sailors.", "two sailors", "according to", ("It sank at noon",)),
    ("according-to", "The plant, according to the paper, is shut.", "the paper", "according to", ("The plant", "is shut")),
    ("quoted-as", "“We win,” Verin was quoted as saying.", "Verin", "was quoted as saying", ("“We win,”",)),
    ("citing", "The wire said it sank, citing an officer.", "an officer", "citing", ("it sank",)),
    ("passive", "The hull is new, as reported by KTA.", "KTA", "as reported by", ("The hull is new",)),
    ("nominal", "Harrow's claim that the fleet was ready was met with silence.", "Harrow's", "claim", ("that the fleet was ready",)),
    ("nominal", "In the general's words, the march was a stroll.", "the general's", "words", ("the march was a stroll",)),
    ("colon", "Pell: “The sea has no fences.”", "Pell", ":", ("“The sea has no fences.”",)),
)  # fmt: skip


def shown(words: str, one: Attribution) -> Row:
    """An attribution in words."""

    def part(stretch: tuple[int, int] | None) -> str:
        return words[slice(*stretch)] if stretch else ""

    return one.construction, words, part(one.source), part(one.cue), tuple(part(piece) for piece in one.content)


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[0]}: {row[1][:40]}" for row in TABLE])
def test_a_construction_gives_source_cue_and_content(row: Row) -> None:
    found = [shown(row[1], one) for one in mark(row[1]).attributions]
    assert row in found


def test_every_construction_of_the_lexicon_is_tried_here() -> None:
    tried = {row[0] for row in TABLE} | {"passed-on", "quotation-alone", "dateline", "byline", "credit"}
    assert tried == set(load_cues().constructions)


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("DALMA, Nov. 3 (ONA) — The council met.", [("dateline", "ONA")]),
        ("SARNU CITY, November 3. /SARA/. A boat sank.", [("dateline", "SARA")]),
        ("NORHAVEN (Northern Wire) - The council met.", [("dateline", "Northern Wire")]),
        ("By Ilda Renn", [("byline", "Ilda Renn")]),
        ("(Reporting by Ilda Renn; editing by Otto Pree)", [("byline", "Ilda Renn"), ("byline", "Otto Pree")]),
        ("Source: Orvenian News Agency", [("credit", "Orvenian News Agency")]),
        ("(SARA)", [("credit", "SARA")]),
        ("Photo released by ONA is undated.", [("credit", "ONA")]),
        ("A picture, via Northern Wire, is undated.", [("credit", "Northern Wire")]),
        ("From a Ministry of Defence News Release", [("credit", "Ministry of Defence")]),
        ("The carrier (CVN 69) left port.", []),
    ],
)
def test_sources_outside_sentences(words: str, sources: list[tuple[str, str]]) -> None:
    found = [(one.construction, words[slice(*one.source)]) for one in mark(words).attributions if one.source]
    assert found == sources


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Frigate sails: KTA", "KTA", "Frigate sails"),
        ("Two dead in blast at works – agency", "agency", "Two dead in blast at works"),
        ("Kestria: No talks before spring", "Kestria", "No talks before spring"),
        ("‘No ship will pass’: Admiral", "Admiral", "‘No ship will pass’"),
    ],
)
def test_a_headline_hands_over_with_a_colon(headline: str, source: str, content: str) -> None:
    (one,) = mark_sentences(headline, [[(0, len(headline))]], frozenset({0})).attributions
    assert shown(headline, one)[2:] == (source, one.cue and headline[slice(*one.cue)], (content,))
    assert one.construction == "colon"


@pytest.mark.parametrize(
    "words",
    [
        "The United States and the Gulf States sent observers.",
        "States with small navies often share a yard.",
        "Military might is not what decides it.",
        "The fire claimed 14 lives.",
        "It had refused to do so.",
        "Explainer: what we know so far",
        "The Gulf States have said nothing.",
        "The report of the blast was long.",
    ],
)
def test_what_hands_nothing_over_is_not_marked(words: str) -> None:
    assert mark(words).attributions == ()


def test_one_voice_inside_another_are_two_attributions() -> None:
    words = "ONA quoted General Pell as saying that the fort fell."
    outer, inner = mark(words).attributions
    assert shown(words, outer)[2:] == ("ONA", "quoted", ("General Pell as saying that the fort fell",))
    assert shown(words, inner)[2:] == ("General Pell", "as saying", ("that the fort fell",))


def test_a_verb_with_a_statement_beside_it_is_one_attribution() -> None:
    (one,) = mark("The ministry said in a statement that it had counted four boats.").attributions
    assert one.construction == "after"


def test_a_content_ends_where_another_voice_begins_beside_it() -> None:
    words = "Pell said it sank, but Roe said it sailed."
    assert [shown(words, one)[2:] for one in mark(words).attributions] == [
        ("Pell", "said", ("it sank",)),
        ("Roe", "said", ("it sailed",)),
    ]


def test_a_voice_inside_a_content_stays_there() -> None:
    words = "KTA said that Pell had told officers that it sank."
    assert [shown(words, one)[4] for one in mark(words).attributions] == [("that Pell had told officers that it sank",), ("that it sank",)]


def test_a_quotation_over_sentences_and_paragraphs_is_the_speakers() -> None:
    words = "“Until now we have waited. We shall not wait.\n“I ask you to stand with us,” the president said."
    (one,) = mark(words).attributions
    assert shown(words, one)[4] == ("“Until now we have waited. We shall not wait.", "“I ask you to stand with us,”")


def test_words_after_a_colon_at_the_end_of_a_paragraph_are_the_speakers() -> None:
    words = "The ministry said:\nNobody was on board. The boat is ours."
    (one,) = mark(words).attributions
    assert shown(words, one)[2:] == ("The ministry", "said", ("Nobody was on board. The boat is ours.",))
    assert not one.sure


def test_a_quotation_without_a_speaker_goes_on_with_the_last_and_is_not_sure_across_paragraphs() -> None:
    within = "“It sank,” he said. “It sank fast.”"
    assert shown(within, mark(within).attributions[0])[4] == ("“It sank,”", "“It sank fast.”")
    across = "“It sank,” he said.\n“It sank fast.”"
    alone = [one for one in mark(across).attributions if one.construction == "quotation-alone"]
    assert [one.sure for one in alone] == [False]


@pytest.mark.parametrize(
    ("words", "stance", "vague", "evidence"),
    [
        ("Roe insisted that it sank.", True, False, False),
        ("Roe said that it sank.", False, False, False),
        ("Some analysts say that it sank.", False, True, False),
        ("Analysts at Norbank say that it sank.", False, False, False),
        ("Satellite images show that it sank.", False, False, True),
        ("Images released by KTA show that it sank.", False, False, True),
    ],
)
def test_stance_vague_sources_and_evidence_are_told(words: str, stance: bool, vague: bool, evidence: bool) -> None:
    one = next(one for one in mark(words).attributions if one.cue)
    assert (one.stance, one.vague, one.evidence) == (stance, vague, evidence)
