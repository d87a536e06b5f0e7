"""The page's tab of evaluation: results to look at and to compare, and runs to start."""
