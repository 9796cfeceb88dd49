"""Files of rooms and pictures of people: kept in a local folder or S3, read by whoever may read the room."""

from narae.core.app import App
from narae.core.files.api import ROUTES
from narae.core.files.sweeper import sweeping

files = App(name="files", needs=("rooms",), routes=ROUTES, works=(sweeping,))
