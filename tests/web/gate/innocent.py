"""Lines of official documents that hold nobody's data and look as if they did: numbers of every kind, law about secrets.

Shares nothing with the package.
"""

from __future__ import annotations

import random

from tests.web.gate import made_up


def lines_of_nothing(rng: random.Random, count: int) -> list[str]:
    """So many lines."""
    return [rng.choice(LINES)(rng) for _ in range(count)]


def _day(rng: random.Random) -> str:
    return f"{rng.randrange(2000, 2026)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"


LINES = (
    lambda rng: f"示政办发〔{rng.randrange(2000, 2026)}〕{rng.randrange(1, 300)}号",
    lambda rng: f"统一社会信用代码：{made_up.credit_code(rng)}",
    lambda rng: (
        f"中标单位：示范建设有限公司，统一社会信用代码{made_up.credit_code(rng)}，中标金额{rng.randrange(10**6, 10**9)}.{rng.randrange(100):02d}元。"
    ),
    lambda rng: f"索引号：{made_up.credit_code(rng)}/{rng.randrange(2010, 2026)}-{rng.randrange(1, 99999):05d}",
    lambda rng: f"办公电话：0871-{rng.randrange(60000000, 69999999)}，传真：010-{rng.randrange(60000000, 69999999)}",
    lambda rng: (
        f"咨询电话 0{rng.randrange(311, 999)}{rng.randrange(2000000, 8999999)}，监督电话12345，服务热线400-{rng.randrange(100, 999)}-{rng.randrange(1000, 9999)}。"
    ),
    lambda rng: f"书号：ISBN 978-7-{rng.randrange(100, 999)}-{rng.randrange(10000, 99999)}-{rng.randrange(10)}",
    lambda rng: (
        f"项目位置：东经{rng.randrange(98, 120)}.{made_up.number(rng, 10)}，北纬{rng.randrange(22, 40)}.{made_up.number(rng, 11)}"
    ),
    lambda rng: (
        f"合计{rng.randrange(10**10, 10**11)}元，其中中央资金1{rng.randrange(3, 10)}{made_up.number(rng, 9)}元。"
    ),
    lambda rng: f"资金总额：¥1{rng.randrange(3, 10)}{made_up.number(rng, 9)}.00",
    lambda rng: f"订单号：{made_up.number(rng, 18)}，下单时间{_day(rng)}123456。",
    lambda rng: f"合同编号：9901{rng.randrange(10, 99)}{_day(rng)}{rng.randrange(1000, 9999)}",
    lambda rng: (
        f"招标编号：SFX-ZB-{_day(rng)}-{rng.randrange(1, 99):03d}；采购计划编号 990121{_day(rng)}{rng.randrange(1000, 9999)}"
    ),
    lambda rng: (
        f"不动产权证书号：示（2023）示范县不动产权第{made_up.number(rng, 7)}号；宗地代码990121{made_up.number(rng, 6)}GB{made_up.number(rng, 5)}"
    ),
    lambda rng: f"流水号：1{rng.randrange(3, 10)}{made_up.number(rng, 9)}",
    lambda rng: f"设备编号：6222{made_up.number(rng, 15)}，数量{rng.randrange(1, 90)}台。",
    lambda rng: f"发票号码：{made_up.number(rng, 20)}，发票代码{made_up.number(rng, 12)}",
    lambda rng: (
        f"二〇二{rng.choice('一二三四五')}年{rng.choice('一二三四五六七八九')}月{rng.choice('一二三四五六七八九')}日印发"
    ),
    lambda rng: (
        f"公示时间：{rng.randrange(2015, 2026)}年1月{rng.randrange(1, 28)}日至{rng.randrange(2015, 2026)}年2月{rng.randrange(1, 28)}日，共7个工作日。"
    ),
    lambda _: "涉及国家秘密、商业秘密、个人隐私的政府信息，依照法律、行政法规的规定处理，不得公开。",
    lambda _: "机关、单位应当对所产生的国家秘密确定密级，分为绝密、机密、秘密三级，并作出国家秘密标志。",
    lambda _: "公开前应当进行保密审查，内部资料的管理按照有关规定执行，任何单位和个人不得擅自外传。",
    lambda rng: (
        f"办公地址：示范县样本镇人民路{rng.randrange(1, 200)}号政务服务中心{rng.randrange(1, 5)}楼{rng.randrange(101, 409)}室"
    ),
    lambda rng: (
        f"示范建筑材料有限公司（注册地址：示范县工业路{rng.randrange(1, 90)}号{rng.randrange(1, 9)}栋{rng.randrange(101, 909)}室）未依法公示年度报告。"
    ),
    lambda rng: (
        f"会议地点：县政府办公楼{rng.randrange(1, 9)}楼{rng.randrange(101, 909)}会议室，时间{rng.randrange(8, 18)}:30。"
    ),
    lambda rng: (
        f"全县完成造林{rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)}亩（按乡镇排列）。"
    ),
    lambda rng: (
        f"指标\t2021\t2022\t2023\t2024\n产值\t{rng.randrange(10**4)}\t{rng.randrange(10**4)}\t{rng.randrange(10**4)}\t{rng.randrange(10**4)}"
    ),
    lambda rng: (
        f"人口1{rng.randrange(3, 10)}{rng.randrange(10)} {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)} {rng.randrange(1000, 9999)}"
    ),
    lambda rng: f"图斑编号：990121{made_up.number(rng, 12)}，面积{rng.randrange(100)}.{made_up.number(rng, 6)}公顷",
    lambda rng: f"许可证编号：JY1{made_up.number(rng, 13)}，有效期至{rng.randrange(2026, 2031)}年12月31日。",
    lambda rng: (
        f"案号：（2024）示0121行初{rng.randrange(1, 999)}号；行政处罚决定书文号：示市监罚〔2024〕{rng.randrange(1, 999)}号"
    ),
    lambda rng: (
        f"学校共有学生{rng.randrange(100, 2000)}名，教师{rng.randrange(10, 200)}名，幼儿园{rng.randrange(1, 9)}所，为儿童开展健康体检。"
    ),
    lambda rng: (
        f"附件下载：http://www.example.gov.cn/art/{rng.randrange(2015, 2026)}/1/{rng.randrange(1, 28)}/art_{made_up.number(rng, 5)}_{made_up.number(rng, 7)}.html"
    ),
    lambda rng: f"图书条码 69{made_up.number(rng, 11)}，商品编码{made_up.number(rng, 13)}",
    lambda rng: (
        f"收款单位：示范县财政局国库集中支付中心，账号：{made_up.number(rng, 17)}，开户行：示例银行示范县支行。"
    ),
    lambda rng: (
        f"第{rng.randrange(1, 9)}组至第{rng.randrange(9, 20)}组村民小组道路硬化{rng.randrange(1, 99)}公里，涉及样例村、示意村等{rng.randrange(2, 9)}个村。"
    ),
)
