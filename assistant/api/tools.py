"""Tools for agents over the Model Context Protocol: gradio serves them from the functions registered here."""

from __future__ import annotations

import json
from typing import Any

from gradio.events import api

from assistant.api.programs import Programs
from assistant.api.rest import LAST_YEAR, MOST_HITS
from assistant.contract import answer_line, card_line, clause_line, hit_line, target_line
from index.types import Filters


def add_tools(programs: Programs) -> None:
    """Registers the tools in the `gr.Blocks` that is being built."""
    # gradio shows the docstrings below to the agent, makes their schema of the arguments' types, and would
    # write any other result than a text in Python's form.

    def ask_notices(question: str) -> str:
        """Answer a question in Chinese from policy notices, in the words of their clauses, with citations.

        Args:
            question: A complete question in plain Chinese, with the city and the year where they matter.
        """
        return _json(answer_line(None, programs.answer([question])))

    def search_clauses(query: str, limit: int = 10) -> str:
        """Find clauses of policy notices for a query, best first.

        Args:
            query: Words or a question in Chinese.
            limit: How many clauses, 1 to 100.
        """
        hits = programs.search(query, filters=Filters(), limit=max(1, min(int(limit), MOST_HITS)))
        return _json([hit_line(hit) for hit in hits])

    def read_clause(address: str) -> str:
        """Read the clauses that stand at an address.

        Args:
            address: The region, title or file name of a notice and an item number: 澄浦 二（一）1, 附件1#30.
        """
        places = programs.places(address)
        return _json([clause_line(place.notice.name, place.clause) for place in places])

    def list_notices() -> str:
        """List all notices with title, document number, issuer, region, dates and attachments."""
        return _json([{"id": one.id, **card_line(one.name, one.card)} for one in programs.notices()])

    def list_targets(indicator: str = "", region: str = "", year: int = 0) -> str:
        """List quantified targets of the notices, each with the clause that states it.

        Args:
            indicator: What is measured, such as 地区生产总值; empty for all.
            region: A province, city or county; empty for all.
            year: The year in which it is due; 0 for all.
        """
        due = max(0, min(int(year), LAST_YEAR)) or None
        entries = programs.targets(indicator=indicator or None, regions=[region] if region else [], year=due)
        return _json([target_line(entry) for entry in entries])

    for tool in (ask_notices, search_clauses, read_clause, list_notices, list_targets):
        api(tool, api_name=tool.__name__, queue=False)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
