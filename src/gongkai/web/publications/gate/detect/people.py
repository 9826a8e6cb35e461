"""Names of persons: lists of them, and minors among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.detect.labels import LONGEST_ROW
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.piece import Piece

SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟"
    "秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温季俞章鲁葛伍申尤毕聂焦左岳齐梅柳甘庄辛管祝"
    "涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫"
    "来嵺苟佟阿才扎次多尼木买阎傅蓝鄢敖银"
)
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "宇文",
    "司徒",
    "夏侯",
    "端木",
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}){1,3}")
_NOT_NAMES = re.compile(
    r"^(?:合计|小计|总计|备注|无|空|单位|公司|负责人|高级|中级|金额|方式|常务|成员|任务|安全|文件|项目|高中|向上|管理|项下|万元|石油|白天|方案|江苏|安徽|云南|河南|海南|湖南|广东)"
)
_HEAD = re.compile(r"姓\s*名|户\s*主|申请人|当事人|受益人|领取人|监护人|补贴对象|救助对象|低保对象|幼儿|学生")
_CHILD = re.compile(r"学生|幼儿|儿童|未成年|少年|孤儿|留守|困境|新生|入学|学童|小学生|中学生|婴儿|婴幼儿|班级|年级")
_CHILD_HEAD = re.compile(r"学生|幼儿|儿童|未成年|孤儿|新生儿|婴儿")
_NAMED_CHILD = re.compile(
    r"(?:学生|幼儿|儿童|孤儿|未成年人|未成年|小学生|中学生|新生|学员)(?P<by>(?:的?姓名)?[ :：,，(]*)(?P<name>[\u4e00-\u9fff]{2,4}?)"
    r"(?=[ ._,，。;；、:：()（）\n\t*]|系|是|为|就读|现|男|女|同学|出生|于|的|在|因|$)"
)
_SURE_AFTER = re.compile(
    r"^[^。；\n]{0,14}?(?:年级|\d班|小学|中学|幼儿园|周?岁|[,，(（ ][男女]|出生|就读|同学|身份证|监护人)"
)
_PUPIL = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,3})(?:[ ,，:：(（]+|就读于|系|现读|为|是|在)[^。；\n\t]{0,16}?(?:小学|幼儿园|初中|中学|学校)[^。；\n\t]{0,8}?"
    r"(?:[一二三四五六七八九十1-9大中小]{1,2}(?:年级|班)|[(（]?\d{1,2}[)）]?班)"
)
_THINGS = frozenset("场室单营屋馆园区所组费金类员站点节书家院校局部会队线卡课业报表册服餐车房舍楼床椅")
_WORDS = re.compile(
    r"关爱|康复|成长|毕业|温暖|常规|游乐|安心|平安|方面|高考|全面|水平|周末|元旦|应当|管护|管教|包括|项目|时期|任何|万人|宣传|关心|关注|解决|安排|安置|和|于|向|都|常见|成绩|左右|段|易|莫|明显"
)
_BIRTH = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?(?:年|[-./])\s?(?P<month>1[0-2]|0?[1-9])\s?(?:月|[-./]|(?!\d))\s?(?:(?P<day>3[01]|[12]\d|0?[1-9])\s?日?)?\s?(?P<after>出生|生)?"
)
_BIRTH_LABEL = re.compile(r"出生(?:年月日?|日期|时间)?[ :：为于]*$|生于[ :：]*$|生日[ :：为]*$")
LEAST_NAMES = 2
MOST_COLUMNS = 8
MINOR_YEARS = 18


def is_name(text: str) -> bool:
    """Whether a text looks like a Chinese name, nothing starred."""
    text = re.sub(r"[ \u3000]", "", text)
    if not _HAN_NAME.fullmatch(text) or _NOT_NAMES.match(text):
        return False
    return (
        "·" in text
        or text.startswith(_COMPOUND)
        or (text[0] in SURNAMES and len(text) <= 3)
        or (text[0] in SURNAMES and len(text) == 4 and text[1] in SURNAMES)
    )


def find(piece: Piece, folded: str, masking: Masking, today: date) -> Iterator[Hit]:
    """Lists of names, a notice each; the names of minors, and days of birth that make somebody a minor."""
    named = list(_children(piece, folded, masking))
    yield from named
    yield from _births(piece, folded, masking, today)
    taken = {(hit.start, hit.end) for hit in named}
    for columns in _columns(piece):
        head, cells = columns
        child = _CHILD_HEAD.search(head)
        names = [(start, end) for start, end in cells if is_name(piece.text[start:end].strip())]
        if child and names:
            for start, end in names:
                if (start, end) not in taken:
                    yield Hit("person.minor", "error", start, end, masking.name(piece.text[start:end]))
        elif len(names) >= LEAST_NAMES:
            start, end = names[0]
            yield Hit(
                "person.names", "notice", start, end, masking.name(piece.text[start:end]), "none", number=len(names)
            )


def _children(piece: Piece, folded: str, masking: Masking) -> Iterator[Hit]:
    if not _CHILD.search(folded):
        return
    seen: set[int] = set()
    for rule in (_NAMED_CHILD, _PUPIL):
        for found in rule.finditer(folded):
            if rule is _NAMED_CHILD and not _is_sure(folded, found):
                continue
            for start, end in _name_in(piece.text, found.start("name"), found.end("name")):
                if start not in seen:
                    seen.add(start)
                    yield Hit("person.minor", "error", start, end, masking.name(piece.text[start:end]))


def _is_sure(folded: str, found: re.Match[str]) -> bool:
    """Whether what follows the word for a child is its name: said to be one, or followed by what is said of children."""
    name = found["name"]
    if (
        "姓名" in found["by"]
        or ":" in found["by"]
        or _SURE_AFTER.match(folded[found.end("name") : found.end("name") + 24])
    ):
        return not _WORDS.match(name)
    return len(name) == 3 and name[-1] not in _THINGS and not _WORDS.match(name)


def _name_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The name among the signs before the school: the last ones that look like one, beginning where words may begin."""
    for first in range(start, end - 1):
        free = (
            first == 0
            or not "\u4e00" <= text[first - 1] <= "\u9fff"
            or text[:first].endswith(("生", "童", "儿", "人", "名", "年"))
        )
        if free and is_name(text[first:end]):
            yield first, end
            return


def _births(piece: Piece, folded: str, masking: Masking, today: date) -> Iterator[Hit]:
    """Days of birth of under-18s beside a name."""
    for found in _BIRTH.finditer(folded):
        start = found.start()
        label = folded[max(0, start - 12) : start]
        column = ""
        number = piece.row(start)
        head = piece.header(number)
        if head is not None and head != number and start - piece.starts[number] < LONGEST_ROW:
            cells = piece.around(piece.starts[head], LONGEST_ROW).split("\t")
            place = folded[piece.starts[number] : start].count("\t")
            column = cells[place].strip() if place < len(cells) else ""
        if not (found["after"] == "出生" or _BIRTH_LABEL.search(label) or "出生" in column):
            continue
        try:
            birth = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        except ValueError:
            continue
        if not (birth <= today and _years(birth, today) < MINOR_YEARS) or not _beside_a_name(piece, start):
            continue
        end = found.end("day") if found["day"] else found.end("month")
        yield Hit("person.minor", "error", start, end, masking.figures(piece.text[start:end]))


def _beside_a_name(piece: Piece, start: int) -> bool:
    line = piece.around(start)
    if "\t" in line:
        return any(is_name(cell) for cell in line.split("\t"))
    near = piece.text[max(0, start - 40) : start]
    return any(is_name(word) for word in re.split(r"[^\u4e00-\u9fff·]+|男|女|汉族|出生|姓名", near) if word)


def _years(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _columns(piece: Piece) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The columns under a head that names persons: the head, and where each cell below stands."""
    if not _HEAD.search(piece.text):
        return
    number = 0
    while number < len(piece.starts):
        head = piece.header(number)
        if head is None:
            number += 1
            continue
        last = number
        while last + 1 < len(piece.starts) and piece.header(last + 1) == head:
            last += 1
        for row in range(number, min(number + 4, last)):
            cells = piece.around(piece.starts[row], LONGEST_ROW).split("\t")
            wanted = [n for n, cell in enumerate(cells) if len(cell) <= 14 and _HEAD.search(cell)][:MOST_COLUMNS]
            if wanted:
                for column in wanted:
                    yield (
                        cells[column],
                        [place for below in range(row + 1, last + 1) for place in _cell(piece, below, column)],
                    )
                break
        number = last + 1


def _cell(piece: Piece, row: int, column: int) -> list[tuple[int, int]]:
    cells = piece.around(piece.starts[row], LONGEST_ROW).split("\t")
    if column >= len(cells):
        return []
    start = piece.starts[row] + sum(len(cell) + 1 for cell in cells[:column])
    return [(start, start + len(cells[column]))]
