"""The line to the server: down, slow, cut, endless, elsewhere, trusted or not."""

import socket
import ssl
import threading
import time

import pytest
import trustme

from tests.translation.machine.libretranslate.servers import Said, Stub, serving
from welcome.translation.errors import EngineAway, EngineFailed
from welcome.translation.machine.libretranslate import talking


def ask(address, seconds=2.0):
    return talking.ask(address, "/translate", {"q": ["A."]}, seconds=seconds)


def test_a_server_that_is_down(server):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(EngineAway) as away:
        ask(address)
    assert away.value.params["address"] == address
    assert "refused" in away.value.params["reason"]


def test_a_name_nobody_has():
    with pytest.raises(EngineAway):
        ask("http://nobody.invalid:5000")


def test_a_server_that_says_nothing(server):
    server.always = Said(raw=lambda _handler: time.sleep(3))
    started = time.monotonic()
    with pytest.raises(EngineAway) as away:
        ask(server.address, 0.4)
    assert time.monotonic() - started < 1.5
    assert away.value.params["reason"] == "no answer within 0.4 seconds"


def drip(head):
    """Say something every now and then, for ever."""

    def dripping(handler):
        handler.wfile.write(head)
        for _ in range(200):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    return dripping


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n",
    ],
    ids=["head", "body", "body without length"],
)
def test_a_server_that_drips_has_no_more_time(server, head):
    server.always = Said(raw=drip(head))
    started = time.monotonic()
    with pytest.raises(EngineAway) as away:
        ask(server.address, 0.5)
    assert time.monotonic() - started < 2
    assert away.value.params["reason"] == "no answer within 0.5 seconds"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"no HTTP at all\r\n\r\n",
        b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"translatedText": ["A',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
    ],
    ids=[
        "at once",
        "in the head",
        "after it",
        "no server",
        "in the body",
        "in a chunk",
    ],
)
def test_a_line_that_is_cut(server, content):
    server.always = Said(raw=lambda handler: handler.wfile.write(content))
    with pytest.raises(EngineAway):
        ask(server.address)


def test_an_answer_without_end(server):
    sent = []

    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            handler.wfile.write(b"x" * 100_000)
            sent.append(100_000)

    server.always = Said(raw=endless)
    with pytest.raises(EngineFailed) as failed:
        ask(server.address, 10)
    assert "longer than 2000000 bytes" in failed.value.params["reason"]
    assert sum(sent) < 20_000_000


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_is_sent_elsewhere(server, status):
    with serving(Stub()) as other:
        place = f"{other.address}/translate"
        server.always = Said(b"Redirect...", status, {"Location": place})
        with pytest.raises(EngineFailed) as failed:
            ask(server.address)
        assert place in failed.value.params["reason"]
        assert other.paths == []


def test_no_proxy_of_the_environment_is_asked(server, monkeypatch):
    with serving(Stub()) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        assert ask(server.address).status == 200
        assert proxy.paths == []


@pytest.mark.parametrize("status", [408, 502, 503, 504])
def test_whoever_stands_in_front_may_say_that_it_is_away(server, status):
    server.always = Said(b"<h1>Bad\nGateway</h1>", status)
    with pytest.raises(EngineAway) as away:
        ask(server.address)
    assert away.value.params["reason"] == f"{status}: <h1>Bad Gateway</h1>"


def test_what_a_server_says_is_shown_short(server):
    server.always = Said({"error": "x" * 5000}, 400)
    assert len(ask(server.address).said) == 200
    server.always = Said({"error": ["no text"]}, 400)
    assert ask(server.address).said == '{"error": ["no text"]}'


def test_the_address_may_have_a_path(server):
    ask(f"{server.address}/lt/")
    assert server.paths == ["/lt/translate"]


@pytest.fixture
def secure():
    """A server that speaks TLS with a certificate of our own authority."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def serve(listener):
        for _ in range(2):
            try:
                with context.wrap_socket(
                    listener.accept()[0], server_side=True
                ) as line:
                    line.recv(5000)
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                    time.sleep(0.1)
            except OSError:
                continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", authority


def test_a_stranger_is_not_trusted(secure, tmp_path, monkeypatch):
    address, authority = secure
    with pytest.raises(EngineAway) as away:
        ask(address)
    assert "certificate" in away.value.params["reason"].lower()
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert ask(address).read() == {}
