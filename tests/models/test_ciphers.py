"""Ciphers: a stolen table tells no phone number, and a public page tells no door."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import ciphers
from models.base import Refused
from models.ciphers import PhoneBook, Sealer, SealError, data_key, mask_address, mask_name, mask_phone, phones, rotate

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.fixture
def phone_book() -> PhoneBook:
    return PhoneBook(KEY)


# The key


@pytest.mark.parametrize(
    "text",
    [
        KEY.hex(),
        KEY.hex().upper(),
        f"  {KEY.hex()}\n",
        base64.b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode(),
        base64.b64encode(KEY).decode().rstrip("="),
    ],
)
def test_a_data_key_is_read_from_hex_and_base64(text: str) -> None:
    assert data_key(text) == KEY


def test_base64_of_both_alphabets_gives_the_same_key() -> None:
    key = bytes([251, 255, 190]) * 10 + b"ab"
    assert data_key(base64.b64encode(key).decode()) == data_key(base64.urlsafe_b64encode(key).decode()) == key


def test_a_passphrase_gives_the_same_key_on_every_machine() -> None:
    key = data_key("翠苑社区 keeps its lanterns lit at night")
    assert key == data_key("翠苑社区 keeps its lanterns lit at night ")
    assert len(key) == 32
    assert key != data_key("翠苑社区 keeps its lanterns lit at nighT")


@pytest.mark.parametrize("text", ["", "short", "a" * 40, "1234567" * 5, "x" * 19])
def test_a_weak_data_key_is_refused_outside_demo_mode(text: str) -> None:
    with pytest.raises(ValueError, match="too weak"):
        data_key(text)
    assert len(data_key(text, demo=True)) == 32


def test_a_short_key_makes_no_phone_book() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PhoneBook(b"short")


# Sealing


@given(PHONES)
def test_a_sealed_number_opens_again_and_is_never_sealed_alike(phone: str) -> None:
    book = PhoneBook(KEY)
    first, second = book.seal(phone), book.seal(phone)
    assert book.open(first) == book.open(second) == phone
    assert first != second
    assert phone.encode() not in first


@given(PHONES, st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_bit_anywhere_is_noticed(phone: str, at: int, change: int) -> None:
    book = PhoneBook(KEY)
    blob = bytearray(book.seal(phone))
    blob[at % len(blob)] ^= change
    with pytest.raises(SealError):
        book.open(bytes(blob))


@given(st.binary(max_size=60))
def test_bytes_that_were_never_sealed_do_not_open(blob: bytes) -> None:
    with pytest.raises(SealError):
        PhoneBook(KEY).open(blob)


def test_the_key_of_another_house_opens_nothing(phone_book: PhoneBook) -> None:
    with pytest.raises(SealError):
        PhoneBook(OTHER).open(phone_book.seal("13800138000"))


def test_one_purpose_does_not_open_what_another_sealed() -> None:
    sealed = Sealer(b"photos", KEY).seal(b"x", about=b"ab/cd")
    assert Sealer(b"photos", KEY).open(sealed, about=b"ab/cd") == b"x"
    for purpose, about in ((b"photos", b"ab/ce"), (b"phones", b"ab/cd")):
        with pytest.raises(SealError):
            Sealer(purpose, KEY).open(sealed, about=about)


# Finding


def test_every_spelling_of_a_number_is_found_by_the_same_digest(phone_book: PhoneBook) -> None:
    spellings = ["13800138000", "+86 138-0013-8000", "１３８００１３８０００", " 138 0013 8000 "]
    digests = {phone_book.lookup(one) for one in spellings} | {phone_book.lookup_of_typed(one) for one in spellings}
    assert len(digests) == 1
    assert phone_book.lookup("13800138001") != phone_book.lookup("13800138000")
    assert PhoneBook(OTHER).lookup("13800138000") != phone_book.lookup("13800138000")
    assert len(phone_book.lookup("13800138000")) == 64


def test_what_is_no_number_is_neither_sealed_nor_looked_up(phone_book: PhoneBook) -> None:
    for verb in (phone_book.seal, phone_book.lookup):
        with pytest.raises(Refused) as refused:
            verb("12345")
        assert refused.value.key == "phone_invalid"


@given(st.text())
def test_anything_may_be_typed_at_sign_in(text: str) -> None:
    assert len(PhoneBook(KEY).lookup_of_typed(text)) == 64


# Rotation


def test_a_number_moves_to_the_new_key_with_its_digest(phone_book: PhoneBook) -> None:
    new = PhoneBook(OTHER)
    blob, lookup = rotate(phone_book.seal("13800138000"), phone_book, new)
    assert new.open(blob) == "13800138000"
    assert lookup == new.lookup("13800138000")


def test_a_book_with_its_former_key_opens_what_both_sealed(phone_book: PhoneBook) -> None:
    both = PhoneBook(OTHER, former=[KEY])
    assert both.open(phone_book.seal("13800138000")) == "13800138000"
    assert PhoneBook(OTHER).open(both.seal("13800138000")) == "13800138000"


def test_keys_that_share_a_mark_are_all_tried() -> None:
    marks: dict[bytes, bytes] = {}
    for number in range(2_000):
        key = number.to_bytes(32, "big")
        mark = Sealer(b"x", key).seal(b"")[:1]
        if mark in marks:
            break
        marks[mark] = key
    assert Sealer(b"x", marks[mark], former=[key]).open(Sealer(b"x", key).seal(b"here")) == b"here"


@pytest.fixture
def no_open_book() -> Iterator[None]:
    before = list(phones._book)
    phones._book.clear()
    yield
    phones._book[:] = before


@pytest.mark.usefixtures("no_open_book")
def test_the_house_has_one_open_book() -> None:
    with pytest.raises(RuntimeError):
        ciphers.book()
    ciphers.use("demo", demo=True)
    sealed = ciphers.book().seal("13800138000")
    ciphers.use(KEY.hex(), former=["demo"], demo=True)
    assert ciphers.book().open(sealed) == "13800138000"
    with pytest.raises(ValueError, match="too weak"):
        ciphers.use("demo")


# Masks


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张**"),
        ("张三丰", "张**"),
        ("张", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳修", "欧阳**"),
        ("欧阳", "欧**"),
        ("张王小明", "张**"),
        ("John Smith", "J**"),
        ("阿卜杜拉·买买提", "阿**"),
        (" 李四 ", "李**"),
        ("", ""),
        (None, ""),
        ("\x00", ""),
    ],
)
def test_a_name_shows_the_family_name_only(name: str | None, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0571-88886666", "0571****6666"),
        ("01088886666", "010****6666"),
        ("88886666", "****6666"),
        ("4001234567", "400****4567"),
        ("12345", "****"),
        ("not a number", "****"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_phone_number_shows_its_ends_only(phone: str | None, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("5栋2单元301", "5栋"),
        ("５栋２单元３０１", "5栋"),
        ("A座1203", "A座"),
        ("5栋", "5栋"),
        ("12#2-301", "12#"),
        ("幸福路12号院3号楼2单元501室", "幸福路12号院3号楼"),
        ("翠苑一区25幢3单元", "翠苑一区25幢"),
        ("翠苑小区三号楼", "翠苑小区三号楼"),
        ("5-2-301", "5"),
        ("A-1203", "A"),
        ("阳光花园5-2-301", "阳光花园5"),
        ("幸福路12号401室", "幸福路12号"),
        ("北京路100弄5号301室", "北京路100弄5号"),
        ("翠苑社区", "翠苑社区"),
        ("Building 5, Unit 2, Room 301", "Building 5"),
        # One family's house, a room, a floor and free words are no building.
        ("幸福村12号", "幸福村"),
        ("301室", ""),
        ("Room 301", ""),
        ("5楼301", ""),
        ("张三家", ""),
        ("桥头老王家旁边", ""),
        ("2单元301室 5栋", "5栋"),
        ("张三家住5栋301", "5栋"),
        ("13812345678", ""),
        ("2024-03-01", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_an_address_shows_the_building_without_the_door(address: str | None, masked: str) -> None:
    assert mask_address(address) == masked


@given(
    st.sampled_from(["", "翠苑小区", "幸福路12号院", "张三家", "阳光花园 "]),
    st.integers(1, 99),
    st.sampled_from(["栋", "幢", "号楼", "座", "-"]),
    st.integers(1, 9),
    st.sampled_from(["单元", "-"]),
    st.integers(101, 3405),
    st.sampled_from(["", "室", "号", "房"]),
)
def test_no_mask_ever_tells_the_room(
    estate: str,
    building: int,
    kind: str,
    unit: int,
    separator: str,
    room: int,
    ending: str,
) -> None:
    masked = mask_address(f"{estate}{building}{kind}{unit}{separator}{room}{ending}")
    assert str(room) not in masked
    assert "单元" not in masked
    assert "张三" not in masked


@given(st.text())
def test_no_text_makes_a_mask_fail(text: str) -> None:
    assert mask_name(text) == "" or (mask_name(text).endswith("**") and len(mask_name(text)) <= 4)
    assert mask_phone(text) == "" or "****" in mask_phone(text)
    assert len(mask_address(text)) <= len(text)
