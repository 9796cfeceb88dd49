"""What speaks Slack's and Mattermost's forms to us: hooks, delayed answers, dialogs."""

from narae.apps.bots.api.slack import dialogs, hook, replies

ROUTES = (hook.hook, replies.reply, dialogs.open_one, dialogs.submit)
