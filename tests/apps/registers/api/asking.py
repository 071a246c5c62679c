"""What a program sends to the API, and what it reads of a refusal."""

import json
from typing import Any

from django.test import Client

LIST = "/api/z/home/registers/visits"
GOOD = {
    "code": "LF-9",
    "direction": "inbound",
    "visited_on": "2024-05-06",
    "delegation": "接口考察团（示范）",
    "people": 3,
}
NONSENSE = ("0", "-1", str(10**28), "1e400000", "1e999999999", "NaN", "\0", "a" * 300, "٣", "")


def send(client: Client, method: str, path: str, body: Any) -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.generic(method, path, content, content_type="application/json")


def fields(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.content.decode()
    told = answer.json()
    assert set(told) == {"error", "message", "fields"}
    return told["fields"]
