"""The running text of a made-up report, in the usual phrases, figures agreeing with the tables unless told otherwise.

What the text says is taken from `said`, a copy of the figures that a planted slip may have changed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gongkai.report.form import load
from tests.generator.agencies import Agency
from tests.generator.made import Value

SECTIONS = {
    1: ("总体情况", "总体情况", "总体情况", "概述", "总体工作情况", "工作概述", "基本情况"),
    2: ("主动公开政府信息情况", "主动公开政府信息情况", "主动公开政府信息的情况", "政府信息主动公开情况"),
    3: ("收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"),
    4: (
        "政府信息公开行政复议、行政诉讼情况",
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
    ),
    5: (
        "存在的主要问题及改进情况",
        "存在的主要问题及改进情况",
        "存在的主要问题和改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "当前存在的主要问题及下步改进措施",
        "存在的主要问题及改进措施",
    ),
    6: ("其他需要报告的事项", "其他需要报告的事项", "其他需要报告的事项", "其他需要报告的情况", "需要报告的其他事项"),
}
_NUMERALS = "一二三四五六"
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


class Teller:
    """Writes the text of one report. `spaced` puts spaces round figures, as copies from Word and PDF have them."""

    def __init__(
        self, rng: Random, agency: Agency, year: int, forms: tuple[str, str, str], said: dict[str, Value]
    ) -> None:
        self.rng = rng
        self.agency = agency
        self.year = year
        self.forms = forms
        self.said = said
        self.spaced = rng.random() < 0.15
        self.area = False
        self.must: set[str] = set()
        self.facts: dict[str, Value] = {}

    def of(self, cell: str) -> int:
        """A count as the text says it."""
        return int(self.said[cell])

    def years(self, year: int | None = None) -> str:
        """The year as written in the text."""
        year = self.year if year is None else year
        return f"{year} 年" if self.spaced else f"{year}年"

    def count(self, number: int, units: tuple[str, ...] = ("件",)) -> str:
        """A count with its unit."""
        unit = self.rng.choice(units)
        return f"{number} {unit}" if self.spaced else f"{number}{unit}"

    # the parts of the report -----------------------------------------------------------------------------------------

    def title(self, name: str, year: int | None = None) -> list[str]:
        """The title in one of its usual shapes, a line an entry."""
        year = self.year if year is None else year
        written = str(year).translate(_CHINESE_DIGITS) if self.rng.random() < 0.03 else str(year)
        words = self.rng.choices(
            (
                "政府信息公开工作年度报告",
                "政府信息公开年度报告",
                "政府信信息公开工作年度报告",
                "政府信公开工作年度报告",
                "政府信息公开工作报告",
                "政府信息公开工作年报",
            ),
            (80, 8, 2, 3, 4, 3),
        )[0]
        full = "年度" if self.rng.random() < 0.15 else "年"
        gap = " " if self.rng.random() < 0.12 else ""
        shape = self.rng.choices(("name", "year", "split", "three", "wrapped"), (52, 16, 18, 6, 8))[0]
        if shape == "year":
            return [f"{written}{gap}{full}{gap}{name}{words}"]
        if shape == "split":
            return [name, f"{written}{gap}{full}{words}"]
        if shape == "three":
            return [name, f"{written}{gap}{full}", words]
        if shape == "wrapped":
            return [f"关于公布《{name}{written}{gap}{full}{words}》的通知"]
        return [f"{name}{gap}{written}{gap}{full}{words}"]

    def preamble(self, *, name: str | None = None, period: int | None = None, notice: str | None = None) -> list[str]:
        """What stands before section one: the basis, the six sections by name, the period, the contact."""
        name = name or self.agency.full
        rng = self.rng
        notice = notice or load(self.forms[0]).instrument
        text = (
            f"根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）和国务院办公厅有关年度报告格式的通知（{notice}）要求，"
            f"现公布{name}{self.years()}政府信息公开工作年度报告。"
        )
        if rng.random() < 0.5:
            text += (
                "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
                "存在的主要问题及改进情况、其他需要报告的事项六部分组成。"
            )
        period = self.year if period is None else period
        text += f"本报告所列数据的统计期限自{self.years(period)}1月1日起至{self.years(period)}12月31日止。"
        if rng.random() < 0.6:
            text += (
                f"如对本报告有疑问，请与{rng.choice(('党政办公室', '综合办公室', '办公室'))}联系（地址：{self.agency.county or self.agency.short}样板路{rng.randint(1, 300)}号，"
                f"邮编：{rng.randint(100000, 860000)}，电话：0{rng.randint(310, 999)}-{rng.randint(2000000, 8999999)}，"
                f"电子邮箱：xxgk{rng.randint(1, 99)}@example.cn）。"
            )
        return [text]

    def gathered(self) -> str:
        """The sentence that says that the figures are those of the whole area."""
        place = self.agency.full.removesuffix("人民政府")
        return f"本报告由{place}人民政府办公室汇总全{place[-1]}各镇（街道）、各部门的年度报告编制而成，所列数据为全{place[-1]}汇总数据。"

    def heading(self, number: int) -> str:
        """The heading of a section in one of its wordings."""
        words = self.rng.choice(SECTIONS[number])
        mark = self.rng.choices(("、", "、 ", " 、", "．", "."), (84, 8, 2, 3, 3))[0]
        return f"{_NUMERALS[number - 1]}{mark}{words}"

    def section(self, number: int) -> list[str]:
        """The text of a section, its table apart."""
        return {
            1: self.overview,
            2: self.proactive,
            3: self.requests,
            4: self.remedies,
            5: self.problems,
            6: self.others,
        }[number]()

    def signature(self, name: str | None = None) -> list[str]:
        """The office and the date of signing, in the year after."""
        day = f"{self.years(self.year + 1)}{self.rng.randint(1, 3)}月{self.rng.randint(1, 28)}日"
        return [name or self.agency.full, day]

    # section one ------------------------------------------------------------------------------------------------------

    def overview(self) -> list[str]:
        """Section one: opening, then the five usual matters with their own numbering."""
        own, rng = f"全{self.agency.own[0]}" if self.area else self.agency.own, self.rng
        opening = rng.choice(
            (
                f"{self.years()}，{own}认真贯彻落实《中华人民共和国政府信息公开条例》和上级有关政务公开工作的部署，坚持以公开为常态、不公开为例外，各项工作平稳推进。",
                f"{self.years()}，在上级党委、政府的正确领导下，{own}围绕中心工作，把政府信息公开作为转变作风、服务群众的重要抓手，做到领导、机构、人员“三到位”。",
                f"{self.years()}，{own}政府信息公开工作由1位分管领导负责，2名工作人员具体承办，全年召开专题会议3次，按照〔{self.year}〕{rng.randint(1, 90)}号文件的要求推进。",
            )
        )
        matters = [
            ("主动公开", self._published()),
            ("依申请公开", self._received()),
            ("政府信息管理", rng.choice((
                "严格执行“三审三校”制度，坚持先审后发，一事一审，确保公开的信息不涉密。",
                "健全信息采集、审核、发布机制，落实保密审查责任，全年未发生失泄密事件。",
                "及时清理过期信息，更新机构职能、领导分工等栏目，对信息实行动态调整。",
            ))),
            ("平台建设", rng.choice((
                f"依托政府网站、微信公众号和公开栏发布信息，网站全年访问量{rng.randint(1, 90)}万次。",
                f"在便民服务大厅设立政务公开专区，配备自助查询机{rng.randint(1, 4)}台，接待群众{rng.randint(20, 900)}人次。",
                "加强政务新媒体管理，关停更新不及时的账号，方便群众查阅。",
            ))),
            ("监督保障", rng.choice((
                f"将政府信息公开纳入年度考核，占总分的{rng.randint(2, 8)}%，组织业务培训{rng.randint(1, 5)}次，参训{rng.randint(12, 160)}人次。",
                "明确专人负责，定期自查自纠，发现问题立即整改，未发生责任追究情形。",
                f"社会评议结果总体满意，办公室（电话：0{rng.randint(310, 999)}-{rng.randint(2000000, 8999999)}）随时受理群众意见。",
            ))),
        ]  # fmt: skip
        style = rng.choice(("（{}）", "({})", "{}是", "1."))
        lines = [opening]
        for n, (name, text) in enumerate(matters):
            numeral = _NUMERALS[n]
            if style == "1.":
                lines.append(f"{n + 1}.{name}。{text}")
            elif style == "{}是":
                lines.append(f"{numeral}是{name}方面。{text}")
            else:
                lines.append(f"{style.format(numeral)}{name}{rng.choice(('。', '情况。', '方面。'))}{text}")
        if rng.random() < 0.25:
            lines = [lines[0], "".join(lines[1:])]
        return lines

    def _published(self) -> str:
        """How much was disclosed, by channel, with parts that add up."""
        rng = self.rng
        if "parts" not in self.must and rng.random() < 0.3:
            return (
                "通过政府网站、公开栏等渠道及时公开机构职能、财政预决算、惠民补贴等信息，重点领域做到应公开尽公开。"
            )
        if "parts" not in self.must and rng.random() < 0.08:
            return f"全年主动公开政府信息{rng.randint(11, 99) / 10}万{rng.choice(('条', '余条'))}，网站访问量{rng.randint(2, 30)}万次。"
        parts = [rng.randint(1, rng.choice((9, 60, 400))) for _ in range(rng.randint(2, 4))]
        total = sum(parts)
        self.facts["published_items"] = total
        if "parts" in self.must:
            parts[0] += rng.randint(1, 9)
        unit = rng.choice(("条", "条", "件", "篇", "项"))
        channels = rng.sample(("政府门户网站发布", "微信公众号发布", "政务公开栏公开", "村村响广播播发"), len(parts))
        total_said = f"{total:,}" if rng.random() < 0.1 else str(total)
        listed = "，".join(
            f"{channel}{self.count(part, (unit,))}" for channel, part in zip(channels, parts, strict=True)
        )
        words = rng.choice(
            ("全年主动公开政府信息{}，其中{}。", "本年度共发布各类信息{}，其中通过{}。", "累计公开信息{}，其中：{}。")
        )
        extra = f"公布正式文件{rng.randint(1, 9)}条。" if rng.random() < 0.15 else ""
        total_text = f"{total_said} {unit}" if self.spaced else f"{total_said}{unit}"
        return words.format(total_text, listed) + extra

    def _received(self) -> str:
        """How many requests came in and what became of them."""
        new = self.of("requests.new.total")
        rng = self.rng
        if new == 0 and self.of("requests.brought_forward.total") == 0 and "received" not in self.must:
            return rng.choice(
                (
                    f"{self.years()}，未收到政府信息公开申请。",
                    "全年未收到依申请公开件，也没有上年结转的申请。",
                    f"本年度共收到政府信息公开申请{self.count(0, ('件', '件', '起', '份', '宗'))}。",
                    f"本年度受理政府信息公开申请{self.count(0)}。",
                    "本年度没有收到公民、法人和其他组织的政府信息公开申请。",
                )
            )
        brought, done, carried = (
            self.of(f"requests.{row}.total") for row in ("brought_forward", "total", "carried_forward")
        )
        units = ("件", "件", "件", "份", "宗", "起", "条", "件次")
        said = [
            f"全年共收到政府信息公开申请{self.count(new, units)}，上年结转{self.count(brought)}，办结{self.count(done)}，结转下年度继续办理{self.count(carried)}。",
            f"新收到政府信息公开申请{self.count(new, units)}，办理答复{self.count(done)}，转下一年度继续办理{self.count(carried)}。",
            f"本年度新收政府信息公开申请{self.count(new)}（其中自然人{self.count(self.of('requests.new.natural_person'))}，法人或其他组织{self.count(new - self.of('requests.new.natural_person'))}），均依法登记。",
        ]
        if brought:
            said.append(
                f"共办理政府信息公开申请{self.count(new + brought)}（含上年结转{self.count(brought)}），按时办结率100%。"
            )
        if carried == 0 and brought == 0:
            said.append(f"共收到政府信息公开申请{self.count(new, units)}，全部按期办结。")
        if self.agency.level == "county" and not self.area and "received" not in self.must:
            more = new + rng.randint(1, 900)
            said.append(
                f"全{self.agency.county or '县'}各级行政机关共收到政府信息公开申请{self.count(more)}，其中政府本级收到{self.count(new)}。".replace(
                    "全县县", "全县"
                )
            )
        text = said[0] if "received" in self.must else rng.choice(said)
        if "percent" in self.must or (rng.random() < 0.25 and done):
            text += self._percent(done)
        if rng.random() < 0.3 or "outcomes" in self.must:
            text += self._outcomes(done)
        return text + (self._aside() if rng.random() < 0.25 else "")

    def _aside(self) -> str:
        """Counts that are no figures of the tables: hotlines, proposals, last year, periods, other offices."""
        n = self.rng.randint(2, 60)
        return self.rng.choice(
            (
                f"收到群众来信来电{n}件，均已回复。",
                f"办理人大代表建议{n}件、政协委员提案{n + 3}件。",
                f"办理12345热线工单{n * 20}件，群众满意率98.{n % 10}%。",
                f"与上年收到的{n}件相比有所变化。",
                f"{self.years(self.year - 1)}收到政府信息公开申请{n}件。",
                "对政府信息公开申请均在20个工作日内答复。",
                "派员到邻近的白石乡、红岩镇学习交流，参加了县政府办公室组织的培训。",
                f"回应网民留言{n}条，召开新闻发布会{n % 5 + 1}场。",
                f"共受理信访事项{n}件。",
            )
        )

    def _percent(self, done: int) -> str:
        granted = self.of("requests.granted.total")
        share = percent(granted, done)
        if "percent" in self.must:
            share = percent(granted, done, wrong=self.rng.choice((-11, 7, 13)))
        return f"办结的{self.count(done)}申请中，予以公开{self.count(granted)}，占{share}%。"

    def _outcomes(self, done: int) -> str:
        rows = load(self.forms[1]).requests
        groups: dict[str, int] = {}
        for row in rows:
            if row.result:
                name = (row.group or row.label).split("）")[1].split("（")[0]
                groups[name] = groups.get(name, 0) + self.of(f"requests.{row.id}.total")
        listed = "，".join(
            f"{name}{self.count(number)}" for name, number in groups.items() if number or self.rng.random() < 0.2
        )
        return f"已办结{self.count(done)}，其中{listed}。" if listed else ""

    # the other sections ------------------------------------------------------------------------------------------------

    def proactive(self) -> list[str]:
        """Section two beside its table: usually nothing, sometimes the figures of the table in words."""
        if self.rng.random() < 0.7 and "documents" not in self.must:
            return []
        said = self.said
        if self.forms[0] == "2021":
            issued, repealed, in_force = (
                self.of(f"proactive.normative_documents.{column}") for column in ("issued", "repealed", "in_force")
            )
            text = f"本年制发行政规范性文件{self.count(issued)}，废止{self.count(repealed)}，现行有效{self.count(in_force)}。"
            if self.rng.random() < 0.5:
                text += f"作出行政许可决定{self.count(int(said['proactive.licences.decisions']))}，行政处罚决定{self.count(int(said['proactive.penalties.decisions']))}。"
            return [text]
        made, disclosed = (self.of(f"proactive.normative_documents.{column}") for column in ("made", "disclosed"))
        return [f"本年新制作规范性文件{self.count(made)}，新公开规范性文件{self.count(disclosed)}。"]

    def requests(self) -> list[str]:
        """Section three beside its table."""
        return [self._received()] if self.rng.random() < 0.15 else []

    def remedies(self) -> list[str]:
        """Section four beside its table."""
        rng = self.rng
        cases = self.of("remedies.reconsideration.total")
        suits = self.of("remedies.litigation_direct.total") + self.of(
            "remedies.litigation_after_reconsideration.total"
        )
        if "upheld" in self.must:
            return [f"本年度因政府信息公开被申请行政复议{self.count(cases)}，均获维持。"]
        if rng.random() < 0.6 and "cases" not in self.must:
            return []
        if cases == 0 and suits == 0 and "cases" not in self.must:
            return [
                rng.choice(
                    (
                        f"{self.years()}，未发生因政府信息公开引起的行政复议和行政诉讼。",
                        f"本年度行政复议{self.count(0)}，行政诉讼{self.count(0)}。",
                    )
                )
            ]
        parts = [self.of(f"remedies.reconsideration.{part}") for part in ("upheld", "overturned", "other", "pending")]
        names = ("结果维持", "结果纠正", "其他结果", "尚未审结")
        listed = "，".join(f"{name}{self.count(part)}" for name, part in zip(names, parts, strict=True))
        text = f"本年度因政府信息公开被申请行政复议{self.count(cases, ('件', '宗', '起'))}"
        if "cases" not in self.must and rng.random() < 0.6:
            text += f"，其中{listed}"
        if parts[0] == cases and cases and rng.random() < 0.5:
            text = f"本年度因政府信息公开被申请行政复议{self.count(cases)}，均获维持"
        return [f"{text}。提起行政诉讼{self.count(suits)}。"]

    def problems(self) -> list[str]:
        """Section five: problems and what will be done, numbering started anew."""
        rng, own = self.rng, self.agency.own
        problems = rng.sample(
            (
                "公开的及时性还不够强",
                "工作人员业务能力有待提高",
                "公开形式较为单一，群众知晓率不高",
                "部分栏目内容更新偏慢",
                "政策解读的深度不足",
                "业务股室主动公开意识不强",
            ),
            3,
        )
        plans = rng.sample(
            (
                "加强培训，每季度组织一次业务学习",
                "完善制度，压实各环节责任",
                "拓宽渠道，用好新媒体",
                "加大考核力度，定期通报",
                "优化栏目设置，方便群众查询",
            ),
            3,
        )
        shape = rng.choice(("run", "list", "split"))
        if shape == "run":
            return [
                f"{self.years()}，{own}政府信息公开工作取得一定成效，但也存在不足：一是{problems[0]}；二是{problems[1]}；三是{problems[2]}。",
                f"{self.years(self.year + 1)}，{own}将从以下方面改进：一是{plans[0]}；二是{plans[1]}；三是{plans[2]}。",
            ]
        if shape == "list":
            return [
                "（一）存在的主要问题",
                *(f"{n}.{text}。" for n, text in enumerate(problems, 1)),
                "（二）改进措施",
                *(f"{n}.{text}。" for n, text in enumerate(plans, 1)),
            ]
        return [
            f"（一）存在问题。一是{problems[0]}。二是{problems[1]}。",
            f"(二) 改进情况。针对上年度问题，{own}已{plans[0]}，并{plans[1]}。",
        ]

    def others(self) -> list[str]:
        """Section six: usually the processing fee."""
        rng = self.rng
        if self.forms[0] == "2019":
            return [rng.choice(("无其他需要报告的事项。", "本年度没有其他需要报告的事项。", "无。"))]
        if "fee" in self.must:
            return [
                f"本年度收取政府信息公开信息处理费{rng.randint(3, 90) * 1000 + int(Decimal(self.said['proactive.charges.amount']) * 10_000)}元。"
            ]
        charges = int(Decimal(self.said["proactive.charges.amount"]) * 10_000)
        if charges >= 500 and rng.random() < 0.15:
            return [f"本年度依申请公开信息处理费收取{rng.randint(1, charges // 100) * 100}元，均按规定上缴国库。"]
        return [
            rng.choice(
                (
                    f"{self.years()}，未收取政府信息公开信息处理费。",
                    "按照信息处理费管理办法（国办函〔2020〕109号）规定的按件、按量收费标准，本年度没有产生信息处理费。",
                    "本年度发出收费通知0件，总金额0元，实际收取总金额0元。",
                    "本年度收取信息处理费0元。无其他需要报告的事项。",
                    "本机关无其他需要报告的事项。",
                )
            )
        ]


def percent(part: int, whole: int, wrong: int = 0) -> str:
    """A share in per cent, to two decimals at most; `wrong` is added to it."""
    share = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else Decimal(0)
    share += wrong
    if share < 0:
        share += 3 * abs(wrong)
    text = f"{share:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
