"""A language model, where one is configured: it words answers from their evidence and decides nothing.

Without `TIAOWEN_LLM` nothing of this is used and nothing is sent anywhere.
"""

from assistant.model.setting import ModelSetting
from assistant.model.writer import Writer, writer_from

__all__ = ["ModelSetting", "Writer", "writer_from"]
