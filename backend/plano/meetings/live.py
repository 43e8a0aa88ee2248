"""What travels about meetings: the meeting with those who are in it, to the people of its scope."""

from plano.meetings.schemas import MeetingOut
from plano.platform.live import Kind

MEETING = Kind("meetings.meeting", MeetingOut)
