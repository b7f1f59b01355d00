"""Bodies that a client sends: JSON, url-encoded or multipart, read into one shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Upload:
    filename: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Form:
    values: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        return self.values.get(name, [default])[0]

    def all(self, name: str) -> list[str]:
        return self.values.get(name) or self.values.get(f"{name}[]") or []


def read_form(content_type: str, body: bytes) -> Form:
    if "json" in content_type:
        return Form({name: _as_list(value) for name, value in json.loads(body or b"{}").items()})
    if content_type.startswith("multipart/"):
        return _read_multipart(content_type, body)
    return Form(parse_qs(body.decode(), keep_blank_values=True))


def _as_list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _read_multipart(content_type: str, body: bytes) -> Form:
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    values: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if part.is_multipart() or not isinstance(name, str):
            continue
        content = part.get_payload(decode=True) or b""
        if part.get_filename() is None:
            values.setdefault(name, []).append(content.decode())
        else:
            files[name] = Upload(str(part.get_filename()), part.get_content_type(), content)
    return Form(values, files)
