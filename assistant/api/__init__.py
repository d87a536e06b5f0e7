"""For programs: REST with OpenAPI, chat completions in OpenAI's form, and tools for agents (MCP).

All three give the same citations, as `assistant.contract` writes them. Keys and limits stand before them in
`guard`, what happened is kept by `journal`.
"""
