"""What robots are spoken to by, and how they are looked after."""

from narae.apps.bots.api import dingtalk, manage, slack

ROUTES = (*manage.ROUTES, *dingtalk.ROUTES, slack.hook)
SOCKETS = dingtalk.SOCKETS
