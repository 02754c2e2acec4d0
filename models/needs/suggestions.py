"""What a clerk is offered to confirm: urgency, kind, field and target group guessed from the resident's words."""

from __future__ import annotations

import functools
import re

from models.needs.kinds import FIELD_OF_TILE, Field, Kind, Tile, Urgency

# Words of danger to life or property; a guess only ever shortens the clock until a clerk looks.
EMERGENCY = re.compile(
    r"(?<!不)着火|起火|冒烟|[煤燃然]气[^，。]{0,3}[漏味]|漏气|触电|昏倒|晕倒|摔倒起不来|自杀|轻生|失踪|走失|坍塌|倒塌|困在电梯|打人"
)
BASIC_LIFE = re.compile(
    r"停水|没水|断水|停电|没电|断电|停气|没气|暖气|供暖|电梯.{0,6}(坏|停)|没处吃饭|没饭吃|断药|下水.{0,4}堵|倒灌|污水"
)
COMPLEX = re.compile(r"改造|加装电梯|业委会|产权|规划|拆迁|历史遗留|物业费|停车")
# Plain words: looking for each of them is quicker than one pattern of all.
KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.PETITION, ("信访", "上访")),
    (Kind.REPORT, ("举报", "检举", "违法", "违规")),
    (Kind.COMPLAINT, ("投诉", "太差", "没人管", "不作为", "态度", "扰民", "乱收费")),
    (Kind.SUGGESTION, ("建议", "希望能", "能不能增设", "提议")),
    (Kind.CONSULT, ("咨询", "请问", "怎么办理", "如何办", "想了解", "什么时候")),
)
FIELDS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.ELDERLY_DISABLED, ("老人", "老年", "残疾", "轮椅", "助餐", "独居", "养老")),
    (Field.HEALTH, ("看病", "血压", "医院", "体检", "吃药", "康复", "卫生站")),
    (Field.EDUCATION, ("上学", "作业", "托管", "课后", "学校", "辅导")),
    (Field.WOMEN_CHILDREN, ("孩子", "儿童", "妇女", "家暴", "带娃", "托育", "母婴")),
    (Field.POVERTY_RELIEF, ("低保", "困难", "救助", "没钱", "生活费")),
    (Field.EMPLOYMENT, ("工作", "失业", "招聘", "就业", "培训")),
    (Field.LEGAL_AID, ("律师", "法律", "官司", "合同纠纷", "遗嘱", "仲裁")),
    (Field.RURAL, ("农田", "灌溉", "田间", "果树", "庄稼", "农资")),
    (Field.CULTURE_SPORT_SCIENCE, ("活动室", "广场舞", "图书", "健身", "合唱", "棋牌", "书法")),
    (Field.ENVIRONMENT, ("垃圾", "油烟", "噪音", "异味", "绿化", "蚊", "卫生", "污水", "扬尘")),
)


FIRST_CLAUSE = re.compile(r"[。！？!?\n；;]")


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def urgency_of(text: str, tile: Tile | None = None) -> Urgency:
    """Guess the urgency from the words; a clerk confirms or changes it at acceptance."""
    if EMERGENCY.search(text):
        return Urgency.EMERGENCY
    if BASIC_LIFE.search(text):
        return Urgency.BASIC_LIFE
    if COMPLEX.search(text) or tile == Tile.PARKING:
        return Urgency.COMPLEX
    return Urgency.GENERAL


@functools.lru_cache(maxsize=2000)
def kind_of(text: str) -> Kind:
    """Guess the kind; HELP where nothing else is said."""
    return next((kind for kind, words in KINDS if _says(text, words)), Kind.HELP)


def field_of(text: str, tile: Tile | None = None) -> Field:
    """Guess the field: the resident's tile first, then the words; OTHER where neither tells."""
    if tile in FIELD_OF_TILE:
        return FIELD_OF_TILE[tile]
    return next((field for field, words in FIELDS if _says(text, words)), Field.OTHER)


def title_of(title: str | None, text: str, longest: int = 28) -> str:
    """Offer a short public title: the given title, or the first clause of the text; the clerk rewrites it."""
    first = FIRST_CLAUSE.split((title or text).strip(), maxsplit=1)[0].strip()
    return first if len(first) <= longest else first[: longest - 1] + "…"
