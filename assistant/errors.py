"""What can be wrong with a question or a command, each as one sentence in Chinese."""

from __future__ import annotations


class AssistantError(Exception):
    """`str(error)` is one sentence for the person at the keyboard."""


class UnusableQuestion(AssistantError):
    """The question is empty, has no word in it, or is too long to be one."""


class NoSuchAddress(AssistantError):
    """No clause of the corpus stands at the address asked for."""
