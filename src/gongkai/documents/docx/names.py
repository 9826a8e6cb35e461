"""The names of WordprocessingML that the reader knows, in lxml's `{namespace}name` spelling."""

from __future__ import annotations

from typing import Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
"""Namespaces of Strict Open XML with the transitional ones that they stand for; the elements are the same."""

VAL: Final = W + "val"
BODY: Final = W + "body"
P: Final = W + "p"
P_PR: Final = W + "pPr"
R_PR: Final = W + "rPr"
RUN: Final = W + "r"
T: Final = W + "t"
TAB: Final = W + "tab"
BR: Final = W + "br"
STYLE: Final = W + "pStyle"
NUM_PR: Final = W + "numPr"
OUTLINE: Final = W + "outlineLvl"
DEL: Final = W + "del"
MOVE_FROM: Final = W + "moveFrom"
INS: Final = W + "ins"
VANISH: Final = W + "vanish"
FIELD: Final = W + "fldChar"
SYMBOL: Final = W + "sym"
FOOTNOTE: Final = W + "footnoteReference"
ENDNOTE: Final = W + "endnoteReference"
BOX: Final = W + "txbxContent"
SDT: Final = W + "sdt"
SDT_CONTENT: Final = W + "sdtContent"
ALTERNATE: Final = MC + "AlternateContent"
CHOICE: Final = MC + "Choice"
FALLBACK: Final = MC + "Fallback"
TBL: Final = W + "tbl"
TR: Final = W + "tr"
TR_PR: Final = W + "trPr"
TC: Final = W + "tc"
TC_PR: Final = W + "tcPr"
GRID_SPAN: Final = W + "gridSpan"
V_MERGE: Final = W + "vMerge"
H_MERGE: Final = W + "hMerge"
TBL_GRID: Final = W + "tblGrid"
GRID_COL: Final = W + "gridCol"
GRID_BEFORE: Final = W + "gridBefore"
CELL_DEL: Final = W + "cellDel"
SECTION: Final = W + "sectPr"
ALT_CHUNK: Final = W + "altChunk"

OFF: Final = frozenset({"0", "false", "off", "none"})
"""Values of an on/off property that turn it off; the property without a value is on."""

WRAPPERS: Final = frozenset(
    W + name
    for name in ("sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "ins", "moveTo", "dir", "bdo")
) | {CHOICE, M + "oMath", M + "oMathPara"}
"""Elements that are read through as if they were not there."""
