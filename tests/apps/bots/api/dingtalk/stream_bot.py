"""A robot's program as people write it for DingTalk, with the vendor's client: python stream_bot.py CLIENT_ID CLIENT_SECRET."""

from __future__ import annotations

import sys

import dingtalk_stream
import requests
from dingtalk_stream import AckMessage, CallbackMessage, ChatbotMessage


class Echo(dingtalk_stream.ChatbotHandler):  # type: ignore[misc]
    """Says back what it hears, twice, and how large a file is."""

    async def process(self, callback: CallbackMessage) -> tuple[int, str]:
        message = ChatbotMessage.from_dict(callback.data)
        if message.message_type == "text":
            text = message.text.content.strip()
            print("되돌려", text, flush=True)
            self.reply_text(f"되돌려: {text}", message)
            self.reply_markdown("되돌려", f"**되돌려** {text}", message)
        else:
            url = self.get_image_download_url(message.get_image_list()[0])
            self.reply_text(f"그림: {len(requests.get(url, timeout=10).content)} bytes", message)
        return AckMessage.STATUS_OK, "OK"


if __name__ == "__main__":
    client = dingtalk_stream.DingTalkStreamClient(dingtalk_stream.Credential(sys.argv[1], sys.argv[2]))
    client.register_callback_handler(ChatbotMessage.TOPIC, Echo())
    client.start_forever()
