"""Files that strangers sent, parsed in child processes with limits: no network, no shell, an empty folder (R-74).

Each converter takes a file inside a workplace and writes what it makes beside it; it refuses with one reason.
"""

from plano.platform.converters.base import Made, Reason, Refused
from plano.platform.converters.cage import is_offline, workplace
from plano.platform.converters.films import ffmpeg, frame
from plano.platform.converters.offices import office, to_pdf
from plano.platform.converters.pictures import bare, first_page, picture
from plano.platform.converters.texts import tesseract, words

__all__ = [
    "Made",
    "Reason",
    "Refused",
    "bare",
    "ffmpeg",
    "first_page",
    "frame",
    "is_offline",
    "office",
    "picture",
    "tesseract",
    "to_pdf",
    "words",
    "workplace",
]
