"""Pictures are handed in by anybody and handed out only to those who may see their matter."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from models.accounts import actor_of
from models.accounts.lists import grants_within
from models.attachments import Attachment
from models.permissions import Permission
from tests import builders, serving
from tests.cast import Cast
from tests.models.test_attachments import photo

KEY = "0000-5555-0001"


def send(visitor: Any, data: bytes, key: str = KEY) -> Any:
    body = {"photo": (io.BytesIO(data), "a.jpg"), "key": key}
    return visitor.post("/attachments", data=body, headers={"HX-Request": "true"})


def test_a_picture_sent_twice_with_one_key_is_one_picture(cast: Cast, client_for: Callable[..., Any]) -> None:
    visitor = client_for(cast.resident)
    first, second = send(visitor, photo()), send(visitor, photo())
    [number] = re.findall(r'value="(\w{10})"', first.text)
    assert second.headers["HX-Redirect"].endswith(number)


def test_a_clerk_in_reach_sees_the_picture_of_a_need_and_nobody_else_does(
    cast: Cast, client_for: Callable[..., Any], db: Any
) -> None:
    visitor = client_for(cast.resident)
    [number] = re.findall(r'value="(\w{10})"', send(visitor, photo()).text)
    owner = f"account:{cast.resident.id}"
    need = builders.need(cast.community, author=cast.neighbor, photos=[number], photo_owner=owner)
    assert client_for(cast.grid_worker).get(f"/attachments/{number}/display").status_code == 404
    need.grid_id = cast.grid.id
    db.session.commit()
    for reader in (cast.clerk, cast.street_officer, cast.resident, cast.grid_worker):
        assert client_for(reader).get(f"/attachments/{number}/display").status_code == 200
    for stranger in (cast.other_clerk, cast.worker, cast.other_resident):
        assert client_for(stranger).get(f"/attachments/{number}/display").status_code == 404
    assert client_for().get(f"/attachments/{number}/thumbnail").status_code == 404
    assert visitor.get(f"/attachments/{number}/original").status_code == 404


def test_who_moved_to_another_organization_sees_no_picture_of_the_old_one(
    cast: Cast, client_for: Callable[..., Any], db: Any
) -> None:
    mine = f"account:{cast.worker.id}"
    kept, loose = (Attachment.receive(photo(color), owner=mine) for color in ("red", "blue"))
    log = serving.log(serving.project(cast), cast.worker, cast.neighbor, photos=(kept.public_id,), photo_owner=mine)
    db.session.commit()
    assert client_for(cast.worker).get(f"/attachments/{kept.public_id}/display").status_code == 200
    administrator = actor_of(cast.administrator)
    (grant,) = grants_within(cast.worker, administrator, Permission.END_GRANTS)
    cast.worker.transfer(grant, by=administrator, organization=cast.other_organization)
    db.session.commit()
    moved = client_for(cast.worker)
    assert moved.get(f"/logs/{log.public_id}").status_code == 404
    assert moved.get(f"/attachments/{kept.public_id}/display").status_code == 404
    # What belongs to nothing yet is still the sender's own.
    assert moved.get(f"/attachments/{loose.public_id}/display").status_code == 200
