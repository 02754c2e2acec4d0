"""The examiner itself: a good page passes, and each fault is found and named."""

from __future__ import annotations

import pytest

from tests.examiner import examine

GOOD = """<!doctype html>
<html lang="zh-Hans"><head><title>我的事</title><script src="/a.js" defer></script></head>
<body><main><h1>我的事</h1>
<form method="post" hx-post="/needs"><label for="text">说说是什么事</label><textarea id="text" name="text"></textarea>
<label>电话 <input name="phone"></label><input type="hidden" name="key"><button>告诉社区</button></form>
<svg><title>图</title></svg><img src="/p.webp" alt=""><p id="hint">{0}</p></main></body></html>"""


def test_a_good_page_passes_the_examination() -> None:
    assert examine(GOOD.replace("{0}", "您好")) == []


@pytest.mark.parametrize(
    ("said", "instead_of", "fault"),
    [
        ("<h2>", "<h1>", "0 <h1>"),
        ("<h1>二</h1><h1>", "<h1>", "2 <h1>"),
        ("<title></title>", "<title>我的事</title>", "one <title>"),
        ("<html>", '<html lang="zh-Hans">', "lang"),
        ("<div>", "<main>", "0 <main>"),
        ('<label for="other">', '<label for="text">', "has no label"),
        ('<input name="loose">', "{0}", "has no label"),
        ('<p id="text"></p>', "{0}", 'id="text" stands 2 times'),
        ('<p aria-describedby="nobody"></p>', "{0}", "names an id that the page lacks"),
        ('<p style="color:red"></p>', "{0}", "inline style"),
        ('<p onclick="go()"></p>', "{0}", "inline handlers"),
        ('<p hx-on:click="go()"></p>', "{0}", "inline handlers"),
        ("<script>go()</script>", "{0}", "without src"),
        ('<a href="javascript:go()">x</a>', "{0}", "javascript:"),
        ('<button hx-post="/needs">x</button>', "{0}", "sits in no <form>"),
        ('<img src="/q.webp">', "{0}", "needs alt"),
        ("None", "{0}", "meant for the program"),
        ("%(name)s 您好", "{0}", "meant for the program"),
    ],
)
def test_the_examiner_names_each_fault(said: str, instead_of: str, fault: str) -> None:
    faults = examine(GOOD.replace(instead_of, said, 1))
    assert any(fault in one for one in faults), faults


def test_a_fragment_needs_no_title_but_its_fields_need_labels() -> None:
    assert examine('<section id="one"><p aria-describedby="elsewhere">x</p></section>') == []
    assert len(examine('<section><input name="phone"></section>')) == 1
