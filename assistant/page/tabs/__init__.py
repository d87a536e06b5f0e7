"""The page's tabs, a module each: what is drawn in it, and what its events call."""
