"""What people change of themselves, and who is told."""

import io
from typing import Any

import pytest
from PIL import Image

from plano.accounts import live
from plano.accounts.models import Picture, User
from plano.accounts.schemas import MeOut, PersonOut
from plano.kernel.ids import uuid7
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace

pytestmark = pytest.mark.django_db


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **extra: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#204080").save(out, form, **extra)
    return out.getvalue()


def test_only_the_given_fields_change() -> None:
    _, device = signed_in("alice")

    answer = device.patch("/me", {"name": "  Alice\u202e   Martin ", "language": "en"})

    assert answer.status_code == 200
    assert (answer.data["name"], answer.data["language"], answer.data["time_zone"], answer.data["version"]) == (
        "Alice Martin",
        "en",
        "Europe/Paris",
        2,
    )


@pytest.mark.parametrize(
    "body",
    [
        {"is_admin": True},
        {"identifier": "chef"},
        {"email": "a@b.fr"},
        {"color": 3},
        {"version": 9},
        {"is_active": False},
        {"password": "x"},
        {"avatar": "x"},
        {"id": "00000000-0000-0000-0000-000000000000"},
        {"time_zone": "Mars/Olympus"},
        {"language": "de"},
        {"name": "   "},
        {"name": "x" * 121},
    ],
)
def test_r005_other_fields_and_wrong_values_are_refused(body: dict[str, Any]) -> None:
    user, device = signed_in("alice")

    assert device.patch("/me", body).status_code == 400

    before = (user.name, user.version, user.is_admin, user.identifier)
    user.refresh_from_db()
    assert (user.name, user.version, user.is_admin, user.identifier) == before


def test_old_snapshot_and_frames_give_the_fresh_snapshot(frames_of: Any) -> None:
    user, device = signed_in("alice")
    old = device.get("/me").data

    device.patch("/me", {"name": "Alice Martin"})
    device.put("/me/avatar", picture())
    device.patch("/me", {"time_zone": "Indian/Reunion"})
    device.delete("/me/avatar")
    device.put("/me/avatar", picture())

    for frame in frames_of(user.id, "accounts.me"):
        if frame["data"]["version"] > old["version"]:
            old = frame["data"]
    assert old == device.get("/me").data
    assert set(old) == set(MeOut.model_fields)


def test_those_who_see_the_person_see_the_change(frames_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user, device = signed_in("alice")
    scopes = sorted(uuid7() for _ in range(130))
    monkeypatch.setattr(live, "_audiences", [lambda _: scopes])

    device.patch("/me", {"name": "Alice Martin"})

    user.refresh_from_db()
    expected = PersonOut.from_model(user).model_dump(mode="json")
    assert [frames_of(s, "accounts.person")[0]["data"] for s in scopes] == [expected] * 130


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_made_anew(form: str) -> None:
    _user, device = signed_in("alice")

    answer = device.put("/me/avatar", picture(form, size=(400, 300)))

    assert answer.status_code == 200
    shown = device.client.get(answer.data["avatar_url"])
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert shown["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(shown.content)).size == (256, 256)


def test_r074_metadata_is_gone() -> None:
    _, device = signed_in("alice")
    exif = Image.Exif()
    exif[0x010E] = "secret place"

    device.put("/me/avatar", picture("JPEG", exif=exif.tobytes(), comment=b"secret comment"))

    stored = bytes(Picture.objects.get().content)
    assert b"secret" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        picture()[:60],
        b"GIF89a" + b"\xff" * 20,
    ],
)
def test_r074_what_is_no_picture_is_refused(content: bytes) -> None:
    user, device = signed_in("alice")

    answer = device.put("/me/avatar", content or b" ")

    assert (answer.status_code, answer.data["code"]) == (400, "invalid_picture")
    assert Picture.objects.count() == 0
    assert User.objects.get(id=user.id).version == 1


def test_r074_a_flood_of_pixels_is_refused() -> None:
    _, device = signed_in("alice")
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    answer = device.put("/me/avatar", out.getvalue())

    assert (len(out.getvalue()) < 200_000, answer.status_code, answer.data["code"]) == (True, 400, "invalid_picture")


def test_a_picture_above_five_mebibytes_is_refused() -> None:
    _, device = signed_in("alice")

    for size in (5 * 1024 * 1024 + 1, 7 * 1024 * 1024):
        answer = device.put("/me/avatar", picture() + b"\x00" * size)
        assert (answer.status_code, answer.data["code"]) == (413, "picture_too_large")


def test_r010_only_people_of_a_common_workspace_see_a_picture() -> None:
    alice, device = signed_in("alice")
    url = device.put("/me/avatar", picture()).data["avatar_url"]
    colleague, colleagues = signed_in("bruno")
    make_workspace(manager=alice, members=[colleague])
    _, stranger = signed_in("zoe")

    assert colleagues.client.get(url).status_code == 200
    hidden, absent = stranger.client.get(url), stranger.get(f"/people/{uuid7()}/avatar")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json()["code"] == absent.data["code"]
    assert Browser().get(url.removeprefix("/api/v1")).status_code == 401


def test_people_have_one_of_eight_tints() -> None:
    assert {make_user().color for _ in range(40)} <= set(range(1, 9))
