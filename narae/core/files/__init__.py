"""Files of rooms and pictures of people: kept in a local folder or S3, read by whoever may read the room."""

from narae.core.app import App
from narae.core.files.api import ROUTES

files = App(name="files", needs=("rooms",), routes=ROUTES)
