"""Marks that say a text is not for the public: by how they stand on the page, not by the words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.finding import Severity
from gongkai.web.publications.gate.piece import Piece

_GRADE = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STARRED = re.compile(
    rf"{_GRADE}\s*[★☆✭✮✯✰⭐*]\s*(?:长期|[0-9一二三四五六七八九十〇]{{1,3}}\s*[年月日天]|解密|启用)?"
)
_ALONE = re.compile(
    rf"\s*[\[【(（]?\s*(?:密\s*级\s*[:：]?\s*)?{_GRADE}\s*[\])）】]?\s*(?:[0-9一二三四五六七八九十]{{1,3}}\s*[年月])?\s*"
)
_LABELLED = re.compile(rf"密\s*级(?:标志|标识)?\s*[:：\t]\s*{_GRADE}")
_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|使用|掌握|刊物|情况|传阅|参考)|(?:注意|妥善)保[管存]|不得外传|严禁外传|请勿外传|不得(?:对外)?(?:公开|泄露|翻印|复印)|禁止复制|工作秘密|阅后(?:即焚|收回|退回)|仅供(?:内部|领导|参阅)|会后收回|内参"
)
_NOT_PUBLIC = re.compile(r"^\s*[(（]\s*(?:此|本)[件文]\s*(?:不予|不|依申请|不宜)公开(?:发布)?\s*[)）]\s*$")
_TALK = re.compile(r"[。；，,]|规定|应当|不得以|违反|条例|办法|管理|依照|根据|泄露国家秘密")
LONGEST_MARK = 30


def find(piece: Piece, folded: str) -> Iterator[Hit]:
    """Marks of secrecy and of internal use. A sentence about secrets is no mark."""
    for found in _STARRED.finditer(folded):
        yield _hit("secrecy.mark", "error", piece, found)
    for number, start in enumerate(piece.starts):
        line = folded[start : start + len(piece.line(number))]
        if len(line) > 4 * LONGEST_MARK:
            if "密" in line:
                yield from (
                    _moved("secrecy.mark", "error", piece, start, found) for found in _LABELLED.finditer(line)
                )
            continue
        at = start
        for cell in line.split("\t"):
            yield from _cell(piece, at, cell)
            at += len(cell) + 1
        yield from (_moved("secrecy.mark", "error", piece, start, found) for found in _LABELLED.finditer(line))


def _cell(piece: Piece, at: int, cell: str) -> Iterator[Hit]:
    if not cell.strip() or len(cell) > 4 * LONGEST_MARK:
        return
    alone = _ALONE.fullmatch(cell)
    if alone:
        yield _moved("secrecy.mark", "error", piece, at, alone)
    refused = _NOT_PUBLIC.fullmatch(cell)
    if refused:
        yield _moved("secrecy.not_public", "error", piece, at, refused)
        return
    found = _INTERNAL.search(cell)
    if found:
        mark = len(cell.strip()) <= LONGEST_MARK and not _TALK.search(cell)
        yield _moved("secrecy.internal", "error" if mark else "notice", piece, at, found)


def _moved(code: str, severity: Severity, piece: Piece, by: int, found: re.Match[str]) -> Hit:
    start, end = by + found.start(), by + found.end()
    text = piece.text[start:end]
    return Hit(code, severity, start, end, text, "none")


def _hit(code: str, severity: Severity, piece: Piece, found: re.Match[str]) -> Hit:
    return _moved(code, severity, piece, 0, found)
