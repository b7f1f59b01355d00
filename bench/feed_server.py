"""python -m bench.feed_server PORT: a web of blogs on loopback, each with twenty entries.

`/edition/N` begins edition N: all feeds have N entries more, and the oldest gone.
"""

import asyncio
import sys

HOSTS = [f"127.0.0.{number}" for number in range(1, 101)]
ENTRIES = 20
_WORDS = "la veille partagée est une pratique qui demande du temps et de la régularité à chacun"


def feed(edition: int, address: str) -> bytes:
    """As blogs have them: a summary and five paragraphs for each entry, about 75 KB."""
    newest = edition + ENTRIES
    items = "".join(_item(number, address) for number in range(newest, edition, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Blog {address}</title><link>{address}</link><description>d</description>"
        f"{items}</channel></rss>"
    ).encode()


def _item(number: int, address: str) -> str:
    paragraph = f"<p>{' '.join([_WORDS] * 6)} <a href='/x'>lien {number}</a></p>"
    return (
        f"<item><title>Billet {number} de {address}</title><link>{address}{number}</link>"
        f"<guid>{address}{number}</guid><pubDate>Mon, 04 May 2026 10:{number % 60:02}:00 +0000"
        f"</pubDate><dc:creator>Nia</dc:creator><category>veille</category>"
        f"<category>école</category><description><![CDATA[{paragraph[:300]}]]></description>"
        f"<content:encoded><![CDATA[{paragraph * 5}]]></content:encoded></item>"
    )


class Blogs:
    def __init__(self) -> None:
        self._edition = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            return
        path = asked.split(" ", 2)[1]
        host = asked.lower().partition("\r\nhost: ")[2].partition("\r\n")[0]
        writer.write(self._say(path, host, asked))
        await writer.drain()
        writer.close()

    def _say(self, path: str, host: str, asked: str) -> bytes:
        if path.startswith("/edition/"):
            self._edition = int(path.rpartition("/")[2])
            return b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
        tag = f'"{self._edition}"'
        head = f"ETag: {tag}\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
        if f"if-none-match: {tag}" in asked.lower():
            return f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode()
        address = f"http://{host}{path}/"
        body = feed(self._edition, address)
        return f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(port: int) -> None:
    server = await asyncio.start_server(Blogs().answer, HOSTS, port, backlog=200)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
