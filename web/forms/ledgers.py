"""The ledger that an office drops in, what its columns mean, and what is taken along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from models.ledgers import LedgerCard, LedgerKind
from models.places import PlaceLine
from web import sentences
from web.forms.base import OnceForm, options
from web.forms.projects import InCommunityForm


def _kinds(kinds: Sequence[LedgerKind]) -> list[tuple[Any, Any]]:
    return [(kind, sentences.label(kind)) for kind in kinds]


class OfOneCommunityForm(InCommunityForm):
    """Something of one of the communities in reach; where there is only one it need not be named."""

    def __init__(self, communities: Sequence[PlaceLine], **kwargs: Any) -> None:
        super().__init__(communities, **kwargs)
        if len(communities) == 1:
            self.community.data = communities[0].public_id


class LedgerForm(OfOneCommunityForm):
    """A file, and what it lists, where somebody wants to say so."""

    kind = RadioField(_l("What does it list?"), validators=[Optional()])
    file = FileField(_l("The ledger as it is (.xlsx or .csv)"), validators=[FileRequired(_l("Please choose a file."))])

    def __init__(self, communities: Sequence[PlaceLine], kinds: Sequence[LedgerKind], **kwargs: Any) -> None:
        super().__init__(communities, **kwargs)
        self.kind.choices = options([("", _l("Linli finds out")), *_kinds(kinds)])
        self.kind.data = self.kind.data or ""

    @property
    def chosen(self) -> LedgerKind | None:
        """Return the kind that was named."""
        return LedgerKind(self.kind.data) if self.kind.data else None


class CopyForm(OfOneCommunityForm):
    """Which kind is taken along as a sheet."""

    # Two forms of one page have fields of one name, so that their places on it differ.
    kind = SelectField(_l("What to take along"), id="copy-kind")

    def __init__(self, communities: Sequence[PlaceLine], kinds: Sequence[LedgerKind], **kwargs: Any) -> None:
        super().__init__(communities, **kwargs)
        self.community.id = "copy-community"
        self.kind.choices = options(_kinds(kinds))


class ColumnsForm(OnceForm):
    """What a file is and what each of its columns means."""

    kind = SelectField(_l("What does it list?"))
    line = SelectField(_l("Which line names the columns?"))

    @property
    def fields(self) -> dict[int, str]:
        """Return the field of each column by its place."""
        return {int(one.name.partition("-")[2]): one.data or "" for one in self if one.name.startswith("column-")}

    def pairs(self, columns: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Any]]:
        """Return each column of the file with the choice of its meaning."""
        return [(one, self[f"column-{one['at']}"]) for one in columns]


def columns_form(card: LedgerCard, **kwargs: Any) -> ColumnsForm:
    """Return the form for the columns of one file, as it is understood so far."""
    meanings = options([("", _l("pass over")), *((name, sentences.label(name, card.words)) for name in card.fields)])
    members: Mapping[str, Any] = {
        f"column-{one['at']}": SelectField(
            f"{one['letter']} {one['title']}", choices=meanings, default=one["field"], name=f"column-{one['at']}"
        )
        for one in card.columns
    }
    form: ColumnsForm = type("ColumnsForm", (ColumnsForm,), dict(members))(**kwargs)
    form.kind.choices = options(_kinds(card.kinds))
    form.line.choices = options((number, f"{number}: {text[:40]}") for number, text in card.first_lines)
    if not form.is_submitted():
        form.kind.data, form.line.data = card.line.kind, str(card.header_line or "")
    return form
