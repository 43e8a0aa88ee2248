"""The demonstration's library is real."""

import io
import zipfile

from plano.documents import demo, queries
from plano.documents.models import Node
from tests.documents.conftest import seat
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace


def test_the_demonstration_has_real_files_of_the_usual_formats(db: None) -> None:
    people = {login: make_user(login, name=login.capitalize()) for login in ("alice", "bruno", "chloe", "david")}
    workspace = make_workspace(
        manager=people["alice"], members=[people["bruno"], people["chloe"]], guests=[people["david"]]
    )
    assert workspace.slug == "plan-de-continuite"
    demo.seed(workspace=workspace, people=people)
    count = Node.objects.count()
    demo.seed(workspace=workspace, people=people)
    assert Node.objects.count() == count > 12
    types = set(Node.objects.filter(kind="document").values_list("media_type", flat=True))
    assert {"application/pdf", "image/png", "text/markdown", "application/vnd.oasis.opendocument.text"} <= types
    assert sum("openxmlformats" in found for found in types) == 2
    assert queries.damaged(verify=True) == []
    guest = seat(people["david"], workspace)
    assert [n["name"] for n in guest.nodes()] == ["Échanges avec l’opérateur"]
    assert "Cellule de crise" not in [n["name"] for n in seat(people["bruno"], workspace).nodes()]
    text = Node.objects.get(name="Plan de continuité d’activité.odt")
    content = guest.bytes.get(f"/nodes/{text.id}/content")
    assert content.status_code == 404
    odt = seat(people["bruno"], workspace).bytes.get(f"/nodes/{text.id}/content").content
    assert "content.xml" in zipfile.ZipFile(io.BytesIO(odt)).namelist()
    assert text.content_version == 3
