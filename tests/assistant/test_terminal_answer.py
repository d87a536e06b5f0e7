"""Answers on a terminal of a given width, and in a pipe."""

import io

from rich.cells import cell_len
from rich.console import Console

from assistant.assistant import Assistant
from assistant.terminal import PlainConsole
from assistant.terminal_answer import chips_line, print_answer
from assistant.types import Answer
from tests.assistant.sample import MemorySource
from tests.assistant.test_target_questions import Reports


def _printed(answer: Answer, width: int | None) -> list[str]:
    stream = io.StringIO()
    console: Console = PlainConsole(stream)
    if width is None:
        console.width = 10_000
    else:
        console = Console(file=stream, width=width, force_terminal=True, color_system=None, markup=False)
    print_answer(console, answer)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_a_comparison_is_a_table_with_bars() -> None:
    lines = _printed(Assistant(Reports()).ask(["各市2026年地区生产总值增长目标是多少"]), 80)
    assert lines[0] == "2026年地区生产总值目标，共4个地区："
    assert [line.split() for line in lines[3:8]] == [
        ["丁州市", "增长6%", "[1]", "█" * 24],
        ["丙州市", "增长4.5%—5%", "[2]", "█" * 18],
        ["乙州市", "增长5%以上", "[3]", "█" * 20],
        ["甲州市", "增长5.5%左右", "[4]", "█" * 22],
        ["戊州市", "账本里没有这项目标"],
    ]


def test_a_list_keeps_within_the_width_and_hangs() -> None:
    lines = _printed(Assistant(MemorySource()).ask(["青岚市水务局在任务分解表里有哪些任务？"]), 40)
    assert lines[:2] == ["市水务局共2项：", "牵头（1项）"]
    assert lines[2].startswith("1. 牵头单位：市水务局；")
    assert lines[3].startswith("   ")
    listed = lines[: lines.index("配合（1项）")]
    assert max(cell_len(line) for line in listed) <= 40


def test_a_pipe_gets_whole_lines() -> None:
    answer = Assistant(MemorySource()).ask(["青岚市水务局在任务分解表里有哪些任务？"])
    lines = _printed(answer, None)
    assert lines[: len(answer.plain.splitlines())] == answer.plain.splitlines()
    assert chips_line(answer) in lines


def test_chips_on_one_line_with_what_was_carried() -> None:
    answer = Assistant(MemorySource()).ask(["青岚2025年河湖水质优良比例是多少", "那白砂呢"])
    assert chips_line(answer) == (
        "理解为：地区：白砂市 ｜ 年份：2025年（承接上文） ｜ "
        "话题：河湖、水质、优良、比例（承接上文） ｜ 要的是：数字"
    )
