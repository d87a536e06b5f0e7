"""The check over the sample notices: a small seeded sample of false sentences, and every true one."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.bodies import states_first_leads
from assistant.checking import Cited, check_sentence
from assistant.vocabulary import Vocabulary
from eval.checking import check_all, make_corruptions, names_of
from eval.true_sentences import TrueSentence, sentences_of_notices
from index.types import Filters, Hit, NoticeRecord
from ingest import read_notice
from ingest.notice import Clause, Notice

PROJECT = Path(__file__).resolve().parents[2]
CORPUS, SAMPLES = PROJECT / "corpus", PROJECT / "eval" / "samples"


class _Notices:
    """Notices in memory; nothing searches them."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self.by_id = {notice.id: notice for notice in notices}

    def notices(self) -> Sequence[NoticeRecord]:
        return [
            NoticeRecord(n.id, n.name, "corpus", n.format, n.card, len(n.clauses))
            for n in self.by_id.values()
        ]

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        return self.by_id[notice_id].clauses

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        return ()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(_Notices([read_notice(path) for path in sorted(CORPUS.iterdir()) if path.is_file()]))


@pytest.fixture(scope="module")
def true(vocabulary: Vocabulary) -> list[TrueSentence]:
    return list(sentences_of_notices(vocabulary))


def test_no_true_sentence_is_blamed_and_false_ones_are_caught(
    vocabulary: Vocabulary, true: list[TrueSentence]
) -> None:
    report = check_all("samples", true, names_of(vocabulary), count=200, seed=7)
    assert len(true) == 677
    assert report.alarms == 0
    assert sum(report.made.values()) == 200
    assert sum(report.caught.values()) == 200
    assert [*report.made.values()] == [21] * 9 + [11]


def test_the_same_seed_makes_the_same_sentences(vocabulary: Vocabulary, true: list[TrueSentence]) -> None:
    known = names_of(vocabulary)
    made = [[c.text for c in make_corruptions(true, known, count=30, seed=seed)] for seed in (3, 3, 4)]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_every_corruption_differs_from_its_sentence_in_one_place(
    vocabulary: Vocabulary, true: list[TrueSentence]
) -> None:
    for made in make_corruptions(true, names_of(vocabulary), count=100, seed=11):
        assert (made.text, made.cited.clause.id) != (made.true, "")
        assert made.was != made.now
        assert made.now in made.text or made.now == made.cited.clause.cite


def test_sentences_in_other_words(vocabulary: Vocabulary) -> None:
    """eval/samples/worded.jsonl: what a model might write of a clause, true and false."""
    docs = json.loads((SAMPLES / "docs.json").read_text(encoding="utf-8"))
    known = names_of(vocabulary)
    by_name = {Path(record.name).name: record for record in vocabulary.records}
    found: Counter[str] = Counter()
    blamed, missed = [], []
    for line in (SAMPLES / "worded.jsonl").read_text(encoding="utf-8").splitlines():
        worded = json.loads(line)
        record = by_name[docs[worded["doc"]]]
        clauses = vocabulary.view(record.id).clauses
        clause = next(c for c in clauses if c.cite == worded["cite"])
        cited = [Cited(clause, record.card, states_first_leads(clauses))]
        blamed += [s for s in worded["true"] if not check_sentence(s, cited, known).supported]
        missed += [s for s in worded["false"] if check_sentence(s, cited, known).supported]
        found.update(true=len(worded["true"]), false=len(worded["false"]))
    assert found == {"true": 91, "false": 117}
    assert blamed == [
        "2026年岚汀优良天数比例要达到92%，不再出现重度及以上污染天数。",
        "12345热线要在15秒内接通的比例至少95%，群众满意率至少93%。",
        "2024年岚汀12345热线群众满意率目标是不低于93%。",
        "村（社区）便民服务站至少可以办55项事项。",
    ]
    assert missed == ["望津市小学一年级每班不超过50人。", "挥发性有机物排放总量比2022年下降11%。"]
