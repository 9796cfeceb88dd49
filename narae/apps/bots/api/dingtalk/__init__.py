"""What programs that were written for DingTalk's robots ask: the same paths, bodies and answers at our address."""

from narae.apps.bots.api.dingtalk import cards, media, messages, send, session, stream, tokens

ROUTES = (send.send, session.answer, *tokens.ROUTES, stream.open_connection, *messages.ROUTES, *media.ROUTES, *cards.ROUTES)
SOCKETS = (stream.SOCKET,)
