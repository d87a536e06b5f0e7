"""What a run is made with: configurations, and the TOML file that lists them or spans a grid of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any

from eval.errors import EvalError, refuse
from index.fusion import DENSE_WEIGHT, RRF_K
from index.lexical import FIELDS
from index.normalisation import STEPS
from index.reading import READERS

#: The model that is no model: nothing is embedded, only words are searched.
NO_MODEL = "none"

#: Characters of a chunk of LangChain's splitter, the size that its guides begin with, and its overlap.
CHUNK_SIZE, CHUNK_OVERLAP = 500, 50

_NAME = re.compile(r"\w[\w.+=-]*")


class Splitter(StrEnum):
    """What is searched: the product's clauses, or chunks by length (which lie beside the product's index)."""

    CLAUSES = "clauses"
    LANGCHAIN = "langchain"


class Fusion(StrEnum):
    """How the rankings are made one: as learned for the model (`index.learned_fusion`; for a model without
    learned weights as the product does), or by a rule of `index.fusion`."""

    LEARNED = "learned"
    WEIGHTED = "weighted"
    RRF = "rrf"


class Through(StrEnum):
    """How far a question goes: to the assistant, which answers it, or only to the retriever."""

    ASSISTANT = "assistant"
    RETRIEVER = "retriever"


@dataclass(frozen=True, slots=True)
class Configuration:
    """One system under test; the defaults are the product as it is.

    `model` is a name or folder as in `TIAOWEN_MODEL`, "" for the one set there or embedded, "none" for none;
    `reranker` likewise as in `TIAOWEN_RERANKER`, where none is what is embedded.
    `lexical` names the ways of cutting that are indexed and searched (see `eval.lexical_fields`), none for a
    dense search alone. `normal` names the steps of `index.normalisation` that are taken, `readers` what
    `index.reading` looks for in questions. `weight` is the share of the dense score (fusion "weighted"),
    `rrf_k` the rank constant (fusion "rrf"). `context`: a clause is indexed with its title and headings.
    `lexicon`: official words are added to a query of the retriever (the assistant does so by itself).
    `chunk_size` and `chunk_overlap` are characters and hold for the splitter "langchain".
    """

    name: str
    splitter: Splitter = Splitter.CLAUSES
    model: str = ""
    reranker: str = ""
    lexical: tuple[str, ...] = tuple(FIELDS)
    normal: tuple[str, ...] = tuple(STEPS)
    readers: tuple[str, ...] = tuple(READERS)
    fusion: Fusion = Fusion.LEARNED
    weight: float = DENSE_WEIGHT
    rrf_k: int = RRF_K
    context: bool = True
    lexicon: bool = False
    through: Through = Through.ASSISTANT
    chunk_size: int = CHUNK_SIZE
    chunk_overlap: int = CHUNK_OVERLAP

    def as_json(self) -> dict[str, Any]:
        """Every setting by name; texts, numbers and lists only."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured on: a BEIR folder with a split, or a clause-level benchmark with its notices.

    `bench` is its folder, or a file of questions (.jsonl) that lies in it beside the folder's own one.
    """

    beir: Path | None = None
    split: str = ""
    bench: Path | None = None
    notices: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file asks for: the configurations in order, and what to measure them on."""

    configurations: tuple[Configuration, ...]
    targets: tuple[Target, ...]


def read_plan(path: Path) -> Plan:
    """The plan in a TOML file.

    `[[run]]` is one configuration. `[[grid]]` is a configuration with lists for some settings: one run for
    each combination, named by the grid's name and what varies (`weighted-weight=0.2`). `[[benchmark]]` has
    `beir` and `split`, or `bench` and `notices`; folders are relative to the file.

    :raises EvalError: naming everything that is wrong with it.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvalError(f"找不到文件：{path}。请检查路径。") from error
    except OSError as error:
        raise EvalError(f"{path} 读不出来：{error.strerror or error}。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvalError(f"{path.name} 不是合法的 TOML 文件：{error}。") from error
    faults = [
        f"{path.name}：不认识 {name}，可用 run、grid、benchmark。"
        for name in values
        if name not in {"run", "grid", "benchmark"}
    ]
    rows = [*_tables(values, "run", faults), *_spanned(_tables(values, "grid", faults), faults)]
    configurations = [found for row in rows if (found := _configuration(row, faults)) is not None]
    targets = [_target(row, path.parent, faults) for row in _tables(values, "benchmark", faults)]
    names = [configuration.name for configuration in configurations]
    faults += [f"配置名重复：{name}。" for name in dict.fromkeys(names) if names.count(name) > 1]
    if not rows and not faults:
        faults.append(f"{path.name} 里没有任何配置（[[run]] 或 [[grid]]）。")
    refuse(faults)
    return Plan(tuple(configurations), tuple(targets))


def _tables(values: Mapping[str, Any], name: str, faults: list[str]) -> list[dict[str, Any]]:
    found = values.get(name, [])
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):
        return found
    faults.append(f"{name} 应写成 [[{name}]]。")
    return []


def _spanned(grids: Iterable[Mapping[str, Any]], faults: list[str]) -> list[dict[str, Any]]:
    """A row for each combination of the settings that a grid gives several values."""
    rows: list[dict[str, Any]] = []
    for grid in grids:
        axes = {name: values for name, values in grid.items() if _is_axis(name, values)}
        if not axes:
            faults.append(f"网格 {grid.get('name', '')} 没有取多个值的设置；只有一种设置请用 [[run]]。")
        for combination in product(*axes.values()):
            varied = dict(zip(axes, combination, strict=True))
            suffix = "-".join(f"{name}={_in_name(value)}" for name, value in varied.items())
            rows.append({**grid, **varied, "name": f"{grid.get('name', '')}-{suffix}"})
    return rows


def _is_axis(name: str, values: object) -> bool:
    """Settings that are lists already have several values as a list of lists."""
    if not isinstance(values, list):
        return False
    is_list = isinstance(getattr(Configuration(""), name, None), tuple)
    return not is_list or (bool(values) and isinstance(values[0], list))


def _in_name(value: object) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or NO_MODEL
    if isinstance(value, bool):
        return str(value).lower()
    return re.sub(r"[^\w.+-]", "_", Path(value).name if isinstance(value, str) else str(value))


def _configuration(row: Mapping[str, Any], faults: list[str]) -> Configuration | None:
    name = row.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        faults.append(f"配置名“{name}”不能用：应由字母、数字、汉字和 . _ + = - 组成，并且不以符号开头。")
        return None
    found = Configuration(name)
    wrong: list[str] = []
    for key, value in row.items():
        try:
            found = replace(found, **{key: _setting(key, value)})
        except ValueError as error:
            wrong.append(f"配置 {name}：{error}。")
    wrong = wrong or [f"配置 {name}：{fault}。" for fault in _contradictions(found)]
    faults += wrong
    return None if wrong else found


def _setting(key: str, value: Any) -> Any:
    """The value of a setting in its own type; raises ValueError with a Chinese phrase."""
    defaults = {field.name: getattr(Configuration(""), field.name) for field in fields(Configuration)}
    if key not in defaults:
        raise ValueError(f"没有 {key} 这个设置，可用 {'、'.join(defaults)}")
    default = defaults[key]
    if isinstance(default, StrEnum):
        choices = [str(member) for member in type(default)]
        if value not in choices:
            raise ValueError(f"{key} 应为 {'、'.join(choices)} 之一，实为“{value}”")
        return type(default)(value)
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise ValueError(f"{key} 应为文本的数组")
        return tuple(value)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not type(default):
        kinds = {bool: "true 或 false", int: "整数", float: "数字", str: "文本"}
        raise ValueError(f"{key} 应为{kinds[type(default)]}，实为“{value}”")
    return value


def _contradictions(found: Configuration) -> list[str]:
    from eval.lexical_fields import CUTS  # noqa: PLC0415 - it takes a dictionary of words with it

    faults = [f"没有 {name} 这种切词，可用 {'、'.join(CUTS)}" for name in found.lexical if name not in CUTS]
    faults += [f"没有 {name} 这种规整，可用 {'、'.join(STEPS)}" for name in found.normal if name not in STEPS]
    faults += [
        f"没有 {name} 这种读法，可用 {'、'.join(READERS)}" for name in found.readers if name not in READERS
    ]
    if not found.lexical and found.model == NO_MODEL:
        faults.append("lexical 为空、model 又是 none，没有可检索的东西")
    if not 0.0 <= found.weight <= 1.0:
        faults.append(f"weight 应在 0 到 1 之间，实为 {found.weight}")
    if found.rrf_k < 1:
        faults.append(f"rrf_k 应为正数，实为 {found.rrf_k}")
    if not 0 <= found.chunk_overlap < found.chunk_size:
        faults.append("chunk_overlap 应小于 chunk_size，且不为负数")
    return faults


def _target(row: Mapping[str, Any], folder: Path, faults: list[str]) -> Target:
    known = {field.name for field in fields(Target)}
    unknown = [name for name in row if name not in known]
    faults += [f"benchmark 没有 {name} 这个设置，可用 {'、'.join(sorted(known))}。" for name in unknown]
    paths = {
        name: folder / row[name] for name in ("beir", "bench", "notices") if isinstance(row.get(name), str)
    }
    target = Target(split=str(row.get("split", "")), **paths)
    if (target.beir is None) == (target.bench is None) or (target.beir is not None and not target.split):
        faults.append("benchmark 应写 beir 和 split，或者写 bench（以及 notices）。")
    return target
