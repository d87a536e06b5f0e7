"""Figures set bold in an answer's text."""

from __future__ import annotations

import pytest

from assistant.forms.wording import bold_figures


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("降到31微克/立方米。", "降到**31微克/立方米**。"),
        ("达到90%以上[1]", "达到**90%以上**[1]"),
        ("附件1#30", "附件1#30"),
        ("提高20个百分点", "提高**20个百分点**"),
        ("2025年底前完成12公里", "**2025年**底前完成**12公里**"),
    ],
)
def test_a_figure_is_bold_with_its_unit(text: str, bold: str) -> None:
    assert bold_figures(text) == bold
