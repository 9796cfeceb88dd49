"""Search: one tokenizer for three languages, an index on either database that follows the log."""

from narae.core.app import App
from narae.core.search import tables
from narae.core.search.api import ROUTES
from narae.core.search.indexer import indexing

search = App(
    name="search",
    needs=("rooms",),
    routes=ROUTES,
    works=(indexing,),
    tables=(tables.doc.name, tables.place.name),
    migrations="narae.core.search.migrations",
)
