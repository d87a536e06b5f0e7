"""The views of the targets tab: the ledger as a table, as a chart, and as a workbook."""
