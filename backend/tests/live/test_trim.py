"""The log forgets old frames and says so to those who slept through them."""

from datetime import timedelta

import pytest

from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.platform.live.models import Frame, Stream
from plano.platform.live.trim import trim
from plano.workspaces.live import SCOPES
from plano.workspaces.schemas import ScopesOut


@pytest.mark.django_db
def test_old_frames_go_and_the_stream_remembers_up_to_where() -> None:
    scope = uuid7()
    for _ in range(5):
        with unit_of_work() as emit:
            emit.changed(SCOPES, scope=scope, data=ScopesOut(workspace_id=scope, gained=[], lost=[]))
    Frame.objects.filter(scope_id=scope, seq__lte=3).update(at=now() - timedelta(days=40))

    assert trim(before=now() - timedelta(days=30)) == 3

    assert list(Frame.objects.filter(scope_id=scope).order_by("seq").values_list("seq", flat=True)) == [4, 5]
    stream = Stream.objects.get(id=scope)
    assert (stream.seq, stream.trimmed_to) == (5, 3)
