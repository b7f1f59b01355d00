"""How questions and answers are written, as tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.asks import as_headers, written_address
from curation.faults import Malformed


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/feed?b=c&d=%20", "https://a.example/feed?b=c&d=%20"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://été.example/", "https://xn--t-9fab.example/"),
        ("https://école.example:8443/a b", "https://xn--cole-9oa.example:8443/a%20b"),
        ("https://a.example/é?q=à|b#part", "https://a.example/%C3%A9?q=%C3%A0%7Cb"),
        ("https://a.example/already%C3%A9/é", "https://a.example/already%C3%A9/%C3%A9"),
    ],
)
def test_an_address_is_written_in_ascii(url, written):
    assert written_address(url) == written


@pytest.mark.parametrize("url", ["https://xn--é.example/", "https://\u200b/", "https://[é]/"])
def test_a_name_that_cannot_be_one(url):
    with pytest.raises(Malformed):
        written_address(url)


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_nothing_but_ascii_without_blanks_leaves(text):
    try:
        written = written_address(f"https://a.example/{text}")
    except Malformed:
        return
    assert written.isascii() and not any(sign <= " " for sign in written)


def test_the_last_answer_counts():
    lines = [
        b"HTTP/1.1 103 Early Hints\r\n",
        b"Link: </style.css>\r\n",
        b"\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b'ETag:  "\xe9" \r\n',
        b"Vary: a\r\n",
        b"vary: b\r\n",
        b"nonsense\r\n",
        b"\r\n",
    ]
    assert as_headers(lines) == {"etag": '"é"', "vary": "a, b"}
