"""Sheets: what an office exports is read line by line, and what leaves the house runs nowhere."""

from __future__ import annotations

import csv
import io
import json
import os
import time
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.base import SHANGHAI, Refused
from models.sheets import (
    Cell,
    Header,
    Line,
    RowError,
    Sheet,
    clean,
    find_header,
    harmless,
    parse_day,
    parse_fen,
    parse_int,
    parse_phone,
    parse_sum,
    parse_when,
    read,
    write_csv,
    write_xlsx,
)

DATA = Path(os.environ.get("LINLI_DATA", "../shared/data"))
WANTED = {"name": ("姓名", "name"), "phone": ("联系电话", "手机号", "phone"), "text": ("诉求内容", "内容", "text")}
TYPED = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp", "Zs"]), min_size=1, max_size=30
).filter(lambda text: not text.startswith("#"))  # A cell that looks like a failed formula is emptied on purpose.


def wall(*parts: int) -> datetime:
    """Return what a clock on the wall shows, which is all that a spreadsheet's cell can hold."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """Return the workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return out.getvalue()


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(name, data)
    return refused.value.key


def read_or_refused(name: str, data: bytes) -> Sheet | str:
    try:
        return read(name, data)
    except Refused as refused:
        return refused.key


def real(name: str) -> bytes:
    if not (DATA / name).exists():
        pytest.skip(f"the real data file {name} is not at hand (set LINLI_DATA to its folder)")
    return (DATA / name).read_bytes()


# Reading


def test_a_workbook_with_merged_title_rows_is_read_below_its_header() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["翠苑社区2024年居民诉求台账"])
    sheet.append(["填报单位：翠苑居委会", None, None, "2024年3月"])
    sheet.append(["序号", "姓名", "联系电话（手机）", "诉求内容*"])
    sheet.append([1, "张三", 13800138000, "三楼漏水\n夜里更响"])
    sheet.append([])
    sheet.append([2, "李四", "0571-88886666", "路灯不亮"])
    sheet.merge_cells("A1:D1")
    read_sheet = read("台账.xlsx", saved(book))
    header = find_header(read_sheet.lines, WANTED)
    assert header == Header(2, {"name": 1, "phone": 2, "text": 3}, {"序号": 0}, ())
    rows = read_sheet.under(header)
    assert [(row.line, row.cells["name"], row.cells["phone"]) for row in rows] == [
        (4, "张三", "13800138000"),
        (6, "李四", "0571-88886666"),
    ]
    assert rows[0].cells["text"] == "三楼漏水\n夜里更响"
    assert rows[0].cells["序号"] == "1"


def test_cells_become_the_texts_that_the_program_shows() -> None:
    sheet = read(
        "a.xlsx",
        workbook(
            ("日期", "时刻", "数", "金额", "是否"),
            (wall(2024, 3, 1), wall(2024, 3, 1, 20, 5), 13800138000.0, 0.1 + 0.2, True),
        ),
    )
    assert list(sheet.rows[0].cells.values()) == ["2024-03-01", "2024-03-01 20:05:00", "13800138000", "0.3", "TRUE"]


def test_a_failed_formula_is_an_error_of_its_line_and_leaves_the_cell_empty() -> None:
    sheet = read("a.csv", "姓名,合计\n张三,#REF!\n李四,3\n".encode())
    assert sheet.errors == (RowError(2, "B", "cell_is_error", "#REF!"),)
    assert [row.cells["合计"] for row in sheet.rows] == ["", "3"]


def test_other_worksheets_that_hold_something_are_named_and_empty_ones_are_not() -> None:
    book = openpyxl.Workbook()
    book.active.title = "空表"
    for name, value in (("三月", "姓名"), ("四月", "姓名"), ("Sheet3", None)):
        book.create_sheet(name)["A1"] = value
    hidden = book.create_sheet("隐藏")
    hidden["A1"], hidden.sheet_state = "内部", "hidden"
    sheet = read("a.xlsx", saved(book))
    assert (sheet.title, sheet.unread) == ("三月", ("四月",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separated_values_are_read_in_every_encoding_and_with_every_separator(encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["姓名", "内容", "电话"])
    writer.writerow(["张三", "漏水，很久了\n请来看看", "13800138000"])
    writer.writerow(["李四", '他说"好"; 谢谢, 再见', ""])
    sheet = read("导出.csv", out.getvalue().encode(encoding))
    assert sheet.header == ("姓名", "内容", "电话")
    assert [row.cells["内容"] for row in sheet.rows] == ["漏水，很久了\n请来看看", '他说"好"; 谢谢, 再见']
    assert [row.line for row in sheet.rows] == [2, 3]


def test_a_few_broken_bytes_do_not_turn_chinese_into_nonsense() -> None:
    data = ("姓名,内容\n张三," + "楼道的灯坏了很久" * 20 + "\n李四,路灯").encode()
    sheet = read("a.csv", data[:40] + b"\xff" + data[40:])
    assert [error.key for error in sheet.errors] == ["text_damaged"]
    assert sheet.rows[1].cells == {"姓名": "李四", "内容": "路灯"}


def test_an_unquoted_comma_is_reported_and_an_open_quotation_mark_refuses_the_file() -> None:
    sheet = read("a.csv", "姓名,内容\n张三,漏水,很久了\n李四,路灯\n".encode())
    assert sheet.errors == (RowError(2, "C", "more_cells_than_columns", "很久了"),)
    assert refusal("a.csv", '姓名,内容\n张三,"漏水\n李四,路灯\n'.encode()) == "file_unreadable"


def test_a_broken_line_is_an_error_on_that_line_and_the_others_go_on() -> None:
    lines = [
        '{"id": "1", "title": "路灯"}',
        '{"id": "2", "title": ',
        "",
        "[1]",
        '{"id": 3, "title": null, "likes": 12.50}',
        "{}",
        '{"id": [7], "title": {"a": 1}, "likes": true}',
    ]
    sheet = read("messages.jsonl", "\n".join(lines).encode())
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (1, {"id": "1", "title": "路灯", "likes": ""}),
        (5, {"id": "3", "title": "", "likes": "12.50"}),
        (7, {"id": "", "title": "", "likes": ""}),
    ]
    assert [(error.line, error.key) for error in sheet.errors] == [(at, "line_broken") for at in (2, 4, 6)]


def test_characters_that_nobody_can_type_are_dropped_and_widths_stay_as_written() -> None:
    line = json.dumps({"title": "\ud800路\x00灯\u202e\x07", "text": "３楼 ＡＢＣ\ttab\r\n下一行"})
    assert read("a.jsonl", line.encode()).rows[0].cells == {"title": "路灯", "text": "３楼 ＡＢＣ\ttab\n下一行"}


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b" \r\n\r\n", "file_empty"),
        ("a.csv", b"\xef\xbb\xbf", "file_empty"),
        ("a.xlsx", workbook(), "file_empty"),
        ("a.jsonl", b"{broken", "file_unreadable"),
        ("a.xlsx", b"PK\x03\x04 and nothing else", "file_unreadable"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 an old workbook", "file_unreadable"),
        ("a.xls", b"\xd0\xcf\x11\xe0 an old workbook", "file_kind_unknown"),
        ("a.pdf", b"%PDF-1.7", "file_kind_unknown"),
        ("name", b"a,b", "file_kind_unknown"),
        ("a.csv", bytes(range(256)) * 4, "file_unreadable"),
        ("a.csv", ",".join("abc" for _ in range(201)).encode(), "file_too_large"),
        ("a.csv", b"a\n" * 50_002, "file_too_large"),
        ("a.jsonl", b'{"a":1}\n' * 50_001, "file_too_large"),
        ("a.jsonl", json.dumps({str(key): 1 for key in range(201)}).encode(), "file_too_large"),
        ("a.jsonl", b"[" * 100_000, "file_unreadable"),
        ("a.csv", b"a" * (64 * 1024 * 1024 + 1), "file_too_large"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str, data: bytes, key: str) -> None:
    assert refusal(name, data) == key


def test_the_content_decides_before_the_name_does() -> None:
    assert read("rows.csv", workbook(("姓名",), ("张三",))).kind == "xlsx"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal("a.xlsx", out.getvalue()) == "file_kind_unknown"


SHEET_XML = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "%s<sheetData>%s</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("dimension", "rows", "key"),
    [
        ("", '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "file_too_large"),
        ("", "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 300)), "file_too_large"),
        ("", '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', "file_unreadable"),
        ("", '<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "file_unreadable"),
        ("", '<row r="1"><c r="A1">' + "<x>" * 50_000, "file_unreadable"),
        ("", " " * (65 * 1024 * 1024), "file_too_large"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused_quickly(dimension: str, rows: str, key: str) -> None:
    hostile = repacked(workbook(("a",)), "xl/worksheets/sheet1.xml", (SHEET_XML % (dimension, rows)).encode())
    began = time.process_time()
    assert refusal("a.xlsx", hostile) == key
    assert time.process_time() - began < 3


def test_a_size_written_wrongly_into_the_workbook_is_not_believed() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    for dimension in ('<dimension ref="A1:XFD1048576"/>', '<dimension ref="A1"/>'):
        xml = SHEET_XML % (dimension, rows + rows.replace("1", "2"))
        data = repacked(workbook(("a",)), "xl/worksheets/sheet1.xml", xml.encode())
        assert [line.cells for line in read("a.xlsx", data).lines] == [("姓名",), ("姓名",)]


def test_entities_that_multiply_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    xml = SHEET_XML % ("", '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>')
    xml = xml.replace("?>", "?>" + bomb, 1)
    assert refusal("a.xlsx", repacked(workbook(("a",)), "xl/worksheets/sheet1.xml", xml.encode())) == "file_unreadable"


@given(st.sampled_from(["a.csv", "a.jsonl", "a.xlsx", "a", "\ud800.csv"]), st.binary(max_size=400))
@example("a.csv", b'"')
@example("a.jsonl", b'{"a": NaN}')
@example("a.jsonl", b"1" * 5000)
def test_no_bytes_make_the_reader_fail_otherwise_than_by_refusing(name: str, data: bytes) -> None:
    sheet = read_or_refused(name, data)
    if isinstance(sheet, Sheet):
        every = "".join(cell for line in sheet.lines for cell in line.cells)
        assert every.encode().decode().replace("\x00", "") == every
    else:
        assert sheet in {"file_empty", "file_unreadable", "file_kind_unknown", "file_too_large"}


@given(st.data())
def test_no_damage_to_a_workbook_makes_the_reader_fail_otherwise_than_by_refusing(data: st.DataObject) -> None:
    whole = bytearray(GOOD_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for damaged in (bytes(whole), b"PK\x03\x04" + bytes(whole[4:cut])):
        outcome = read_or_refused("a.xlsx", damaged)
        assert isinstance(outcome, Sheet) or outcome.startswith("file_")


GOOD_WORKBOOK = workbook(("姓名", "日期"), ("张三", wall(2024, 3, 1)))


# Finding the header


def test_the_header_is_found_by_meaning_in_chinese_and_english() -> None:
    lines = [Line(1, ("Monthly list", "")), Line(3, ("Name ", "PHONE", "Remark")), Line(4, ("张三", "138", "x"))]
    assert find_header(lines, WANTED) == Header(1, {"name": 0, "phone": 1}, {"Remark": 2}, ("text",))


def test_the_likelier_name_wins_and_the_other_column_is_left_over() -> None:
    header = find_header(
        [Line(1, ("手机号", "姓名", "联系电话", "时间（开始）", "时间（结束）"))],
        {**WANTED, "starts": ("时间（开始）",), "ends": ("时间（结束）",)},
    )
    assert header.columns == {"name": 1, "phone": 2, "starts": 3, "ends": 4}


def test_nameless_and_doubled_columns_keep_their_cells_under_their_letter() -> None:
    sheet = read("a.csv", "姓名,备注,备注,,空\n张三,一,二,三,\n".encode())
    assert sheet.under(find_header(sheet.lines, WANTED))[0].cells == {
        "name": "张三",
        "备注": "一",
        "备注 (C)": "二",
        "D": "三",
        "空": "",
    }


def test_a_header_repeated_on_every_printed_page_is_no_entry() -> None:
    sheet = read("a.csv", "姓名,内容\n张三,漏水\n姓名,内容\n李四,路灯\n".encode())
    assert [row.cells["姓名"] for row in sheet.rows] == ["张三", "李四"]


# Single cells


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("2024/3/1", "2024-03-01 00:00"),
        ("2024年3月1日", "2024-03-01 00:00"),
        ("2024-03-01 20:00:00", "2024-03-01 20:00"),
        ("２０２４．３．１", "2024-03-01 00:00"),
        ("20240301", "2024-03-01 00:00"),
        ("45352.8333333", "2024-03-01 20:00"),
        ("2024年3月1日 星期五 下午3:20", "2024-03-01 15:20"),
        ("2024年3月1日（周五）20时30分", "2024-03-01 20:30"),
        ("2024/3/1 上午 12:05:00", "2024-03-01 00:05"),
        ("2024-03-01 3:20 PM", "2024-03-01 15:20"),
        ("2024-03-01 24:00", "2024-03-02 00:00"),
        ("2024-03-01T20:00:00.123Z", "2024-03-02 04:00"),
        ("2024-03-01T20:00:00-05:00", "2024-03-02 09:00"),
        ("2028-02-29", "2028-02-29 00:00"),
    ],
)
def test_a_time_is_read_as_shanghai_time_unless_it_names_its_zone(text: str, there: str) -> None:
    moment = parse_when(text)
    assert moment is not None
    assert moment.tzinfo is UTC
    assert f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == there
    assert parse_day(text) == date.fromisoformat(there[:10])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-02-30",
        "2027-02-29",
        "2026-W10-1",
        "2024-03",
        "03/01/2024",
        "2024-03-0120:00",
        "明天",
        "2024-03-01 25:00",
        "2024-03-01 20:61",
        "0000-00-00",
        "2024-03-01T20:00+99:99",
        "²0240301",
        "9" * 40,
    ],
)
def test_what_is_no_time_is_no_time(text: str) -> None:
    assert parse_when(text) is None


@given(st.datetimes(wall(1992, 1, 1), wall(2199, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))
def test_every_written_local_time_comes_back_as_the_same_instant(local: datetime) -> None:
    instant = local.replace(tzinfo=SHANGHAI).astimezone(UTC)
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y-%m-%dT%H:%M:%S+0800"):
        assert parse_when(local.strftime(shape)) == instant


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("１２３", 123),
        ("1,200", 1200),
        ("-3", -3),
        ("3.0", 3),
        (" 007 ", 7),
        ("1_000", None),
        ("²", None),
        ("10²", None),
        ("3.5", None),
        ("1234567890", None),
        ("١٢", None),
        ("", None),
        ("NaN", None),
        ("1e3", None),
        ("12,34", None),
        ("十二", None),
    ],
)
def test_a_whole_number_is_recognized_by_its_shape(text: str, number: int | None) -> None:
    assert parse_int(text) == number


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1", 100),
        ("1.5", 150),
        ("０．０５", 5),
        ("999999999.99", 99_999_999_999),
        ("2.675", None),
        ("-1", None),
        ("1e9", None),
        (".5", None),
        ("Infinity", None),
        ("1,000", None),
        ("1.", None),
        ("", None),
        ("1\n", 100),
    ],
)
def test_a_sum_is_integer_fen_or_nothing(text: str, fen: int | None) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("238,000.00元", 23_800_000), ("２３８，０００．００元", 23_800_000), ("￥96000", 9_600_000), ("¥1,234.5", 123_450),
        ("人民币 5000 元整", 500_000), ("1,23", None), ("1,2345", None), ("12,34,567", None), ("约5万", None), ("", None),
        ("元", None), ("-1,000", None),
    ],
)  # fmt: skip
def test_a_sum_in_a_sheet_may_be_grouped_and_name_its_money(text: str, fen: int | None) -> None:
    assert parse_sum(text) == fen


@given(st.integers(0, 99_999_999_999))
def test_every_sum_in_fen_survives_being_written_in_yuan(fen: int) -> None:
    assert parse_fen(f"{fen // 100}.{fen % 100:02}") == fen


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("８６１３８００１３８０００", "13800138000"),
        ("'+8613800138000", "13800138000"),
        ("13800138000.0", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("0571-8888 6666", "057188886666"),
        ("+86 571 88886666", "057188886666"),
        ("(010)88886666", "01088886666"),
        ("+86 10 8888 6666", "01088886666"),
        ("88886666", "88886666"),
        ("400-123-4567", "4001234567"),
        ("12345678901", None),
        ("1380013800", None),
        ("138001380001", None),
        ("²3800138000", None),
        ("", None),
        ("无", None),
        ("1.38E+10", None),
        ("13800138000 13900139000", None),
    ],
)
def test_a_phone_number_has_one_spelling(text: str, phone: str | None) -> None:
    assert parse_phone(text) == phone


@given(st.text())
def test_no_text_makes_a_parser_fail(text: str) -> None:
    for parse in (parse_int, parse_fen, parse_phone, parse_when, parse_day):
        parse(text)
    assert clean(clean(text)) == clean(text)


# Writing


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '"=1"',
        "a;=1+1",
        'a","=1',
        "a\n=1",
        "＝1+1",
        "  =1",
        "|@x",
    ],
)
def test_nothing_that_a_resident_typed_begins_a_formula(text: str) -> None:
    assert harmless(text) != text
    line = write_csv(["内容"], [[text]]).decode("utf-8-sig").splitlines()[1]
    assert line.startswith(("\"'", '"a', '"""', '"|'))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx("表", ["内容"], [[text]])))
    assert book.active["A2"].data_type == "s"
    assert book.active["A2"].value == clean(text)
    assert book.active["A2"].quotePrefix


def test_ordinary_texts_and_numbers_are_written_unchanged() -> None:
    rows: list[list[Cell]] = [["漏水 3-5 天, 请来; 谢谢", -5, Decimal("-12.50")], [None, 0, Decimal("0.10")]]
    data = write_csv(["内容", "数", "金额"], rows)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == '"内容","数","金额"\r\n"漏水 3-5 天, 请来; 谢谢",-5,-12.50\r\n"",0,0.10\r\n'


def test_numbers_are_numbers_and_times_are_shanghais_in_a_workbook() -> None:
    moment = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    row: list[Cell] = [-5, Decimal("12.50"), moment, date(2026, 4, 1), None]
    data = write_xlsx("三月", ["数", "金额", "时间", "日期", "空"], [row])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[2]][:4] == [-5, 12.5, wall(2026, 4, 1, 0, 30), wall(2026, 4, 1)]
    assert sheet.freeze_panes == "A2"
    with pytest.raises(ValueError, match="naive"):
        write_xlsx("三月", ["时间"], [[wall(2026, 4, 1)]])
    with pytest.raises(TypeError):
        write_csv(["分"], [[1.5]])  # type: ignore[list-item]


@pytest.mark.parametrize("title", ["", "'", "a/b:c[d]*?\\", "history", "很" * 40, "\x00\ud800", "'引号'"])
def test_any_title_names_the_worksheet(title: str) -> None:
    assert read("a.xlsx", write_xlsx(title, ["姓名"], [["张三"]])).rows[0].cells == {"姓名": "张三"}


@given(st.lists(st.lists(TYPED, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    columns = ["姓名", "电话", "内容"]
    lines = tuple(tuple(row) for row in rows)
    assert tuple(line.cells for line in read("a.xlsx", write_xlsx("表", columns, rows)).lines[1:]) == lines
    back = read("a.csv", write_csv(columns, rows)).lines[1:]
    assert tuple(line.cells for line in back) == tuple(tuple(harmless(cell) for cell in row) for row in lines)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_no_text_makes_a_writer_fail(cells: list[str]) -> None:
    assert write_xlsx(cells[0], cells, [cells]).startswith(b"PK")
    write_csv(cells, [cells]).decode("utf-8-sig")


# Real input, and much of it


def test_a_volunteer_services_monthly_sheet_is_read_whole() -> None:
    sheet = read("volunteer_activities.csv", real("volunteer_activities.csv"))
    wanted = {"day": ("活动日期", "activity_date"), "people": ("人数", "vol_n"), "hours": ("时长", "vol_hours")}
    header = find_header(sheet.lines, wanted)
    rows = sheet.under(header)
    assert (len(rows), header.missing, sheet.errors) == (24, (), ())
    undated = [row for row in rows if not row.cells["day"]]
    assert [row.line for row in undated] == [2, 3, 4, 5, 25]
    assert all(parse_when(row.cells["day"]) for row in rows if row not in undated)
    assert sum(parse_int(row.cells["people"]) or 0 for row in rows) == 74


def test_residents_messages_are_read_whole_with_their_times() -> None:
    sheet = read("messages.jsonl", real("messages.jsonl"))
    assert (len(sheet.rows), sheet.errors) == (2120, ())
    assert max(len(row.cells["text"]) for row in sheet.rows) > 4_500
    assert all(parse_when(row.cells["created_at"]) for row in sheet.rows)
    assert len({row.cells["id"] for row in sheet.rows}) == 2120


def test_ten_thousand_entries_are_read_within_seconds() -> None:
    text = "三单元楼道的灯坏了，请派人来看看" * 3
    rows: list[list[Cell]] = [[f"张{at}", "13800138000", text, "2024-03-01 20:00:00", at] for at in range(10_000)]
    columns = ["姓名", "电话", "内容", "时间", "序号"]
    jsonl = "\n".join(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows).encode()
    xlsx, separated = write_xlsx("表", columns, rows), write_csv(columns, rows)
    for name, data, seconds in (("a.xlsx", xlsx, 8), ("a.jsonl", jsonl, 3), ("a.csv", separated, 3)):
        # Of the processor: what else the machine does meanwhile says nothing of the reader.
        began = time.process_time()
        assert len(read(name, data).rows) == 10_000
        assert time.process_time() - began < seconds


@pytest.mark.parametrize("pump", ["'", '"', "' ", " ", ",'", "2026-1-1 ", "2026-1-1" + " " * 300])
def test_a_cell_made_to_be_walked_through_again_and_again_takes_no_longer_than_any(pump: str) -> None:
    text = (pump * 32_000)[:32_000] + "x"
    began = time.process_time()
    assert harmless(text).replace("'", "") == text.replace("'", "")
    assert parse_when(text) is None
    assert time.process_time() - began < 2


def test_a_quotation_mark_inside_a_row_of_blanks_still_begins_a_formula() -> None:
    assert [harmless(text) for text in ("a ' =x", "a =x", ", \" =x", "\t=x", "==", "a\t=")] == [
        "a ' '=x", "a =x", ", \" '=x", "'\t'=x", "'==", "a\t'=",
    ]  # fmt: skip
