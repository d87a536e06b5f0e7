"""Which targets are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Self
from urllib.parse import urlencode

from assistant.page.backend import Backend
from assistant.page.records import Browsing, in_order
from assistant.page.records.order import Key
from index.types import LedgerEntry

#: Longer names are no indicator.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class AskedTargets:
    """Restrictions, each empty for none; `notice` is an id, `year` and `due_by` are years in digits."""

    indicator: str = ""
    region: str = ""
    year: str = ""
    due_by: str = ""
    notice: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str | None]) -> Self:
        """The restrictions among `values`; what is too long or no year restricts nothing."""
        kept = {name: (values.get(name) or "").strip()[:_LONGEST] for name in cls.__slots__}
        years = {name: kept[name] if _is_year(kept[name]) else "" for name in ("year", "due_by")}
        return cls(**{**kept, **years})

    @property
    def query(self) -> str:
        """As the part of a URL after `?`."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def find(self, backend: Backend) -> Sequence[LedgerEntry]:
        """The targets, by region, notice and clause."""
        return backend.targets(
            indicator=self.indicator or None,
            regions=[self.region] if self.region else (),
            notices=[self.notice] if self.notice else (),
            year=int(self.year) if self.year else None,
            due_by=int(self.due_by) if self.due_by else None,
        )


def ordered(entries: Sequence[LedgerEntry], browsing: Browsing) -> list[LedgerEntry]:
    """The targets by the column that was chosen; as they come for an unknown one."""
    key = _KEYS.get(browsing.column)
    return list(entries) if key is None else in_order(entries, key, descending=browsing.descending)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()


def _value(entry: LedgerEntry) -> float | None:
    value = entry.target.value
    return value[0] if isinstance(value, tuple) else value


_KEYS: Final[Mapping[str, Callable[[LedgerEntry], Key]]] = {
    "region": lambda entry: entry.notice.card.region,
    "indicator": lambda entry: entry.target.indicator,
    "value": _value,
    "year": lambda entry: entry.target.year,
    "responsible": lambda entry: "、".join(entry.target.responsible) or None,
    "notice": lambda entry: entry.notice.card.title,
}
