"""Models are told apart by what decides their vectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.fingerprint import model_fingerprint


def _model(folder: Path, weights: bytes = b"weights" * 10, **files: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "config.json").write_text('{"dimension": 4}')
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def test_a_name_stands_for_itself() -> None:
    assert model_fingerprint("some/model-name") == "some/model-name"


def test_a_folder_is_known_by_its_files_wherever_it_lies(tmp_path: Path) -> None:
    here, there = _model(tmp_path / "a" / "m"), _model(tmp_path / "b" / "m", README="说明")
    assert model_fingerprint(str(here)) == model_fingerprint(str(there))
    assert model_fingerprint(str(here)).startswith("m@")


@pytest.mark.parametrize("place", [0, 2_500_000, 4_999_999])
def test_other_weights_are_another_model(tmp_path: Path, place: int) -> None:
    """Of large weights the head and the tail are looked at; what differs in the middle only is not seen."""
    weights = bytearray(5_000_000)
    before = model_fingerprint(str(_model(tmp_path / "a" / "m", bytes(weights))))
    weights[place] = 1
    after = model_fingerprint(str(_model(tmp_path / "b" / "m", bytes(weights))))
    assert (before == after) is (place == 2_500_000)


def test_another_config_is_another_model(tmp_path: Path) -> None:
    folder = _model(tmp_path / "m")
    before = model_fingerprint(str(folder))
    (folder / "config.json").write_text('{"dimension": 8}')
    assert model_fingerprint(str(folder)) != before


def test_how_a_model_is_used_is_part_of_what_it_is(tmp_path: Path) -> None:
    """An index of shortened vectors is no index of whole ones."""
    folder = _model(tmp_path / "m")
    assert model_fingerprint(f"{folder}?dimension=2") == f"{model_fingerprint(str(folder))}?dimension=2"
    assert model_fingerprint("some/name?dimension=2") == "some/name?dimension=2"
