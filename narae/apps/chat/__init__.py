"""The messenger: the client's chat page, its demo organisations, and imports from other messengers."""

from narae.apps.chat import tables
from narae.apps.chat.commands import demo, imports
from narae.core.app import App

chat = App(
    name="chat",
    needs=("rooms", "files"),
    commands={"demo": demo, "import": imports},
    tables=(tables.imported.name,),
    migrations="narae.apps.chat.migrations",
)
