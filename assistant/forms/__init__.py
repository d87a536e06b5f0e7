"""Forms of answers: evidence → structured data, and the words that are made of it."""
