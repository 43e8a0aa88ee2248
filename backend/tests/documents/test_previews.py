"""What is shown of a document: really converted, under the rights of its content, gone with it (R-74, R-06, C15)."""

import contextlib
import io
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import pypdfium2
import pytest
from django.db import connection
from PIL import Image

from plano.documents import actions, queries
from plano.documents.models import Node, Preview, State, Usage, Version
from plano.platform import blobs, converters, scanner
from plano.platform.converters import offices
from plano.platform.scanner.memory import MemoryScanner
from tests.documents.conftest import Office, Seat


def picture(format: str = "PNG", size: tuple[int, int] = (900, 600), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, format, **more)
    return out.getvalue()


def pdf(pages: int = 2, **more: Any) -> bytes:
    from fpdf import FPDF

    made = FPDF(**more)
    made.set_font("helvetica", size=20)
    for number in range(pages):
        made.add_page()
        made.cell(text=f"Page {number + 1}")
    return bytes(made.output())


def run_jobs() -> int:
    """The jobs that were put down, done as the worker would, the urgent first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = 'documents.preview' "
            "RETURNING args->>'version_id', priority"
        )
        jobs = sorted(cursor.fetchall(), key=lambda job: -job[1])
    return sum(actions.make_previews(UUID(job[0])) for job in jobs)


def ask(seat: Seat, node: Any, kind: str, **query: Any) -> Any:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return seat.api.get(f"/nodes/{node['id']}/previews/{kind}?{asked}")


def shown(seat: Seat, node: Any, kind: str, query: str = "inline=1", **headers: str) -> Any:
    return seat.bytes.get(f"/nodes/{node['id']}/previews/{kind}/content?{query}", **headers)


def test_a_picture_has_small_ones_without_its_metadata(office: Office, frames_of: Any) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Jean"
    exif[0x0112] = 6  # turned by a quarter
    node = office.member.document("photo.jpg", picture("JPEG", (3000, 1000), exif=exif))
    assert (node["thumbnail"], ask(office.reader, node, "thumbnail").data["state"]) == (False, "preparing")
    assert run_jobs() == 2
    told = ask(office.reader, node, "image").data
    assert (told["state"], told["width"], told["height"], told["media_type"]) == ("ready", 683, 2048, "image/webp")
    for kind in ("thumbnail", "image"):
        answer = shown(office.reader, node, kind)
        assert answer.headers["content-type"] == "image/webp"
        assert "sandbox" in answer.headers["content-security-policy"]
        with Image.open(io.BytesIO(answer.content)) as small:
            assert not small.getexif()
            assert max(small.size) <= 2048
        assert b"Jean" not in answer.content
    assert office.reader.nodes()[0]["thumbnail"] is True
    frame = frames_of(office.workspace.id, "documents.node")[-1]["data"]
    assert (frame["thumbnail"], frame["version"]) == (True, node["version"])  # derived: nobody's edit


def exif_with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Appareil de Jean", "Jean Dupont", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)})
    return exif


@pytest.mark.parametrize(("format", "kind"), [("JPEG", "jpeg"), ("PNG", "png"), ("HEIF", "jpeg"), ("WEBP", "jpeg")])
def test_r074_a_picture_is_had_without_place_author_and_device(office: Office, format: str, kind: str) -> None:
    if format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    content = picture(format, (800, 400), exif=exif_with_place())
    assert b"Jean Dupont" in content
    node = office.member.document("Sur place.dat", content)
    run_jobs()
    thumbnail = shown(office.reader, node, "thumbnail")
    bare = office.reader.bytes.get(f"/nodes/{node['id']}/bare")
    assert (bare.status_code, bare.headers["content-type"]) == (200, f"image/{kind}")
    assert bare.headers["content-disposition"].startswith('attachment; filename="Sur place.')
    assert int(bare.headers["content-length"]) == len(bare.content)
    for answer in (thumbnail, bare):
        assert b"Jean" not in answer.content
        assert b"Exif" not in answer.content
        with Image.open(io.BytesIO(answer.content)) as made:
            assert not made.getexif()
            assert made.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}
    with Image.open(io.BytesIO(bare.content)) as made:
        assert made.size == ((800, 400) if format == "HEIF" else (400, 800)), "upright, at its own size"
    assert office.reader.bytes.get(f"/nodes/{node['id']}/content").content == content, "the document is as it was"


def test_r074_what_cannot_be_had_without_metadata_says_why(office: Office) -> None:
    cases = {
        "note.txt": (b"texte", 400, "only_pictures"),
        "flot.png": (picture("PNG", (10_000, 5_001)), 409, "picture_too_many_pixels"),
        "coupé.jpg": (picture("JPEG")[:900], 409, "picture_damaged"),
    }
    for name, (content, status, code) in cases.items():
        answer = office.reader.bytes.get(f"/nodes/{office.member.document(name, content)['id']}/bare")
        assert (answer.status_code, answer.data["code"]) == (status, code)
    node = office.member.document("photo.jpg", picture("JPEG"))
    assert office.outsider.bytes.get(f"/nodes/{node['id']}/bare").status_code == 404
    Version.objects.filter(node_id=node["id"]).update(state=State.INFECTED)
    assert office.member.bytes.get(f"/nodes/{node['id']}/bare").data["code"] == "content_infected"
    with mock.patch("plano.documents.faces.bare._running", 2):
        assert office.member.bytes.get(f"/nodes/{node['id']}/bare").status_code == 429


@pytest.mark.parametrize("format", ["PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF"])
def test_each_kind_of_picture(office: Office, format: str) -> None:
    if format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    node = office.member.document(f"photo.{format.lower()}", picture(format, (400, 300)))
    assert run_jobs() == 2
    with Image.open(io.BytesIO(shown(office.reader, node, "thumbnail").content)) as small:
        assert (small.format, small.size) == ("WEBP", (320, 240))


def test_a_pdf_shows_its_first_page(office: Office) -> None:
    node = office.member.document("rapport.pdf", pdf(400))
    assert run_jobs() == 1
    with Image.open(io.BytesIO(shown(office.reader, node, "thumbnail").content)) as small:
        assert small.height == 320
    assert ask(office.reader, node, "pdf").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cassé.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "damaged"),
        ("coupé.jpg", picture("JPEG")[:900], "damaged"),
        ("cassé.pdf", b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        ("flot.png", picture("PNG", (10_000, 5_001)), "too_large"),
        ("cassé.docx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("faux.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 100, "damaged"),
    ],
)
def test_r074_what_cannot_be_shown_has_a_plain_reason(office: Office, name: str, content: bytes, reason: str) -> None:
    node = office.member.document(name, content)
    run_jobs()
    told = ask(office.reader, node, "thumbnail").data
    assert (told["state"], told["reason"]) == ("refused", reason)
    assert shown(office.reader, node, "thumbnail").status_code == 404
    assert office.reader.nodes()[0]["thumbnail"] is False
    assert run_jobs() == 0  # nobody tries it twice


def protected_pdf() -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="o", user_password="secret")
    made.add_page()
    return bytes(made.output())


def protected_odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b"\x93\x12\x55" * 50)
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return out.getvalue()


def bomb() -> bytes:
    """60 MB of zeros that look like a text document: a thousand times what it weighs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(60):
                entry.write(b"\0" * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("secret.pdf", protected_pdf, "password"),
        ("secret.odt", protected_odt, "password"),
        ("bombe.docx", bomb, "too_large"),
    ],
)
def test_r074_passwords_and_bombs_are_told_at_once(office: Office, name: str, make: Any, reason: str) -> None:
    node = office.member.document(name, make())
    run_jobs()
    assert ask(office.reader, node, "thumbnail").data["reason"] == reason


def test_r006_previews_are_under_the_rights_of_their_content(office: Office) -> None:
    folder = office.manager.create("Réservé", restricted=True)
    node = office.manager.document("photo.png", picture(), parent=folder["id"])
    run_jobs()
    assert shown(office.manager, node, "thumbnail").status_code == 200
    for seat in (office.member, office.guest, office.outsider):
        assert shown(seat, node, "thumbnail").status_code == 404
        assert ask(seat, node, "thumbnail").status_code == 404


def test_r075_nothing_infected_or_unchecked_is_shown(office: Office) -> None:
    scanner.use(MemoryScanner({b"plague": "Plague"}))
    try:
        node = office.member.document("photo.png", picture() + b"plague")
        assert run_jobs() == 0
        assert ask(office.reader, node, "thumbnail").data["code"] == "content_checking"
        version = Version.objects.get(node_id=node["id"])
        Version.objects.filter(id=version.id).update(state=State.CLEAN)
        actions.make_previews(version.id)
        names = set(Preview.objects.values_list("blob", flat=True))
        Version.objects.filter(id=version.id).update(state=State.CHECKING)
        with_commit(lambda: actions.check(version.blob))
        for seat in (office.member, office.reader):
            assert shown(seat, node, "thumbnail").data["code"] == "content_infected"
        assert not Preview.objects.exists()
        assert all(is_gone(name) for name in names)
    finally:
        scanner.use(None)


def with_commit(act: Any) -> None:
    """As if the test's transaction were committed."""
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        act()


def is_gone(name: str) -> bool:
    try:
        blobs.store().open(name).close()
    except blobs.Missing:
        return True
    return False


def test_c15_a_purge_takes_the_previews_and_a_copy_keeps_its_own(office: Office) -> None:
    node = office.member.document("photo.png", picture())
    used = Usage.objects.get(workspace_id=office.workspace.id).bytes
    run_jobs()
    copy = office.member.api.post(f"/nodes/{node['id']}/copy", {}).data
    run_jobs()
    names = set(Preview.objects.values_list("blob", flat=True))
    assert (Preview.objects.count(), len(names)) == (4, 2)  # the same bytes are shown by the same bytes
    assert Usage.objects.get(workspace_id=office.workspace.id).bytes == used
    for one in (node, copy):
        assert not any(is_gone(name) for name in names)
        assert shown(office.reader, copy, "thumbnail").status_code == 200
        office.member.api.delete(f"/nodes/{one['id']}")
        with_commit(lambda one=one: office.manager.api.delete(f"/nodes/{one['id']}/bin"))
    assert not Preview.objects.exists()
    assert all(is_gone(name) for name in names)


def test_the_sweeper_knows_previews(office: Office) -> None:
    office.member.document("photo.png", picture())
    run_jobs()
    assert queries.orphans(timedelta(seconds=-5)) == []


def test_a_new_version_begins_without_and_an_older_one_keeps_its_own(office: Office) -> None:
    node = office.member.document("photo.png", picture())
    run_jobs()
    first = shown(office.reader, node, "thumbnail").content
    office.member.bytes.put(f"/nodes/{node['id']}/content", picture(size=(300, 900)))
    assert Node.objects.get(id=node["id"]).thumbnail is False
    assert shown(office.reader, node, "thumbnail").status_code == 404
    assert shown(office.reader, node, "thumbnail", "number=1").content == first
    run_jobs()
    assert shown(office.reader, node, "thumbnail").content != first
    office.member.api.post(f"/nodes/{node['id']}/versions/1/restore")
    run_jobs()
    assert shown(office.reader, node, "thumbnail").content == first


def test_asking_puts_one_urgent_job_down_whatever_the_number_of_askers(office: Office) -> None:
    node = office.member.document("photo.png", picture())
    for seat in (office.reader, office.member, office.reader):
        assert ask(seat, node, "image").data["state"] == "preparing"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'documents.preview'")
        assert cursor.fetchone()[0] == 2
    assert run_jobs() == 2


def test_without_libreoffice_it_is_said_and_made_once_it_is_there(office: Office) -> None:
    node = office.member.document("note.odt", office_file("odt"))
    absent: Any = {"return_value": None}
    with mock.patch.object(offices, "office", **absent), mock.patch.object(converters, "office", **absent):
        assert run_jobs() == 2
        told = ask(office.reader, node, "pdf").data
        assert (told["state"], told["reason"]) == ("refused", "unavailable")
        assert run_jobs() == 0
    assert ask(office.reader, node, "pdf").data["state"] == "preparing"
    assert run_jobs() == 2
    assert ask(office.reader, node, "pdf").data["state"] == "ready"


def test_text_has_no_preview_of_ours_and_makes_no_job(office: Office) -> None:
    node = office.member.document("page.html", b"<!doctype html><script>alert(1)</script>")
    assert ask(office.reader, node, "image").status_code == 404
    assert run_jobs() == 0


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("film.mp4", b"\0\0\0\x18ftypisom" + b"\0" * 500, "video/mp4"),
        ("film.webm", b"\x1aE\xdf\xa3" + b"\0" * 500, "video/webm"),
        ("film.mov", b"\0\0\0\x14ftypqt  " + b"\0" * 500, "video/mp4"),
        ("voix.m4a", b"\0\0\0\x18ftypM4A " + b"\0" * 500, "audio/mp4"),
        ("voix.ogg", b"OggS" + b"\0" * 500, "audio/ogg"),
        ("voix.mp3", b"\xff\xfb" + b"\0" * 500, "audio/mpeg"),
        ("piège.mp4", b"<html><script>alert(1)</script>", None),
    ],
)
def test_r070_films_and_sounds_play_by_range_in_a_sandbox(
    office: Office, name: str, content: bytes, kind: str | None
) -> None:
    node = office.member.document(name, content)
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content?inline=1", Range="bytes=2-5")
    assert (answer.status_code, answer.content) == (206, content[2:6])
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if kind is None:
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
    else:
        assert answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("agents.csv", "Matricule;Prénom\r\n1;Chloé".encode("cp1252"), "text/csv"),
        ("notes.txt", "préfet".encode("utf-16"), "text/plain"),
        ("BMW.txt", b"BMW et autres", "text/plain"),
        ("photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 20, "image/heic"),
        ("données.bin", b"pr\xe9fet", "application/octet-stream"),
        ("piège.csv", b"<html>\xe9<script>", "text/html"),
    ],
)
def test_r070_the_type_is_decided_from_the_content(office: Office, name: str, content: bytes, kind: str) -> None:
    assert office.member.document(name, content)["media_type"] == kind


def test_ranges_of_a_preview(office: Office) -> None:
    node = office.member.document("photo.png", picture())
    run_jobs()
    whole = shown(office.reader, node, "thumbnail").content
    part = shown(office.reader, node, "thumbnail", Range="bytes=4-9")
    assert (part.status_code, part.content) == (206, whole[4:10])


# --- LibreOffice: each format for true -----------------------------------------------------------------------


def as_powerpoint(presentation: bytes, folder: Path) -> bytes:
    """By LibreOffice itself: no library here writes them."""
    (folder / "note.odp").write_bytes(presentation)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command: list[str | Path] = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pptx",
        "--outdir",
        folder,
        folder / "note.odp",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return (folder / "note.pptx").read_bytes()


def office_file(extension: str) -> bytes:
    from docx import Document
    from odf import draw, opendocument, style, table, text
    from openpyxl import Workbook

    out = io.BytesIO()
    if extension == "docx":
        made: Any = Document()
        made.add_paragraph("Bonjour la préfecture")
        made.save(out)
    elif extension == "xlsx":
        made = Workbook()
        made.active.append(["Bonjour la préfecture", 1])
        made.save(out)
    elif extension == "odt":
        made = opendocument.OpenDocumentText()
        made.text.addElement(text.P(text="Bonjour la préfecture"))
        made.save(out)
    elif extension == "ods":
        made = opendocument.OpenDocumentSpreadsheet()
        sheet, row, cell = table.Table(name="Un"), table.TableRow(), table.TableCell(valuetype="string")
        cell.addElement(text.P(text="Bonjour la préfecture"))
        row.addElement(cell)
        sheet.addElement(row)
        made.spreadsheet.addElement(sheet)
        made.save(out)
    else:
        made = opendocument.OpenDocumentPresentation()
        layout = style.PageLayout(name="L")
        made.automaticstyles.addElement(layout)
        master = style.MasterPage(name="M", pagelayoutname=layout)
        made.masterstyles.addElement(master)
        page = draw.Page(masterpagename=master)
        frame = draw.Frame(width="15cm", height="5cm", x="2cm", y="2cm")
        box = draw.TextBox()
        box.addElement(text.P(text="Bonjour la préfecture"))
        frame.addElement(box)
        page.addElement(frame)
        made.presentation.addElement(page)
        made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("extension", ["odt", "ods", "odp", "docx", "xlsx", "pptx"])
def test_an_office_file_becomes_a_pdf(office: Office, extension: str, tmp_path: Path) -> None:
    content = as_powerpoint(office_file("odp"), tmp_path) if extension == "pptx" else office_file(extension)
    node = office.member.document(f"note.{extension}", content)
    assert run_jobs() == 2
    answer = shown(office.reader, node, "pdf")
    assert answer.headers["content-type"] == "application/pdf"
    with contextlib.closing(pypdfium2.PdfDocument(answer.content)) as document:
        assert "Bonjour" in document[0].get_textpage().get_text_bounded()
    with Image.open(io.BytesIO(shown(office.reader, node, "thumbnail").content)) as small:
        assert max(small.size) == 320
