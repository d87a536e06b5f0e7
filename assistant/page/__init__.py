"""The page: chat in the middle, the notice beside it.

Nothing is imported here, so that `assistant.page.backend` and the pure rendering modules can be used without
paying for gradio; `build` is in `assistant.page.build`, `launch` in `assistant.page.server`.
"""
