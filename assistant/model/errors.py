"""Why a model's answer is not shown, each as part of one Chinese sentence."""

from __future__ import annotations

from assistant.errors import AssistantError


class ModelFault(Exception):
    """`str(fault)` says what went wrong with the model; the answer in the clauses' words is shown instead."""


class BadModelSetting(AssistantError):
    """`TIAOWEN_LLM` does not name a model."""
