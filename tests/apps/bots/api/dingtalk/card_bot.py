"""A program that answers with an interactive card, with the vendor's client: python card_bot.py CLIENT_ID CLIENT_SECRET."""

from __future__ import annotations

import json
import sys
from typing import Any

import dingtalk_stream
from dingtalk_stream import AckMessage, CallbackMessage, CardReplier, ChatbotMessage
from dingtalk_stream.card_callback import CardCallbackMessage

BUTTONS = json.dumps([{"id": "agree", "text": "동의", "color": "blue"}, {"id": "deny", "text": "반려", "color": "red"}])


class Asks(dingtalk_stream.ChatbotHandler):  # type: ignore[misc]
    """Sends a card for what it hears."""

    async def process(self, callback: CallbackMessage) -> tuple[int, str]:
        message = ChatbotMessage.from_dict(callback.data)
        data = {"title": "휴가", "markdown": f"**{message.text.content.strip()}**", "btns": BUTTONS}
        CardReplier(self.dingtalk_client, message).create_and_send_card("any.schema", data)
        return AckMessage.STATUS_OK, "OK"


class Pressed(dingtalk_stream.CallbackHandler):  # type: ignore[misc]
    """Changes the card to say who pressed what."""

    async def process(self, callback: CallbackMessage) -> tuple[int, dict[str, Any]]:
        told = CardCallbackMessage.from_dict(callback.data)
        actions = told.content["cardPrivateData"]["actionIds"]
        data = {"markdown": f"{told.user_id}: {actions[0]}", "btns": "[]"}
        return AckMessage.STATUS_OK, {"cardUpdateOptions": {"updateCardDataByKey": True}, "cardData": {"cardParamMap": data}}


if __name__ == "__main__":
    client = dingtalk_stream.DingTalkStreamClient(dingtalk_stream.Credential(sys.argv[1], sys.argv[2]))
    client.register_callback_handler(ChatbotMessage.TOPIC, Asks())
    client.register_callback_handler(dingtalk_stream.CallbackHandler.TOPIC_CARD_CALLBACK, Pressed())
    client.start_forever()
