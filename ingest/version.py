"""The one place that states the version."""

__version__ = "0.1.0"

#: Raised whenever the same file may give another notice than before; `sync` then reads every file again.
SPLITTER = "6"
