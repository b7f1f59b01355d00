"""What browsers may run: nothing written into a page, but what Wagtail wakes itself with."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.policies import RoomsPolicy

PANEL = '\n  (function() {\n    var panel = new InlinePanel(JSON.parse("%s"));\n  })();\n'
LET = [
    'initDateTimeChooser("id_go_live_at", {"format": "Y-m-d H:i"});',
    'new Chooser("id_author", {"modalUrl": "/admin/members/"});',
    'new PageChooser("id_links-0-page", {"modelNames": ["wagtailcore.page"]});',
    PANEL % r"{\u0022formsetPrefix\u0022: \u0022id_entries\u0022}",
]
REFUSED = [
    "alert(1)",
    'initDateChooser("id_day", {"format": alert(1)});',
    'initDateChooser("id_day", {}); alert(1)',
    'new PageChooser("id_page", {"a": 1});</script><script>alert(1)',
    'new Function("id_page", {});',
    PANEL % '"+alert(1)+"',
    PANEL % r"\"+alert(1)+\"",
]


def served(path: str, script: str) -> HttpResponse:
    body = f"<html><script>{script}</script></html>"
    answer = HttpResponse(body, headers={"Content-Length": str(len(body))})
    return RoomsPolicy(lambda _request: answer)(RequestFactory().get(path))


def policy_of(answer: HttpResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split("; ")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("script", LET)
def test_what_wagtail_writes_into_the_admin_runs(script):
    answer = served("/admin/pages/1/edit/", script)
    [nonce] = re.findall(r'<script nonce="([^"]+)">', answer.text)
    assert policy_of(answer)["script-src"] == ["'self'", f"'nonce-{nonce}'"]
    assert int(answer["Content-Length"]) == len(answer.content)


@pytest.mark.parametrize("script", REFUSED)
def test_what_only_looks_like_it_does_not(script):
    answer = served("/admin/pages/1/edit/", script)
    run = re.findall(r"<script nonce[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    assert not any("alert" in one or "Function" in one for one in run)


def test_nothing_of_the_kind_runs_elsewhere():
    answer = served("/fr/", LET[0])
    assert "nonce" not in answer.text
    assert policy_of(answer)["script-src"] == policy_of(answer)["style-src"] == ["'self'"]
    assert "style-src-elem" not in policy_of(answer)
