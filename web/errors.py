"""When something cannot be: a clear sentence in the reader's language, everything typed kept, and never a trace."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from models.base import NotFound, Refused, Stale, db
from models.vault import NoRoom
from web import outbox, respond, sentences
from web.doors import wants_fragment
from web.forms.base import OPEN_TOO_LONG
from web.headers import log

# A violated constraint speaks with the same sentence as the rule it guards: its name on PostgreSQL, the columns
# that SQLite names for a unique one.
CONSTRAINTS: dict[str, str] = {
    "uq_accounts_phone_lookup_confirmed": "phone_taken",
    "accounts.phone_lookup": "phone_taken",
    "uq_places_code": "code_taken",
    "places.code": "code_taken",
    "uq_organizations_name": "name_taken",
    "organizations.name": "name_taken",
    "uq_needs_community_id_external_no": "external_no_taken",
    "needs.community_id, needs.external_no": "external_no_taken",
    "uq_package_needs_active_need": "need_already_packaged",
    "package_needs.need_id": "need_already_packaged",
    "uq_projects_organization_id_contract_no": "contract_entered",
    "projects.organization_id, projects.contract_no": "contract_entered",
    "uq_attendances_log_person": "person_already_there",
    "attendances.log_id, attendances.person_id": "person_already_there",
    "uq_service_logs_list_id": "list_is_recorded",
    "service_logs.list_id": "list_is_recorded",
    "uq_attendances_activity_person": "already_signed_up",
    "attendances.activity_id, attendances.person_id": "already_signed_up",
    "hour_records_one_place_at_a_time": "hours_overlap",
    "time_postings_floor": "below_floor",
    "time_postings_ceiling": "above_ceiling",
    "time_postings_pool": "pool_too_small",
    "uq_hour_corrections_open_record": "correction_open",
    "hour_corrections.record_id": "correction_open",
    "uq_hint_decisions_mark": "hint_decided",
    "hint_decisions.mark": "hint_decided",
    "uq_certificate_requests_open": "certificate_asked",
    "certificate_requests.person_id, certificate_requests.community_id": "certificate_asked",
    "uq_hour_report_lines_record_id_taken_back": "hours_reported_already",
    "hour_report_lines.record_id, hour_report_lines.taken_back": "hours_reported_already",
    "uq_hour_report_lines_corrects_id": "hours_reported_already",
    "hour_report_lines.corrects_id": "hours_reported_already",
    "uq_presence_words_attendance_id": "presence_said",
    "presence_words.attendance_id": "presence_said",
    "ck_unmasked_files_decided_by_another": "unmasked_own",
    "ck_unmasked_files_taken_few_times": "unmasked_over",
    "uq_ratings_invitation_id": "already_rated",
    "ratings.invitation_id": "already_rated",
    "uq_ratings_supersedes_id": "already_rated",
    "ratings.supersedes_id": "already_rated",
}


def constraint_of(error: IntegrityError) -> str:
    """Return the name of the violated constraint, as far as the database tells it."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    return str(error.orig).partition("constraint failed: ")[2].strip()


def refused(error: Refused) -> Any:
    """Answer a rule's No: the form again with the sentence, or a page that says it (422, stale 409, too often 429)."""
    db.session.rollback()
    g.pop("receipt", None)
    # Without our own token nothing was to be done in any case: it is this that the reader can mend first.
    expired = error.status == HTTPStatus.UNPROCESSABLE_ENTITY and not g.get("csrf_valid", True)
    answer = _no(error, str(OPEN_TOO_LONG) if expired else sentences.refusal(error))
    if hasattr(error, "retry_after"):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _no(error: Refused, sentence: str) -> Response:
    again = g.pop("again", None)
    if outbox.replayed():
        return outbox.kept_there(error.status, sentence)
    if wants_fragment():
        return respond.page("errors/_refused.html", error.status, sentence=sentence)
    if again is not None:
        g.stale = error.values if isinstance(error, Stale) else None
        return again(error.status, sentence)  # type: ignore[no-any-return]
    typed, stands = error.values.get("typed"), error.values.get("stands")
    return respond.page(
        "errors/refused.html", error.status, sentence=sentence, typed=typed, stands=stands, back=_page_of_the_button()
    )


def _page_of_the_button() -> str:
    """Return the page whose button was pressed, where the browser tells it; many an act's own address opens nothing."""
    came = urlsplit(request.referrer or "")
    told = came._replace(scheme="", netloc="").geturl() if came.netloc == request.host else None
    return respond.own_site(told, respond.own_site(request.path, respond.page_above(request.path)))


def violated(error: IntegrityError) -> Any:
    """Turn a violated constraint into the refusal of the rule that it guards."""
    key = CONSTRAINTS.get(constraint_of(error))
    if key is None:
        return broken(error)
    # A constraint does not know the names that the rule would have told.
    return refused(Refused(key, package=_("another package"), who=_("a colleague"), project=_("another project")))


def stale(error: StaleDataError) -> Any:
    """Somebody else was faster by a moment."""
    return refused(Stale("stale_edit"))


def not_found(error: Exception) -> Any:
    """Not there, or not yours to see: the same page."""
    db.session.rollback()
    return _page(404, _("This page is not here"), _("The address may be wrong, or it is not open to you."))


def _full(error: OperationalError) -> bool:
    """Tell whether the disk of the database has no room left."""
    name, state = getattr(error.orig, "sqlite_errorname", ""), getattr(error.orig, "sqlstate", "")
    return name == "SQLITE_FULL" or state == "53100"


def busy(error: OperationalError) -> Any:
    """The database does not answer for the moment: say so and ask to try again soon; on a full disk, keep the form."""
    db.session.rollback()
    log.error("database", id=g.get("request_id"), kind=type(error.orig).__name__)
    if _full(error):
        return refused(NoRoom("storage_full"))
    answer = _page(503, _("One moment, please"), _("Very many people are here just now. Please try again in a minute."))
    answer.headers["Retry-After"] = "5"
    return answer


def broken(error: Exception) -> Any:
    """Something of ours is broken: log it with the request's number, show the number and nothing else."""
    db.session.rollback()
    log.error("broken", id=g.get("request_id"), exc_info=error)
    return _page(
        500,
        _("Something broke on our side"),
        _("Nothing you saved before is lost. Number %(id)s.", id=g.get("request_id", "")),
    )


def http(error: HTTPException) -> Any:
    """Say the usual HTTP refusals in the reader's words."""
    db.session.rollback()
    if error.code is not None and 300 <= error.code < 400:
        return error
    if error.code == 403:
        respond.note_access("refused", kind="door", reason=str(g.get("refused_at", ""))[:60])
    words = {
        400: (_("Please open the page again"), _("It had been open for long. Go back, load it again, and press once more; what you typed is still there.")),
        403: (_("This is not for your role"), _("Ask your committee or your administrator if you need it.")),
        404: (_("This page is not here"), _("The address may be wrong, or it is not open to you.")),
        405: (_("This cannot be done here"), _("Please go back and use the buttons of the page.")),
        413: (_("That was too much at once"), _("Photos may have 12 MB each. Please choose fewer or smaller ones.")),
        429: (_("Too many tries"), _("Please wait a few minutes and try again.")),
    }  # fmt: skip
    lapsed = error.code == HTTPStatus.UNPROCESSABLE_ENTITY and not g.get("csrf_valid", True)
    code = HTTPStatus.BAD_REQUEST if lapsed else error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    title, text = words.get(code, (_("This did not work"), _("Please go back and try again.")))
    answer = _page(code, title, text)
    if error.code == 429:
        answer.headers["Retry-After"] = "300"
    return answer


def _page(status: int, title: str, text: str) -> Response:
    if outbox.replayed():
        return outbox.kept_there(status, f"{title} {text}")
    if wants_fragment():
        return respond.page("errors/_refused.html", status, sentence=f"{title} {text}")
    near = respond.page_above(request.path) if status == HTTPStatus.METHOD_NOT_ALLOWED else None
    return respond.page(
        "errors/page.html", status, title=title, text=text, near=near, request_id=g.get("request_id", "")
    )


def init_app(app: Flask) -> None:
    """Hang the signs."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(IntegrityError, violated)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(OperationalError, busy)
    # What the database cannot even hold (a zero byte in an address, a number past its range) names nothing.
    app.register_error_handler(DataError, not_found)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, broken)
