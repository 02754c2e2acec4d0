"""The one page of hints: what many records tell together, looked at by people, decided by people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from models import hints
from models.hints import HintComment, HintDecision, HintVerdict
from models.permissions import Permission
from web import respond
from web.doors import open_to
from web.filters import month
from web.forms.base import new_key
from web.forms.hints import CommentForm, DecisionForm
from web.sentences.hints import told

blueprint = Blueprint("hints", __name__)


def _shown(**forms: Any) -> dict[str, Any]:
    shown = {"comment": CommentForm(formdata=None), "decision": DecisionForm(formdata=None), **forms}
    return {"lines": hints.lines(g.visitor.actor), "told": lambda line: told(line, month), "new_key": new_key, **shown}


@blueprint.get("/hints")
@open_to(Permission.READ_HINTS)
def index() -> Any:
    """Show every hint within reach, those that wait first."""
    return respond.page("hints/index.html", **_shown(), refused=None)


@blueprint.post("/hint-comments")
@open_to(Permission.COMMENT_HINTS)
@respond.once
def comment() -> Any:
    """Say what explains a hint."""
    form = CommentForm()
    again = respond.form_page("hints/index.html", lambda: _shown(comment=form))
    if not form.validate_on_submit():
        return again()
    HintComment.add(hints.find(g.visitor.actor, form.mark.data), form.text.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))


@blueprint.post("/hint-decisions")
@open_to(Permission.JUDGE_HINTS)
@respond.once
def decide() -> Any:
    """Confirm or dismiss a hint with a reason."""
    form = DecisionForm()
    again = respond.form_page("hints/index.html", lambda: _shown(decision=form))
    if not form.validate_on_submit():
        return again()
    hint = hints.find(g.visitor.actor, form.mark.data)
    HintDecision.decide(hint, HintVerdict(form.verdict.data), form.reason.data, by=g.visitor.actor)
    return respond.done(url_for(".index"))
