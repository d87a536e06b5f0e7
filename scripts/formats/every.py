"""All formats of the samples, by file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.formats.fixed import package
from scripts.formats.pages import pdf, png, scan
from scripts.formats.plain import txt
from scripts.formats.rich_text import rtf
from scripts.formats.sample import Sample, read_sample
from scripts.formats.sheets import xls, xlsx
from scripts.formats.web import html, mht
from scripts.formats.word import docx, numbered_docx
from scripts.formats.word97 import doc

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
#: A notice of each build: tables with and without 序号, bullets and inline lists, a statute.
SAMPLES = (
    "wangjin_water_saving_2023.md",
    "yunming_charging_2023.md",
    "lanting_service_points_2024.md",
    "chengpu_rent_2022.txt",
)

Writer = Callable[[Sample], bytes]
#: What a file's name ends with → who writes it. A whole notice is in each.
WHOLE: Mapping[str, Writer] = {
    ".txt": txt,
    ".html": html,
    ".mht": mht,
    ".docx": docx,
    ".numbered.docx": numbered_docx,
    ".doc": doc,
    ".wps": doc,
    ".rtf": rtf,
    ".pdf": pdf,
}
#: Only the annexed tables are in these.
TABLES: Mapping[str, Writer] = {".xlsx": xlsx, ".xls": xls}
#: Pictures of the pages: all of them, and the first.
SCANS: Mapping[str, Writer] = {".scan.pdf": scan, ".png": png}


def samples() -> list[Sample]:
    """The samples that are written."""
    return [read_sample(CORPUS / name) for name in SAMPLES]


def make(sample: Sample, *, scans: bool) -> dict[str, bytes]:
    """File name → bytes of one sample in each format that can hold it."""
    writers = {**WHOLE, **(TABLES if sample.annexes() else {}), **(SCANS if scans else {})}
    return {f"{sample.name}{suffix}": write(sample) for suffix, write in writers.items()}


def archive(files: Mapping[str, bytes]) -> bytes:
    """A .zip of files, each in a folder named after its format."""
    return package({f"{name.rpartition('.')[2]}/{name}": data for name, data in sorted(files.items())})


def write_all(folder: Path, *, scans: bool) -> list[Path]:
    """Write every sample in every format, and one archive for each sample; the paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sample in samples():
        files = make(sample, scans=scans)
        files[f"{sample.name}.zip"] = archive(files)
        for name, data in files.items():
            path = folder / name
            path.write_bytes(data)
            written.append(path)
    return written
