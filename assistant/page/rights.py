"""Who may change what the page shows."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True, slots=True)
class Rights:
    """With `read_only` nobody changes anything; `uploaders` are the only people who may, None everybody."""

    read_only: bool = False
    uploaders: frozenset[str] | None = None

    @property
    def are_open(self) -> bool:
        """Whether everybody may change the corpus."""
        return not self.read_only and self.uploaders is None

    def may_change(self, request: gr.Request) -> bool:
        """Whether the visitor, by the name that they signed in with, may change the corpus."""
        if self.read_only:
            return False
        return self.uploaders is None or request.username in self.uploaders
