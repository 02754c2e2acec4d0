"""Which needs are laid together, which are kept apart, and what the clerk is told about a pile."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import _labels as real
from models.grouping import DEFAULT, Group, Saying, Settings, Usage, curve, group

LAMP = [
    (
        1,
        "wang",
        "桂花园小区3栋楼道灯不亮",
        "桂花园小区3栋二单元的楼道灯坏了半个月，老人晚上上下楼看不见，希望尽快修好。",
    ),
    (2, "li", "请修一修桂花园3栋的楼道灯", "我家住桂花园小区3栋，楼道灯一直不亮，晚上摸黑回家，请社区帮忙修理。"),
    (3, "zhao", "桂花园小区楼道灯坏了没人修", "桂花园小区3栋楼道灯坏了很久，找过物业，物业不管，晚上太黑了。"),
]
CARS = [
    (11, "sun", "银杏里小区门口乱停车", "银杏里小区东门口每天有很多车乱停，消防通道被堵，婴儿车过不去。"),
    (
        12,
        "zhou",
        "银杏里东门消防通道被车堵了",
        "银杏里小区东门的消防通道天天停满车，门口乱停车没人管，万一着火怎么办？",
    ),
]
OTHERS = [
    (21, "wu", "想请人教老人用手机", "家里老人想学用手机挂号，请问活动室有没有这样的课？"),
    (22, "zheng", "梧桐苑顶楼漏雨", "梧桐苑5栋顶楼一下雨就漏，墙皮都掉了。"),
    (23, "feng", "希望增加公交班次", "805路早上要等四十分钟，上班总是迟到，希望增加班次。"),
    (24, "chen", "楼下烧烤油烟太大", "听松路的烧烤店每天晚上油烟直排，窗户都不敢开。"),
]


def sayings(*rows: tuple[Any, ...]) -> list[Saying]:
    return [Saying(*row) for row in rows]


def piles(groups: Iterable[Group]) -> list[tuple[int, ...]]:
    return [one.ids for one in groups]


def test_the_same_trouble_in_other_words_is_one_group() -> None:
    assert piles(group(sayings(*LAMP, *CARS, *OTHERS))) == [(1, 2, 3), (11, 12)]


def test_a_group_says_who_speaks_and_why_it_was_made() -> None:
    lamp = group(sayings(*LAMP, *CARS, *OTHERS))[0]
    assert lamp.authors == 3
    assert lamp.label in {title for _, _, title, _ in LAMP}
    assert DEFAULT.threshold <= lamp.closeness <= 1
    assert any("楼道灯" in word for word in lamp.why)


def test_the_same_sentence_about_two_estates_is_two_matters() -> None:
    text = "临街的门面把油烟直接排到{}里，孩子咳嗽不止，希望有关部门尽快查处。"
    rows = [
        (number, author, f"{estate}临街门面油烟直排扰民", text.format(estate))
        for number, author, estate in [
            (1, "a", "桂花园小区"),
            (2, "b", "桂花园小区"),
            (3, "c", "银杏里"),
            (4, "d", "银杏里"),
        ]
    ]
    assert piles(group(sayings(*rows, *OTHERS))) == [(1, 2), (3, 4)]


ESTATES = ["海棠苑", "丁香园", "紫藤里", "白杨村", "玉兰坊", "石榴湾", "芙蓉轩", "翠竹居", "红枫庭", "金桂台"]
TROUBLES = [
    ("楼道灯坏了半个月没人修", "{}的楼道灯坏了半个月，晚上看不见，老人不敢下楼，请尽快修好。"),
    ("门口乱停车堵住消防通道", "{}门口天天有人乱停车，消防通道被堵，救护车进不来，没人管。"),
    ("楼板和墙面开裂要求鉴定", "{}好几户的楼板和墙面开裂，住着害怕，要求鉴定房屋质量。"),
    ("临街门面油烟直排扰民", "{}临街的门面油烟直排，孩子咳嗽，窗户不敢开，希望查处。"),
]
ELSEWHERE = [
    Saying(1000 + len(TROUBLES) * at + which, f"e{at}", estate + trouble, text.format(estate))
    for at, estate in enumerate(ESTATES)
    for which, (trouble, text) in enumerate(TROUBLES)
]


def test_two_troubles_of_one_estate_are_two_matters() -> None:
    cracks = (4, "qian", "桂花园小区楼板开裂要求鉴定", "桂花园小区5栋的楼板开裂，墙面也裂了，请鉴定房屋质量。")
    assert piles(group(sayings(*LAMP, cracks, *CARS, *OTHERS))) == [(1, 2, 3), (11, 12)]
    assert piles(group(ELSEWHERE)) == []


def test_what_other_communities_say_tells_topics_from_names() -> None:
    pair = sayings(
        (1, "a", "临街门面油烟扰民", "油烟直排，请查处。"), (2, "b", "门面油烟扰民严重", "夜宵摊太吵，请查处。")
    )
    alone, among = group(pair), group(pair, usual=Usage.of(ELSEWHERE))
    assert among[0].closeness < alone[0].closeness


def test_ten_estates_with_the_same_four_troubles_are_forty_matters() -> None:
    echo = [
        Saying(one.id + 1000, "neighbor" + str(one.author), one.title, "我也住这里，" + one.text) for one in ELSEWHERE
    ]
    assert piles(group([*ELSEWHERE, *echo])) == [(one.id, one.id + 1000) for one in ELSEWHERE]


def test_places_that_are_known_to_differ_keep_equal_words_apart() -> None:
    rows = [(number, f"p{number}", "路灯坏了", "门口的路灯坏了，请修一下。") for number in (1, 2)]
    assert piles(group(sayings(*rows))) == [(1, 2)]
    assert piles(group([Saying(*row, place=place) for row, place in zip(rows, ("东院", "西院"), strict=True)])) == []
    assert piles(group([Saying(*row, place=place) for row, place in zip(rows, ("东院", ""), strict=True)])) == [(1, 2)]


def test_one_person_who_repeats_is_one_voice() -> None:
    again = [(100 + number, "wang", LAMP[0][2], LAMP[0][3]) for number in range(30)]
    lamp = group(sayings(*LAMP, *again, *CARS, *OTHERS))[0]
    assert len(lamp.ids) == 33
    assert lamp.authors == 3
    assert lamp.label == group(sayings(*LAMP, *CARS, *OTHERS))[0].label


def test_the_repetitions_of_one_person_are_shown_as_one_authors_group() -> None:
    assert [
        (one.ids, one.authors) for one in group(sayings((5, "wang", "灯坏了", "修"), (9, "wang", "灯坏了！", "修")))
    ] == [((5, 9), 1)]


def test_people_without_a_name_count_once_for_each_wording() -> None:
    unnamed = [(number, None, title, text) for number, _, title, text in [*LAMP, (4, *LAMP[0][1:])]]
    assert [(one.ids, one.authors) for one in group(sayings(*unnamed, *OTHERS))] == [((1, 2, 3, 4), 3)]


def test_the_most_voiced_group_comes_first() -> None:
    moved = [(number - 10, *rest) for number, *rest in CARS]
    assert [one.authors for one in group(sayings(*[(90 + row[0], *row[1:]) for row in LAMP], *moved, *OTHERS))] == [
        3,
        2,
    ]


def test_full_width_digits_and_line_breaks_do_not_part_two_needs() -> None:
    wide = (
        2,
        "li",
        "桂花园小区３栋\r\n楼道灯\t不亮",
        "桂花园小区３栋二单元的楼道灯坏了半个月，\n老人晚上上下楼看不见。",
    )
    assert piles(group(sayings(LAMP[0], wide, *OTHERS))) == [(1, 2)]
    assert "\n" not in group(sayings(LAMP[0], wide, *OTHERS))[0].label


def test_a_number_is_a_name_of_its_own() -> None:
    text = "{}早上太挤，等了三趟都上不去车，上班天天迟到。"
    lines = [
        (number, f"p{number}", f"{line}早上太挤", text.format(line))
        for number, line in enumerate(["805路", "80路", "８０５路"])
    ]
    assert piles(group(sayings(*lines))) == [(0, 2)]


def test_nothing_and_one_need_make_no_group() -> None:
    assert group([]) == []
    assert group(sayings(LAMP[0])) == []
    assert curve([], [0.2, 0.5]) == [(0.2, []), (0.5, [])]


def test_needs_without_any_word_are_never_laid_together() -> None:
    assert group(sayings((1, "a", "", ""), (2, "a", "", ""), (3, "b", "！！", "……"), (4, None, " ", "\t"))) == []


def test_a_missing_title_is_taken_from_the_text() -> None:
    untitled = [(number, author, "", text) for number, author, _, text in CARS]
    found = group(sayings(*untitled, *LAMP, *OTHERS))
    assert (11, 12) in piles(found)
    assert all(one.label for one in found)


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE needs; --",
    "\x00\ud800\U0010ffff",
    "\u202e\u200b",
    "(" * 999,
    "ｌｏｌ" * 2000,
]


def test_hostile_text_is_only_text() -> None:
    rows = [(number, f"p{number}", text, text[::-1] * 3) for number, text in enumerate(HOSTILE, 50)]
    found = group(sayings(*rows, *LAMP, *OTHERS))
    assert piles(found) == [(1, 2, 3)]


def test_a_letter_of_4859_characters_swallows_nobody() -> None:
    parts = "".join(text for row in [*CARS, *OTHERS] for text in row[2:])
    letter = (50, "long", "给社区的一封长信", (parts * 40)[:4859])
    assert piles(group(sayings(*LAMP, *CARS, *OTHERS, letter))) == [(1, 2, 3), (11, 12)]


def test_an_id_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        group(sayings(LAMP[0], LAMP[0]))


def test_a_higher_threshold_never_gathers_more_needs() -> None:
    gathered = [
        sum(len(one.ids) for one in found) for _, found in curve(sayings(*LAMP, *CARS, *OTHERS), [0.1, 0.4, 0.7, 1.0])
    ]
    assert gathered == sorted(gathered, reverse=True)


PIECES = ["桂花园", "银杏里", "楼道灯", "油烟", "乱停车", "3栋", "不亮", "扰民", "请修", "，", " ", "<b>", "８０５路"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", 7, None]), TEXTS, TEXTS, st.sampled_from(["", "东院", "西院"])), max_size=12
)


@given(rows=ROWS, data=st.data(), threshold=st.sampled_from([0.2, 0.46, 0.8]))
@settings(max_examples=60)
def test_groups_are_disjoint_and_do_not_depend_on_the_order(
    rows: list[Any], data: st.DataObject, threshold: float
) -> None:
    needs = [Saying(number, *row) for number, row in enumerate(rows)]
    chosen = Settings(threshold=threshold, latecomers=2)
    found = group(needs, settings=chosen)
    ids = [number for one in found for number in one.ids]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(range(len(rows)))
    assert all(len(one.ids) >= 2 and 1 <= one.authors <= len(one.ids) and len(one.why) <= 4 for one in found)
    assert group(data.draw(st.permutations(needs)), settings=chosen) == found


def test_real_messages_are_grouped_as_a_reader_grouped_them() -> None:
    folder = real.folder()
    if not real.present(folder):
        pytest.skip(f"no groups.json and messages.jsonl in {folder} (LINLI_DATA says where they are)")
    labels, needs = real.read(folder)
    figures = real.score([one.ids for one in group(needs)], labels)
    assert figures.best_f1 >= 0.92
    assert figures.bcubed >= 0.90
    assert figures.trapped <= 4
