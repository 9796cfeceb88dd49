"""A server that speaks S3's protocol, in this process, with a bucket for whoever asks."""

from __future__ import annotations

import itertools
import logging
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

KEYS = {"aws_access_key_id": "narae", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


class S3:
    """A server on loopback. `start`, `stop`; a fresh bucket by `create`."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._numbers = itertools.count(1)

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.address = f"http://{host}:{port}"
        self.client: Any = boto3.client("s3", endpoint_url=self.address, **KEYS)

    def environment(self) -> dict[str, str]:
        """The variables by which programs find it."""
        keys = {"AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"], "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"]}
        return {**keys, "AWS_REGION": KEYS["region_name"], "AWS_ENDPOINT_URL": self.address, "AWS_ALLOW_HTTP": "true"}

    def create(self) -> str:
        """The name of a new bucket."""
        name = f"bucket{next(self._numbers)}"
        self.client.create_bucket(Bucket=name)
        return name

    def keys(self, bucket: str) -> set[str]:
        """What is in a bucket."""
        return {found["Key"] for found in self.client.list_objects_v2(Bucket=bucket).get("Contents", [])}

    def unfinished(self, bucket: str) -> int:
        """How many uploads were begun and neither ended nor given up."""
        return len(self.client.list_multipart_uploads(Bucket=bucket).get("Uploads", []))

    def stop(self) -> None:
        """End it."""
        self._server.stop()
