"""The check: nothing is shown that the cited clause does not say.

`check_sentence` reads one sentence against the clauses it cites; `check_answer` reads a whole answer and
marks what fails. Both are deterministic and use no model.
"""

from assistant.checking.answer import UNSUPPORTED, Checked, Checker, check_answer
from assistant.checking.ground import Cited, Known, Names
from assistant.checking.sentence import check_sentence
from assistant.checking.verdict import Fault, FaultKind, Verdict

__all__ = [
    "UNSUPPORTED",
    "Checked",
    "Checker",
    "Cited",
    "Fault",
    "FaultKind",
    "Known",
    "Names",
    "Verdict",
    "check_answer",
    "check_sentence",
]
