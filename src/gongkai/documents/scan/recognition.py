"""RapidOCR with the models that its package carries: text and where it stands, in pixels."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import rapidocr

from gongkai.documents.scan.pictures import Picture
from gongkai.errors import InvalidData

LARGEST_SIDE = 3000
"""A picture with a longer side is made smaller before its text is searched, in pixels."""


class Found(NamedTuple):
    """A line of text with its upright box in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def find_text(picture: Picture) -> list[Found]:
    """Find and read all text in a picture."""
    result = _engine()(picture, use_det=True, use_cls=True, use_rec=True)
    if result.txts is None or result.boxes is None:
        return []
    return [
        Found(
            text,
            min(float(x) for x, _ in box),
            min(float(y) for _, y in box),
            max(float(x) for x, _ in box),
            max(float(y) for _, y in box),
        )
        for text, box in zip(result.txts, result.boxes, strict=True)
    ]


def read_line(picture: Picture) -> str:
    """Read a picture that holds one line of text and nothing else; "" where nothing is recognised."""
    result = _engine()(picture, use_det=False, use_cls=False, use_rec=True)
    return "".join(result.txts or ()).strip()


@cache
def _engine() -> Any:
    models = Path(rapidocr.__file__).parent / "models"
    # A path given for each model: without one the package would look for it on the network.
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": LARGEST_SIDE,
            "Det.model_path": _model(models, "det"),
            "Cls.model_path": _model(models, "cls"),
            "Rec.model_path": _model(models, "rec"),
        }
    )


def _model(folder: Path, task: str) -> str:
    found = sorted(folder.glob(f"*_{task}_*.onnx"))
    if not found:
        raise InvalidData("document.ocr_model", folder=str(folder), task=task)
    return str(found[0])
