"""Sheets as offices keep them by hand: the five kinds of ledgers, none of them tidy."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from models.ledgers import LedgerKind


def workbook(rows: Sequence[Sequence[Any]], *merged: str, title: str = "Sheet1") -> bytes:
    """Return a workbook of these lines with some cells merged."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def residents(courtyard: str) -> bytes:
    """Return a list of residents: 4 people in 6 lines, of which one has no name and one is there twice."""
    heads = [
        "序号",
        "居民姓名（必填）",
        "性别",
        "出生日期",
        "本人手机号码",
        "所在小区",
        "楼栋",
        "单元",
        "房号",
        "人群类别",
        "依据",
        "依据日期",
        "备注",
    ]
    return workbook(
        [
            ["晋阳社区居民台账（2026年）"],
            ["填表单位：晋阳社区居委会", None, None, "更新日期：2026-11-01"],
            heads,
            [1, "张 三", "男", "1956年3月", "１３９００００１１１１", courtyard, "３栋", "2单元", 501, "独居老人", "法定名册", "2026/1/5", "耳背"],
            [2, "李　梅", "女", "1988.7", "139 0000 2222、028-85551234", courtyard, None, "1", "302", None, None, None, None],
            [3, "欧阳\n小宝", "男性", 2018, None, "没有这个院", None, None, None, "儿童", None, None, None],
            [4, None, None, None, "13900003333", courtyard, "4", "1", "101", None, None, None, "没写名字"],
            [5, "王五", "不详", "看身份证", "139000", None, "5栋", None, None, None, None, None, None],
            [6, "张三", "男", 1956, "13900001111", courtyard, "3", "2", "501", None, None, None, "重复的"],
            heads,
            ["合计", 6], ["填表人：李晓梅", None, None, "审核人："],
        ],
        "A1:M1", "G4:G5",
    )  # fmt: skip


def served(project: str) -> bytes:
    """Return a list of people served: 4 people in 6 lines, the project in a merged cell, days as text."""
    return workbook(
        [
            [None, "晋阳社区“夕阳守护”重点服务对象名单"], [None, None, "截至２０２６年１１月"], [],
            ["序\n号", "服务对象\n姓名", "年龄段", "联系方式", "家庭住址", "服务项目", "建档日期", "最近走访日期", "情况说明"],
            [1, " 孙　桂 芳 ", "80+", "１３８－００００－１１２２", "晋阳路３号５栋２单元６０１", project, "2026年3月5日", "2026.11.2", "独居，耳背"],
            [2, "周大爷", "70+", "没有", "7-1-302", None, "2026/3/5", "十一月初", None],
            [3, "孙桂芳", None, "13800001122", "5-2-601", None, None, None, "重复登记"],
            [4, None, None, "13800003344", "8-1-101", None, None, None, "只记了电话"],
            [5, "吴  阿姨", "60+", "028-8555 6677 / 13800005566", "８栋１单元１０２号", "没有的项目", "45991", None, None],
            [6, "郑奶奶", None, None, None, project, None, "2026-11-20", None],
            ["小计：6人"], [None, "制表：陈社工"],
        ],
        "B1:I1", "F5:F6",
    )  # fmt: skip


def volunteers() -> bytes:
    """Return a list of volunteers: 4 people in 6 lines, hours in three ways of writing."""
    return workbook(
        [
            ["志愿者花名册（晋阳社区志愿服务队）"], ["更新：2026年10月31日"],
            ["编号", "姓  名", "性 别", "手机号", "特长", "可服务时间", "注册日期", "累计时长", "楼号"],
            ["ZY-００１", "钱 多多", "女", "１３７００００１１１１", "理发、量血压", "周末", "2024年5月", "３６.５小时", "2"],
            ["ZY-002", "冯　强", "男", None, "水电维修", "随时", "2025-03-08", 12, None],
            ["ZY-003", "陈静", "F", "137 0000 3333", None, "周三下午", "2025.6.1", "约30", "４栋"],
            ["ZY-001", "钱多多", None, "13700001111", None, None, None, None, "2"],
            ["ZY-005", "  ", None, "13700005555", "书法", None, None, None, None],
            ["ZY-006", "褚卫", "保密", "1370000", "心理", None, "去年", "8h", None],
            ["合计", None, None, None, None, None, None, "86.5"],
        ],
        "A1:I1", "A2:I2",
    )  # fmt: skip


def projects(organization: str) -> bytes:
    """Return a list of running projects: 2 contracts in 4 lines, the organization in a merged cell, money as text."""
    return workbook(
        [
            ["2026年度在执行社会服务项目汇总"], ["单位：元", None, None, None, "填报：晋阳社区"],
            ["序号", "项 目 名 称", "合同编号", "承接机构（全称）", "服务领域", "起始日期", "终止日期", "合同金额", "项目简介"],
            [1, "独居老人\n陪伴", "清购〔2026〕０１１号", organization, "扶老助残", "2026年1月1日", "２０２６．１２．３１",
             "２３８，０００．００元", "电话与探访"],
            [2, "儿童 课后托管", "清购〔2026〕012号", None, "支教助学", "2026/3/1", 46446, 96000, None],
            [3, "独居老人陪伴", "清购〔2026〕011号", organization, "扶老助残", "2026-01-01", "2026-12-31", "238000", "重复的一行"],
            [4, "社区食堂", None, "没有这家机构", "餐饮", "年初", "年底", "待定", None],
            ["合 计", None, None, None, None, None, None, "334,000"],
        ],
        "A1:I1", "D4:D5",
    )  # fmt: skip


def work_orders() -> bytes:
    """Return a list of work orders of the hotline: 3 orders in 5 lines, one of them twice, one without words."""
    return workbook(
        [
            ["12345热线工单台账"], ["（ 11月 ）"],
            ["工单编号", "来电人", "来电号码", "诉求标题", "诉求内容描述", "受理时间", "办结时限", "事发地址"],
            ["２０２６１１０１", "刘 先生", "１３８ ００１３ ８０００", "路灯不亮", "三单元门口路灯坏了一周", "2026年11月1日 9时05分",
             "2026-11-08", "晋阳路3号"],
            ["20261102", "匿名", None, "噪声扰民", "楼下夜宵摊到凌晨两点还在放音响，老人睡不着。", "2026/11/2 23:10", "2026.11.9", None],
            ["20261103", None, None, None, None, "2026-11-02", None, None],
            ["20261102", "匿名", None, "噪声扰民", "楼下夜宵摊到凌晨两点还在放音响，老人睡不着。", "2026/11/2 23:10", "2026.11.9", None],
            ["20261104", "何女士", "028-8555 0000", "下水堵塞", "一楼下水堵了，污水漫到门口", 46329.5, None, "晋阳路３号５栋"],
            ["共4件"],
        ],
        "A1:H1", "A2:H2",
    )  # fmt: skip


def of(kind: LedgerKind, courtyard: str, project: str, organization: str) -> bytes:
    """Return the untidy sheet of a kind."""
    return {
        LedgerKind.RESIDENTS: lambda: residents(courtyard), LedgerKind.SERVED: lambda: served(project),
        LedgerKind.VOLUNTEERS: volunteers, LedgerKind.PROJECTS: lambda: projects(organization),
        LedgerKind.WORK_ORDERS: work_orders,
    }[kind]()  # fmt: skip
