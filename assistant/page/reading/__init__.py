"""The reading pane: a notice as a document, with its outline, its card, and one clause highlighted."""

from assistant.page.reading.notice_view import missing_view, notice_view
from assistant.page.reading.opened import Opened

__all__ = ["Opened", "missing_view", "notice_view"]
