"""What a filter above a table offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr


def kept_choice(every: str, found: Sequence[tuple[str, str]], value: str | None) -> Any:
    """An update of a dropdown: (label, value) pairs below one for everything, which `every` names.

    What is chosen stays chosen while it is offered.
    """
    known = {one for _, one in found}
    return gr.update(choices=[(every, ""), *found], value=value if value in known else "")
