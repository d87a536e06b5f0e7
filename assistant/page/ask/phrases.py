"""What the ask tab says."""

from __future__ import annotations

from typing import Final

from assistant.page.i18n import Language, Phrases

PHRASES: Final = Phrases(
    {
        "understood_as": ("理解为", "Read as"),
        "strike": ("去掉“{label}”再问", "Ask again without “{label}”"),
        "restore": ("恢复", "Restore"),
        "restore_label": ("恢复“{label}”再问", "Ask again with “{label}”"),
        "carried": ("（沿用前面的对话）", " (from earlier)"),
        "was_struck": ("已去掉：", "Left out: "),
        "chip": ("{name}：{value}", "{name}: {value}"),
        "chip_place": ("地区", "Place"),
        "chip_unknown-place": ("地区", "Place"),
        "chip_notice": ("文件", "Notice"),
        "chip_attachment": ("附件", "Attachment"),
        "chip_address": ("位置", "Address"),
        "chip_part": ("部分", "Part"),
        "chip_year": ("年份", "Year"),
        "chip_deadline": ("期限", "Due"),
        "chip_unit": ("部门", "Department"),
        "chip_role": ("角色", "Role"),
        "chip_indicator": ("指标", "Indicator"),
        "chip_topic": ("沿用的话题", "Topic of before"),
        "chip_kind": ("回答形式", "Form of answer"),
        "show_rest": ("展开全文", "Show the whole clause"),
        "show_more_items": ("其余 {count} 项", "{count} more"),
        "show_blanks": ("另有 {count} 处没有规定", "{count} more without one"),
        "items": ("{count} 项", "{count}"),
        "all_sources": ("出处（{count} 条）", "Sources ({count})"),
        "chart_of": ("{title}（单位：{unit}）", "{title} ({unit})"),
        "nearest_clauses": ("最接近的条款（不是答案）：", "The nearest clauses (no answer):"),
        "recognised": ("图片识别，把握 {share}%", "Read from an image, {share}% sure"),
        "body_today": ("{asked} → 今{name}", "{asked} → today {name}"),
        "edit": ("修改", "Edit"),
        "edit_label": ("修改这个问题；它后面的对话会清除", "Edit this question; what follows it is cleared"),
        "copy": ("复制", "Copy"),
        "copied_answer": ("已复制", "Copied"),
        "copy_by_hand": ("已选中，请按 Ctrl+C 复制", "Selected: press Ctrl+C to copy"),
        "retry": ("重新回答", "Ask again"),
        "export": ("导出", "Export"),
        "export_dialogue": ("导出对话", "Export dialogue"),
        "good": ("有用", "Useful"),
        "bad": ("不对", "Wrong"),
        "follow_ups": ("接着问", "Follow up"),
        "rate_up": ("这个回答有用在哪里？（可不写）", "What was useful about this answer? (optional)"),
        "rate_down": ("这个回答哪里不对？", "What is wrong with this answer?"),
        "rate_reasons": ("原因", "Reason"),
        "rate_comment": ("说明（可不写）", "Comment (optional)"),
        "rate_correct": (
            "正确的条款（可不写，如：岚州市清水行动实施方案 二（一）1）",
            "The right clause (optional, as: TITLE 二（一）1)",
        ),
        "rate_send": ("提交", "Send"),
        "rate_cancel": ("取消", "Cancel"),
        "rated": ("已记下，谢谢。", "Noted, thank you."),
        "gone": (
            "这个回答已不在对话里，请重新提问。",
            "This answer is no longer part of the conversation. Please ask again.",
        ),
        "dialogue_title": ("政策问答记录", "Questions and answers"),
    }
)
#: Reasons offered for each thumb; what is stored is the Chinese one, whatever the reader's language.
REASONS: Final = {
    "up": (("找对了条款", "Right clause"), ("答得完整", "Complete"), ("好读", "Easy to read")),
    "down": (
        ("条款不对", "Wrong clause"),
        ("数字或年份不对", "Wrong figure or year"),
        ("不完整", "Incomplete"),
        ("没有理解问题", "Misread the question"),
        ("其实有条款回答", "A clause does answer"),
    ),
}


def reasons(language: Language, thumb: str) -> list[tuple[str, str]]:
    """(shown, stored) pairs of the reasons for a thumb."""
    return [(pair[0 if language is Language.CHINESE else 1], pair[0]) for pair in REASONS[thumb]]
