"""Answers as files that staff can put on record: .docx with footnotes, .xlsx, and Markdown."""
