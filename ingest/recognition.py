"""What a reader should know of how a file was read: recognised pages (OCR), and what could not be read."""

from __future__ import annotations

from ingest.document import Document, Line


def recognition_remarks(document: Document) -> tuple[str, ...]:
    """Sentences on recognised pages with their mean confidence, weighted by characters, on pages that could
    not be recognised, and on formulas without a value; none for a document that was read whole as text."""
    remarks = []
    pages: set[int] = set()
    read = weight = 0
    total = 0.0
    for block in document.blocks:
        for piece in (block,) if isinstance(block, Line) else block.rows:
            size = (piece.end or 0) - (piece.start or 0)
            read += size
            if piece.place is not None and piece.place.confidence is not None:
                pages.add(piece.place.page or 1)
                weight += size
                total += size * piece.place.confidence
    if weight:
        what = "本文件" if weight == read else f"第 {_listed(pages)} 页有文字"
        remarks.append(f"{what}由图片识别（OCR），平均置信度 {total / weight:.2f}，请与原件核对。")
    if unread := document.metadata.get("unread_pages"):
        remarks.append(
            f"第 {unread} 页是图片，没有读入。"
            "安装图片识别（pip install 'tiaowen[ocr]'）后把文件改名再同步即可。"
        )
    if uncalculated := document.metadata.get("uncalculated"):
        remarks.append(
            f"有 {uncalculated} 个公式没有保存计算结果，读出来是空的。请用 Excel 或 WPS 打开并保存一次。"
        )
    return tuple(remarks)


def _listed(pages: set[int]) -> str:
    shown = [str(page) for page in sorted(pages)[:8]]
    return "、".join(shown) + ("等" if len(pages) > len(shown) else "")
