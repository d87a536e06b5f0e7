"""A model's name with what stands after its question mark."""

from __future__ import annotations

import pytest

from index.model_name import Backend, BadModelName, ModelName


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BAAI/bge-m3", ModelName("BAAI/bge-m3")),
        ("BAAI/bge-m3?dimension=256", ModelName("BAAI/bge-m3", dimension=256)),
        ("m?backend=onnx&query_prompt=问：", ModelName("m", backend=Backend.ONNX, query_prompt="问：")),
        ("m?query_prompt=%E9%97%AE%26", ModelName("m", query_prompt="问&")),
        ("m?passage_prompt=", ModelName("m", passage_prompt="")),
        ("m?", ModelName("m")),
        ("", ModelName("")),
    ],
)
def test_options_stand_after_the_name(text: str, found: ModelName) -> None:
    assert ModelName.parse(text) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("m?size=3", "没有 size 这个选项，可用 dimension、backend、query_prompt、passage_prompt"),
        ("m?dimension=0", "dimension 应为正整数，实为“0”"),
        ("m?dimension=x", "dimension 应为正整数，实为“x”"),
        ("m?dimension=٣", "dimension 应为正整数，实为“٣”"),
        ("m?backend=tpu", "backend 应为 torch 或 onnx，实为“tpu”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(text: str, reason: str) -> None:
    with pytest.raises(BadModelName) as caught:
        ModelName.parse(text)
    assert str(caught.value) == f"向量模型“{text}”的写法不对（{reason}）：请检查 TIAOWEN_MODEL。"
