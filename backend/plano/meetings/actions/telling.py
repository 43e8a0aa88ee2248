"""The frame of a meeting."""

from plano.meetings.live import MEETING
from plano.meetings.models import Meeting
from plano.meetings.queries import outs
from plano.platform.live import Emit


def tell(emit: Emit, meeting: Meeting) -> None:
    """The meeting as it is now, to the people of its scope."""
    emit.changed(MEETING, scope=meeting.scope_id, data=outs([meeting])[0])
