"""Tables of records: sorted by a click on a column, shown a page at a time, each row a link to its source."""

from assistant.page.records.browsing import Browsing
from assistant.page.records.listing import SCRIPT, Column, Row, listing_view
from assistant.page.records.order import in_order

__all__ = ["SCRIPT", "Browsing", "Column", "Row", "in_order", "listing_view"]
