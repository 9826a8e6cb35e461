"""Where somebody lives, down to the door: a road or village, and figures of houses and rooms after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.web.publications.gate.detect import labels
from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.finding import Severity
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.piece import Piece

_FIGURE = r"(?:[0-9]{1,5}|[一二三四五六七八九十百〇零]{1,5}|[甲乙丙丁东南西北A-Za-z])"
_UNIT = r"(?:号楼|号院|号房|号|栋|幢|座|单元|楼|层|室|房|户|弄|组|社|队)"
_TAIL = re.compile(
    rf"(?:附?{_FIGURE}(?:[-之附]{_FIGURE}){{0,3}}\s?{_UNIT}[ ,]?){{1,6}}(?:[0-9]{{1,2}}-[0-9]{{1,4}}(?![0-9])|[0-9]{{3,4}}(?![0-9年月日万元人件条项户亩]))?"
)
_STREET = re.compile(
    r"[\u4e00-\u9fff0-9]{1,24}(?:路|街|巷|道|胡同|里弄|里|村|庄|屯|寨|湾|坪|坝|社区|小区|花园|家园|公寓|苑|园|城|府|庭|居|坊|院|镇|乡|宿舍|小组|组)[东南西北中]?[一二三四五六七八九十0-9]{0,3}(?:段|期|区)?$"
)
_HOME = re.compile(
    r"家庭住址|家庭地址|住\s*址|现住|住所|户籍|居住|常住|家住|住在|住|通讯地址|通信地址|送达地址|家庭所在地|户口"
)
_AT_WORK = re.compile(
    r"公司|企业|办公|单位|注册|经营|营业|大厦|写字楼|商铺|门市|门面|市场|窗口|大厅|学校|医院|银行|工程|会议|报名|机关|政府|委员会|派出所|管理局|服务中心|工厂|酒店|宾馆|开标|投标|"
    r"合作社|经营部|商店|超市|餐馆|诊所|药店|加工厂|专卖店|有限|中心|法院|仲裁|复议|受理|咨询|邮寄|邮编|监督|征收|规划|用地|选址|建设|拆迁|安置房源|[局厅委部院]地址"
)
_ROOM = re.compile(r"室|单元|户|房|[0-9]-[0-9]{3,4}$|(?:栋|幢|座|号楼)\s?[0-9]{3,4}$")
_VILLAGE = re.compile(r"(?:村|社区|屯|庄|寨)")
BEFORE, AFTER = 40, 12


def find(piece: Piece, folded: str, masking: Masking, own: tuple[str, ...]) -> Iterator[Hit]:
    """Addresses of homes; `own` are the office's own, without spaces, which are nobody's home."""
    for tail in _TAIL.finditer(folded):
        before = folded[max(0, tail.start() - 30) : tail.start()]
        street = _STREET.search(before.rstrip(" "))
        if street is None:
            continue
        start = tail.start() - len(before) + street.start()
        end = tail.end() - (len(tail[0]) - len(tail[0].rstrip(" ,")))
        whole = re.sub(r"\s", "", folded[start:end])
        if any(_within(whole, address) for address in own):
            continue
        severity = _judge(piece, folded, start, whole, tail[0], street[0])
        if severity is None:
            continue
        masked = piece.text[start : tail.start()] + masking.figures(piece.text[tail.start() : end])
        yield Hit("person.home_address", severity, start, end, masked)


def _within(whole: str, address: str) -> bool:
    """Whether an address found is the office's own, or the end of it."""
    return address.endswith(whole) or whole.endswith(address) or address in whole[-len(address) - 4 :]


def _judge(piece: Piece, folded: str, start: int, whole: str, tail: str, street: str) -> Severity | None:
    lead = folded[max(0, start - BEFORE) : start]
    cut = max((lead.rfind(sign) for sign in "。；;\n\t"), default=-1) + 1
    near = lead[cut:] + street
    label = labels.before(piece, folded, start)
    after = folded[start + len(whole) : start + len(whole) + AFTER]
    at_home = max((found.end() for found in _HOME.finditer(f"{label} {near}")), default=-1)
    at_work = _AT_WORK.search(f"{label} {near}") or _AT_WORK.match(after.lstrip(" ,("))
    deep = _ROOM.search(tail) is not None
    village = (
        _VILLAGE.search(street) is not None
        and ("组" in tail or "社" in tail or "队" in tail or street[-1] not in "路街")
        and "号" in tail
    )
    if at_home >= 0 and not (at_work and "住所" in label + near):
        return "error" if not at_work or re.search(r"家庭|住址|户籍|现住|家住", label + near) else None
    if at_work:
        return None
    return "warning" if deep or village else None
