"""What the evaluation tab says."""

from __future__ import annotations

from typing import Final

from assistant.page.i18n import Phrases

PHRASES: Final = Phrases(
    {
        "tab_evaluate": ("评测", "Evaluate"),
        "run": ("结果", "Result"),
        "other_run": ("与之比较（B）", "Compare with (B)"),
        "no_other": ("不比较", "Nothing"),
        "configuration": ("运行一个配置", "Run a configuration"),
        "start": ("开始运行", "Start"),
        "stop_run": ("停止", "Stop"),
        "no_results": (
            "{folder} 里还没有评测结果：选一个配置运行，或用 tiaowen-eval run。",
            "No results in {folder} yet: run a configuration, here or with tiaowen-eval run.",
        ),
        "made_with": (
            "{questions} 个问题，{clauses} 个条款 · 提交 {commit} · 模型 {model} · "
            "每题 {p50} / {p99} 毫秒（p50 / p99）",
            "{questions} questions, {clauses} clauses · commit {commit} · model {model} · "
            "{p50} / {p99} ms a question (p50 / p99)",
        ),
        "by_type": ("按问题类型（均值与 95% 区间）", "By question type (mean and 95 % interval)"),
        "question_type": ("问题类型", "Question type"),
        "every_type": ("全部", "All"),
        "n": ("题数", "n"),
        "missed": ("答错的问题：{count} 个，共 {all} 个", "Questions missed: {count} of {all}"),
        "none_missed": ("没有答错的问题，共 {all} 个", "No question missed, of {all}"),
        "question_column": ("问题", "Question"),
        "what_went_wrong": ("哪里不对", "What went wrong"),
        "answer_column": ("回答", "Answer"),
        "evidence_column": ("标准条款", "Clause to be found"),
        "retrieved_column": ("检索到的", "Retrieved"),
        "not_found": ("没有找到标准条款", "The clause was not found first"),
        "differences": ("A 与 B 的差异", "A against B"),
        "measure": ("指标", "Measure"),
        "wins": ("B 较好", "B better"),
        "losses": ("B 较差", "B worse"),
        "moved": ("变化的问题：{count} 个", "Questions that moved: {count}"),
        "values_column": ("A → B", "A → B"),
        "run_starting": ("正在启动 {name}…", "Starting {name}…"),
        "run_done": ("{name} 已跑完，结果在 {file}。", "{name} is done; the result is {file}."),
        "may_not_run": (
            "没有启动评测的权限，请联系管理员。",
            "You may not start runs; ask the administrator.",
        ),
    }
)
