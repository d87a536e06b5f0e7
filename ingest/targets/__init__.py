"""Clause → quantified targets: the indicator, how much of it, by when, and who is responsible."""

from .extraction import targets_of
from .types import Comparator, Target

__all__ = ["Comparator", "Target", "targets_of"]
