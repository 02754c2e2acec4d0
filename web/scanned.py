"""What somebody scanned who has not signed in yet: the square turns while they type their password, what they hold does not."""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import url_for

from models import check_ins
from models.activities import Activity
from models.base import NotFound, Refused, now
from models.check_ins import Way
from web.visitor import anonymous_id

ADDRESS = re.compile(r"/activities/(\w{10})/check-in\?seen=([\w%-]{1,80})", re.ASCII)


def lasting(target: str | None) -> str | None:
    """Return where to go on after the sign-in: with a pass for this browser in place of a square that is good now."""
    found = ADDRESS.fullmatch(target or "")
    try:
        proof = found and check_ins.judged(one := Activity.find(found[1]), unquote(found[2]))
    except (NotFound, Refused):
        return target
    if not proof or proof.way != Way.SCAN:
        return target
    held = check_ins.pass_for(one, check_ins.step_at(now()), anonymous_id())
    return url_for("activities.check_in_page", public_id=one.public_id, seen=held)
