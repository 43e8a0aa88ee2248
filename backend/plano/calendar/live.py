"""What travels about events: the event or the whole series, in the scope that it belongs to."""

from plano.calendar.schemas import EventOut
from plano.platform.live import Kind

EVENT = Kind("calendar.event", EventOut)
