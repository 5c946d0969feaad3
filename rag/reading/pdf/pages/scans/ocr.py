"""RapidOCR: the words of a picture of a page, with their boxes, by the models for Chinese and English in its wheel."""

import logging
import math
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.reading.pdf.blocks.layout import Line, Word
from rag.reading.pdf.pages.scans.line_band import Band, band_of
from rag.reading.pdf.pages.scans.ocr_text import plain, runs

_DETECTOR, _RECOGNIZER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_LONG_SIDE = 960  # pixels in which lines are looked for; in more no more of them are found, unless they are small
_FINE_SIDE = 1_600
_SMALL = 11  # pixels of a line's height, at which it is looked for again in more
_DOUBTFUL = 0.5
_SURE = 0.85
_TALL = 1.5
_PROBES = 5
_STEEP = 0.2  # radians; what slopes more is no scan that lay askew
_FINE = math.radians(0.05)

Picture = NDArray[np.uint8]
Quad = NDArray[np.float32]
"""Four corners in pixels, clockwise from the one where a line begins: 4 by 2."""


class OcrPage(NamedTuple):
    """What was read: lines in points from top to bottom; how far they slope on the picture (*tilt*, clockwise in
    radians), where here they are level, turned about the middle of the page; how sure their characters are, 0 to 1; and
    how many quarters the picture was turned to the left to be read (*quarters*).
    """

    lines: list[Line]
    tilt: float
    confidence: float
    quarters: int = 0


class _Found(NamedTuple):
    """A line; *along* is where the middle of each character stands between its ends, from 0 to 1; *band* is where its
    letters stand between the top and the foot of *box*.
    """

    box: Quad
    text: str
    along: Sequence[float]
    confidence: float
    band: Band


class Ocr:
    """Reads pictures of pages. The models are loaded for the first of them; nothing is ever downloaded."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    def words(self, picture: Picture, scale: float, *, upright: bool = False) -> OcrPage:
        """The words of *picture*: height by width by red, green and blue, *scale* pixels to a point.

        Where they stand on it; with *upright*, where they stand when it is turned so that most lines run to the right.
        """
        quarter, found = self._read(np.ascontiguousarray(picture[:, :, ::-1]))
        found = [one for one in found if one.confidence >= _DOUBTFUL and one.text.strip()]
        if not found:
            return OcrPage([], 0.0, 0.0)
        height, width = picture.shape[:2]
        tilt = _tilt([one.box for one in found])
        across, down = (height, width) if quarter % 2 else (width, height)
        level = [one._replace(box=_level(one.box, tilt, across, down)) for one in found]
        level.sort(key=lambda one: float(one.box[:, 1].mean()))
        back = 0 if upright else quarter
        lines = [
            _line(one, _turned_back(one.box, back, width, height) / scale, number) for number, one in enumerate(level)
        ]
        letters = sum(len(one.text) for one in found)
        sure = sum(one.confidence * len(one.text) for one in found) / letters
        return OcrPage(_in_sizes(lines), tilt, sure, quarter % 4)

    def _read(self, picture: Picture) -> tuple[int, list[_Found]]:
        """The lines, and how many quarters *picture* had to be turned to the left to read them."""
        boxes = self._boxes(picture)
        if not boxes:
            return 0, []
        quarter = 0
        if sum(map(_is_tall, boxes)) > len(boxes) / 2:
            quarter = 1
            boxes = self._boxes(_turned(picture, quarter))
        here = _turned(picture, quarter)
        probed = sorted(range(len(boxes)), key=lambda at: -_length(boxes[at]))[:_PROBES]
        first = {at: self._line(here, boxes[at]) for at in probed}
        if not first or _mean(first.values()) < _SURE:
            other = _turned(picture, quarter + 2)
            height, width = other.shape[:2]
            upended = [half_turned(box, width, height) for box in boxes]
            second = {at: self._line(other, upended[at]) for at in probed}
            if second and _mean(second.values()) > _mean(first.values()):
                quarter, here, boxes, first = quarter + 2, other, upended, second
        return quarter, [first.get(at) or self._line(here, box) for at, box in enumerate(boxes)]

    def _boxes(self, picture: Picture) -> list[Quad]:
        """Where lines stand."""
        found = self._detected(picture, _LONG_SIDE)
        if found and max(picture.shape) > _LONG_SIDE:
            heights = sorted(_across(box) for box in found)
            if heights[len(heights) // 2] * _LONG_SIDE / max(picture.shape) < _SMALL:
                return self._detected(picture, _FINE_SIDE)
        return found

    def _detected(self, picture: Picture, long_side: int) -> list[Quad]:
        self._engine.text_det.limit_side_len = long_side
        found = self._engine(picture, use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else [_quad(box) for box in found.boxes]

    def _line(self, picture: Picture, box: Quad) -> _Found:
        """What is written in *box*; what stands upright there is read both ways."""
        if not _is_tall(box):
            return self._recognized(picture, box)
        ways = [np.roll(box, -1, axis=0), np.roll(box, 1, axis=0)]
        return max((self._recognized(picture, way) for way in ways), key=lambda found: found.confidence)

    def _recognized(self, picture: Picture, box: Quad) -> _Found:
        strip = self._cut(picture, box)
        found = self._engine(strip, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        text, info = found.txts[0], found.word_results[0]
        columns = [column for word in info.word_cols for column in word]
        along = [min(1.0, (column + 0.5) / info.line_txt_len) for column in columns] if columns else []
        return _Found(box, text, along, float(found.scores[0]), band_of(strip, text))

    @cached_property
    def _cut(self) -> Callable[[Picture, Quad], Picture]:
        import cv2  # noqa: PLC0415 - RapidOCR brings it

        def cut(picture: Picture, box: Quad) -> Picture:
            width, height = max(2, round(_length(box))), max(2, round(_across(box)))
            to = _quad([[0, 0], [width, 0], [width, height], [0, height]])
            matrix = cv2.getPerspectiveTransform(box, to)
            strip = cv2.warpPerspective(
                picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
            )
            return np.asarray(strip, np.uint8)

        return cut

    @cached_property
    def _engine(self) -> Any:
        import rapidocr  # noqa: PLC0415 - takes a second, and only scanned pages need it

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        models = Path(rapidocr.__file__).parent / "models"
        engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_preprocess_img": False,
                "Global.use_vertical_padding": False,
                "Global.use_cls": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": str(models / _DETECTOR),  # one that is named is not looked for elsewhere
                "Det.limit_type": "max",
                "Det.limit_side_len": _LONG_SIDE,
                "Det.max_candidates": 4_000,
                "Rec.model_path": str(models / _RECOGNIZER),
                "Rec.rec_batch_num": 1,  # in a batch all are as wide as the widest: that costs half as much again
                "Rec.rec_img_shape": [3, 48, 16],
            }
        )
        engine(np.full((64, 64, 3), 255, np.uint8), use_det=True, use_cls=False, use_rec=False)
        return engine


def _line(found: _Found, box: Quad, number: int) -> Line:
    """*found* as a line whose words stand in *box*, in points as the page is shown."""
    way = _way(box)
    top, foot, size = found.band
    size *= _across(box)
    words: list[Word] = []
    for place, run in enumerate(runs(plain(found.text), found.along, _length(box) / max(size, 0.1))):
        part = np.stack([_between(box, along, across) for along in (run.start, run.stop) for across in (top, foot)])
        (x0, y0), (x1, y1) = part.min(axis=0).tolist(), part.max(axis=0).tolist()
        words.append((x0, y0, x1, y1, run.text, number, 0, place))
    return Line(words, max(1.0, size), bold=False, way=way)


def _quad(points: Any) -> Quad:
    return np.asarray(points, np.float32)


def _between(box: Quad, along: float, across: float) -> Quad:
    top = box[0] + (box[1] - box[0]) * along
    foot = box[3] + (box[2] - box[3]) * along
    return _quad(top + (foot - top) * across)


def _level(box: Quad, tilt: float, width: int, height: int) -> Quad:
    """*box* on a page of *width* and *height* that is turned about its middle until its lines are level."""
    cos, sin = math.cos(tilt), math.sin(tilt)
    middle = _quad([width / 2, height / 2])
    return _quad((box - middle) @ _quad([[cos, -sin], [sin, cos]]) + middle)


def _way(box: Quad) -> int:
    right, down = (box[1] - box[0]).tolist()
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 2
    return 1 if down > 0 else 3


def _tilt(boxes: Sequence[Quad]) -> float:
    """How far lines slope: as the long ones do by their own boxes, and then so that most stand in rows.

    The second is by the projection profile of their middles; boxes are too coarse to tell less than half a degree.
    """
    slopes = sorted(
        math.atan2(float(box[1][1] - box[0][1]), float(box[1][0] - box[0][0]))
        for box in boxes
        if _length(box) > 8 * _across(box)
    )
    rough = slopes[len(slopes) // 2] if slopes else 0.0
    if abs(rough) > _STEEP:
        return 0.0
    x, y = np.stack([box.mean(axis=0) for box in boxes]).T
    step = max(1.0, float(np.median([_across(box) for box in boxes])) / 12)

    def in_rows(tilt: float) -> float:
        rows = np.histogram(y - x * math.tan(tilt), bins=np.arange(y.min() - x.max(), y.max() + x.max() + step, step))
        return float((np.convolve(rows[0], [0.5, 1.0, 0.5]) ** 2).sum())

    tried = [rough + at * _FINE for at in range(-12, 13)]
    best = max(map(in_rows, tried))
    near = [tilt for tilt in tried if in_rows(tilt) > 0.98 * best]
    return sum(near) / len(near)


def _in_sizes(lines: Sequence[Line]) -> list[Line]:
    """*lines* with one size where sizes are alike: the boxes that they are told from differ with their letters."""
    sizes = sorted(line.size for line in lines for word in line.words for _ in word[4])
    body = sizes[len(sizes) // 2]
    return [line._replace(size=body) if 0.75 * body < line.size < 1.3 * body else line for line in lines]


def _turned(picture: Picture, quarters: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, quarters)) if quarters % 4 else picture


def _turned_back(box: Quad, quarters: int, width: int, height: int) -> Quad:
    """*box* in a picture that was turned to the left, on the one of *width* and *height* that it was made from."""
    x, y = box[:, 0], box[:, 1]
    match quarters % 4:
        case 1:
            return _quad(np.stack([width - y, x], axis=1))
        case 2:
            return _quad(np.stack([width - x, height - y], axis=1))
        case 3:
            return _quad(np.stack([y, height - x], axis=1))
    return box


def half_turned(box: Quad, width: int, height: int) -> Quad:
    """*box* on a picture of *width* and *height* that is turned upside down: its line begins at its left there too."""
    return _quad(np.roll(_quad([width, height]) - box, 2, axis=0))


def _length(box: Quad) -> float:
    return float(max(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[3] - box[2])))


def _across(box: Quad) -> float:
    return float(max(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[1] - box[2])))


def _is_tall(box: Quad) -> bool:
    return _across(box) > _TALL * _length(box)


def _mean(found: Collection[_Found]) -> float:
    return sum(one.confidence for one in found) / len(found) if found else 0.0
