"""The views of the corpus tab: the notices, the files that were sent in, and what they say."""
