"""What somebody sends as a file is gone with the answer, also where it was refused."""

import pytest
from flask import request

TABLE = "/-/translating/town/ur/word-table/"
LARGE = b"x" * 2_000_000


@pytest.fixture
def streams(app):
    """Where the files of the last request lie, as its answer goes out."""
    seen = []

    def look(answer):
        seen.append([(each, each.closed) for each in request.uploads])
        return answer

    app.after_request(look)
    return seen


@pytest.fixture
def translator(signed_in_as, cast, pack, streams):
    return signed_in_as(cast.translator_ur)


def part(name, content, file=""):
    named = f'; filename="{file}"' if file else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def send(client, *parts):
    """Send the parts in this order, as a browser would."""
    whole = b"".join(parts) + b"--x--\r\n"
    return client.post(
        TABLE, data=whole, content_type="multipart/form-data; boundary=x"
    )


def test_a_large_file_is_closed_with_the_answer(translator, streams):
    answer = send(translator, part("file", LARGE, "a.docx"))
    assert answer.status_code == 422
    [[(stream, was_closed)]] = streams
    assert not was_closed, "the view could read it"
    assert stream.closed


def test_it_is_closed_where_the_form_is_refused_half_read(translator, streams):
    note = part("note", b"y" * 1_100_000)
    answer = send(translator, part("file", LARGE, "a.docx"), note)
    assert answer.status_code == 413
    [[(stream, _was_closed)]] = streams
    assert stream.closed


def test_several_files_are_closed_though_one_is_asked_for(translator, streams):
    names = ("file", "file", "other")
    send(translator, *(part(name, LARGE, "a.docx") for name in names))
    assert [stream.closed for stream, _ in streams[0]] == [True] * 3


def test_a_request_without_a_form_has_none(translator, streams):
    assert translator.get(TABLE).status_code == 200
    assert streams == [[]]
