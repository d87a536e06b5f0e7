"""Configurations and grids in TOML: what they say, and every way in which they can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.configuration import Configuration, Fusion, Plan, Splitter, Target, Through, read_plan
from eval.errors import EvalError

CONFIGS = Path(__file__).parents[2] / "eval" / "configs"


def plan_of(tmp_path: Path, text: str) -> Plan:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


def test_a_run_has_the_product_s_settings_where_it_says_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '[[run]]\nname = "全部"\n')
    assert plan == Plan((Configuration("全部"),), ())
    assert plan.configurations[0].lexical == ("words", "characters")


def test_every_setting_is_read(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
        [[run]]
        name = "x"
        model = "none"
        lexical = ["bigrams"]
        fusion = "rrf"
        weight = 1
        rrf_k = 10
        context = false
        lexicon = true
        through = "retriever"
        [[benchmark]]
        beir = "data"
        split = "dev"
        [[benchmark]]
        bench = "b"
        notices = "n"
        """,
    )
    assert plan.configurations == (
        Configuration(
            "x",
            model="none",
            lexical=("bigrams",),
            fusion=Fusion.RRF,
            weight=1.0,
            rrf_k=10,
            context=False,
            lexicon=True,
            through=Through.RETRIEVER,
        ),
    )
    assert plan.targets == (
        Target(beir=tmp_path / "data", split="dev"),
        Target(bench=tmp_path / "b", notices=tmp_path / "n"),
    )


def test_a_grid_is_every_combination_named_by_what_varies(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        '[[grid]]\nname = "g"\nweight = [0.2, 0.5]\nlexical = [["words"], ["words", "bigrams"]]\nrrf_k = 7\n',
    )
    found = [(each.name, each.weight, each.lexical, each.rrf_k) for each in plan.configurations]
    assert found == [
        ("g-weight=0.2-lexical=words", 0.2, ("words",), 7),
        ("g-weight=0.2-lexical=words+bigrams", 0.2, ("words", "bigrams"), 7),
        ("g-weight=0.5-lexical=words", 0.5, ("words",), 7),
        ("g-weight=0.5-lexical=words+bigrams", 0.5, ("words", "bigrams"), 7),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "plan.toml 里没有任何配置（[[run]] 或 [[grid]]）。"),
        ('[[runs]]\nname = "a"', "plan.toml：不认识 runs，可用 run、grid、benchmark。"),
        ('[run]\nname = "a"', "run 应写成 [[run]]。"),
        (
            "[[run]]\nweight = 0.1",
            "配置名“None”不能用：应由字母、数字、汉字和 . _ + = - 组成，并且不以符号开头。",
        ),
        (
            '[[run]]\nname = "../a"',
            "配置名“../a”不能用：应由字母、数字、汉字和 . _ + = - 组成，并且不以符号开头。",
        ),
        ('[[run]]\nname = "a"\n[[run]]\nname = "a"', "配置名重复：a。"),
        ('[[run]]\nname = "a"\nweight = "x"', "配置 a：weight 应为数字，实为“x”。"),
        ('[[run]]\nname = "a"\nweight = 1.5', "配置 a：weight 应在 0 到 1 之间，实为 1.5。"),
        ('[[run]]\nname = "a"\nrrf_k = true', "配置 a：rrf_k 应为整数，实为“True”。"),
        (
            '[[run]]\nname = "a"\nfusion = "sum"',
            "配置 a：fusion 应为 learned、weighted、rrf 之一，实为“sum”。",
        ),
        ('[[run]]\nname = "a"\nlexical = "words"', "配置 a：lexical 应为文本的数组。"),
        (
            '[[run]]\nname = "a"\nlexical = ["trigrams"]',
            "配置 a：没有 trigrams 这种切词，可用 words、characters、bigrams、all-words。",
        ),
        (
            '[[run]]\nname = "a"\nlexical = []\nmodel = "none"',
            "配置 a：lexical 为空、model 又是 none，没有可检索的东西。",
        ),
        ('[[run]]\nname = "a"\nchunk_overlap = 500', "配置 a：chunk_overlap 应小于 chunk_size，且不为负数。"),
        ('[[grid]]\nname = "g"\nrrf_k = 7', "网格 g 没有取多个值的设置；只有一种设置请用 [[run]]。"),
        (
            '[[run]]\nname = "a"\n[[benchmark]]\nbeir = "b"',
            "benchmark 应写 beir 和 split，或者写 bench（以及 notices）。",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(EvalError) as caught:
        plan_of(tmp_path, text)
    assert str(caught.value).splitlines()[0] == sentence


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(EvalError) as caught:
        plan_of(tmp_path, '[[run]]\nname = "a"\nweight = 2\n[[run]]\nname = "b"\nfuse = 1\n')
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("name", "configurations"),
    [
        ("baselines", ["bm25-jieba", "bm25-bigram", "dense-only", "chunks-500", "retriever", "product"]),
        (
            "fusion",
            ["rrf-rrf_k=10", "rrf-rrf_k=60", *(f"weighted-weight={w}" for w in (0.2, 0.3, 0.4, 0.5, 0.6))],
        ),
    ],
)
def test_the_shipped_files_hold_what_their_names_say(name: str, configurations: list[str]) -> None:
    plan = read_plan(CONFIGS / f"{name}.toml")
    assert [each.name for each in plan.configurations] == configurations


def test_all_shipped_files_can_be_read_and_name_the_sample_set() -> None:
    for path in sorted(CONFIGS.glob("*.toml")):
        targets = read_plan(path).targets
        assert targets
        for target in targets:
            assert target.bench is not None
            assert target.bench.is_file() or (target.bench / "questions.jsonl").is_file()
            assert target.notices is not None
            assert target.notices.is_dir()
    chunks = next(c for c in read_plan(CONFIGS / "baselines.toml").configurations if c.name == "chunks-500")
    assert (chunks.splitter, chunks.chunk_size) == (Splitter.LANGCHAIN, 500)
