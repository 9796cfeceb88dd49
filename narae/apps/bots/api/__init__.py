"""What robots are spoken to by, and how they are looked after."""

from narae.apps.bots.api import asking, commands, dingtalk, manage, slack

ROUTES = (*manage.ROUTES, *asking.ROUTES, *commands.ROUTES, *dingtalk.ROUTES, *slack.ROUTES)
SOCKETS = dingtalk.SOCKETS
