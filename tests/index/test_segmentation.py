"""Words from the file of words are those of jieba itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import jieba
import pytest

from index import segmentation

SENTENCES = [
    "到2021年，饮用水水源地水质达标率保持100%。",
    "新建污水管网35公里，完成农村生活污水治理设施标准化运维。",
    "市生态环境局、市农业农村局等部门按职责分工负责",
    "结婚的和尚未结婚的都要登记",
    "鼪鼯之径 噫吁嚱",
    "",
]


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cache folder and a segmenter of the test's own: neither the user's files nor another test's words."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    segmentation.segmenter.cache_clear()
    yield
    segmentation.segmenter.cache_clear()


@pytest.fixture(scope="module")
def original() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def _cut(tokenizer: jieba.Tokenizer) -> list[list[str]]:
    return [[*tokenizer.cut(text), *tokenizer.cut_for_search(text)] for text in SENTENCES]


def test_the_words_are_those_of_jieba(original: jieba.Tokenizer, tmp_path: Path) -> None:
    """When the file is made, when it is there, and after the whole table was read."""
    expected = _cut(original)
    assert _cut(segmentation.segmenter()) == expected
    assert len(list((tmp_path / "cache" / "tiaowen").glob("*.npy"))) == 2
    segmentation.segmenter.cache_clear()
    again = segmentation.segmenter()
    assert not isinstance(again.FREQ, dict)
    assert _cut(again) == expected
    for _ in range(segmentation._PATIENCE):
        assert "污水" in again.FREQ
    assert original.FREQ == again.FREQ
    assert _cut(again) == expected


def test_without_a_folder_for_the_file(
    original: jieba.Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert _cut(segmentation.segmenter()) == _cut(original)


def test_a_damaged_file_is_not_believed(original: jieba.Tokenizer, tmp_path: Path) -> None:
    segmentation.segmenter()
    segmentation.segmenter.cache_clear()
    for path in (tmp_path / "cache" / "tiaowen").glob("*-words.npy"):
        path.write_bytes(b"\x80\x04cos\nsystem\n")
    assert _cut(segmentation.segmenter()) == _cut(original)


def test_other_code_cannot_change_the_words() -> None:
    before = list(segmentation.segmenter().cut("云湖望津巡河方案"))
    jieba.add_word("云湖望津巡河方案")
    try:
        assert list(segmentation.segmenter().cut("云湖望津巡河方案")) == before
    finally:
        jieba.del_word("云湖望津巡河方案")
