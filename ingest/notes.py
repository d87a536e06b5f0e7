"""Notes below a table (备注：…), which are rules for reading its columns."""

from __future__ import annotations

import re

#: 备注: 排列第一位的为牵头单位 stands below many task tables.
NOTE = re.compile(r"(备注|注|说明|附注)\s*[:：]")
