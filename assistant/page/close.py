"""The × that closes a part of the page; the script does the closing."""

from __future__ import annotations

from assistant.page.html import Html, element
from assistant.page.i18n import Language, say


def close_link(href: str, language: Language) -> Html:
    """A link that the script knows by its `href`."""
    return element("a", "×", href=href, class_="tw-close", role="button", aria_label=say(language, "close"))
