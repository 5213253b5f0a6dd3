from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tutorbot.errors import ModelError, WriterBusyError
from tutorbot.models.openai_writer import OpenAiWriter
from tutorbot.ports import Turn, WritingJob

JOB = WritingJob((Turn("system", "You are a tutor."), Turn("user", "hi \ud800")), max_new_tokens=7, stop=("END",))


class FakeServer(ThreadingHTTPServer):
    """Answers with the queued (status, headers, body) and notes what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FakeHandler)
        self.replies: list[tuple[int, dict[str, str], str]] = []
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class FakeHandler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, "key": self.headers.get("Authorization"), "body": body})
        self._reply()

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path})
        self._reply()

    def _reply(self) -> None:
        status, headers, body = self.server.replies.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


def events(*texts: str) -> str:
    chunks = [{"choices": [{"delta": {"role": "assistant"}}]}, *({"choices": [{"delta": {"content": t}}]} for t in texts)]
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in [*chunks, {"choices": [], "usage": {}}]]
    return ": keep-alive\n\n" + "".join(lines) + "data: [DONE]\n\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = FakeServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def writer(server: FakeServer, pauses: list[float]) -> Iterator[OpenAiWriter]:
    writer = OpenAiWriter(server.url, "small", "secret", pauses.append)
    yield writer
    writer.close()


def test_streams_what_the_server_sends(writer: OpenAiWriter, server: FakeServer) -> None:
    server.replies.append((200, {}, events("Hel", "lo ", "日本")))
    assert list(writer.write(JOB)) == ["Hel", "lo ", "日本"]
    assert server.asked[0]["path"] == "/v1/chat/completions"
    assert server.asked[0]["key"] == "Bearer secret"
    assert server.asked[0]["body"] == {
        "model": "small",
        "messages": [{"role": "system", "content": "You are a tutor."}, {"role": "user", "content": "hi ?"}],
        "max_tokens": 7,
        "temperature": 0.0,
        "top_p": 1.0,
        "seed": 0,
        "stream": True,
        "stop": ["END"],
    }


def test_a_begun_reply_is_asked_for_in_words(writer: OpenAiWriter, server: FakeServer) -> None:
    server.replies = [(200, {}, events("there was a robot."))]
    assert "".join(writer.write(WritingJob((Turn("user", "Continue."),), begun="Once"))) == "there was a robot."
    assert server.asked[0]["body"]["messages"] == [
        {
            "role": "user",
            "content": "Continue.\n\nGo on from where this text stops, and write only what comes next:\nOnce",
        }
    ]


def test_a_server_that_does_not_heed_stop_texts(writer: OpenAiWriter, server: FakeServer) -> None:
    server.replies.append((200, {}, events("one EN", "D two")))
    assert "".join(writer.write(JOB)) == "one "


def test_closing_early(writer: OpenAiWriter, server: FakeServer) -> None:
    server.replies += [(200, {}, events("a", "b")), (200, {}, events("c"))]
    pieces = writer.write(JOB)
    assert next(pieces) == "a"
    pieces.close()
    assert list(writer.write(JOB)) == ["c"]


def test_a_busy_server_is_asked_again(writer: OpenAiWriter, server: FakeServer, pauses: list[float]) -> None:
    server.replies += [(429, {"Retry-After": "2"}, ""), (503, {}, ""), (200, {}, events("done"))]
    assert list(writer.write(JOB)) == ["done"]
    assert pauses == [2.0, 1.0]


def test_a_server_that_stays_busy(writer: OpenAiWriter, server: FakeServer, pauses: list[float]) -> None:
    server.replies += [(429, {"Retry-After": "3600"}, "")] * 4
    with pytest.raises(WriterBusyError, match="is busy") as caught:
        list(writer.write(JOB))
    assert "Try again" in caught.value.fix
    assert pauses == [5.0, 5.0, 5.0]
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("status", "body", "what", "fix"),
    [
        (401, '{"error": {"message": "bad key"}}', "refuses the key: bad key", "TUTORBOT_WRITER_KEY"),
        (404, '{"error": "model not found"}', "has no model `small` at /v1: model not found", "TUTORBOT_WRITER"),
        (400, '{"detail": "too long"}', "(status 400): too long", "TUTORBOT_WRITER"),
        (500, "<html>oops</html>", "(status 500): <html>oops</html>", "TUTORBOT_WRITER"),
        (500, "", "no reason given", "TUTORBOT_WRITER"),
    ],
)
def test_refusals(writer: OpenAiWriter, server: FakeServer, status: int, body: str, what: str, fix: str) -> None:
    server.replies.append((status, {}, body))
    with pytest.raises(ModelError) as caught:
        list(writer.write(JOB))
    assert what in caught.value.what
    assert fix in caught.value.fix
    assert not isinstance(caught.value, WriterBusyError)


@pytest.mark.parametrize("data", ["nonsense", "[]", "3", '{"choices": [{}]}', '{"choices": 3}'])
def test_something_that_is_not_the_protocol(writer: OpenAiWriter, server: FakeServer, data: str) -> None:
    server.replies.append((200, {}, f"data: {data}\n\n"))
    with pytest.raises(ModelError, match="not the OpenAI protocol"):
        list(writer.write(JOB))


def test_an_error_in_the_middle_of_the_stream(writer: OpenAiWriter, server: FakeServer) -> None:
    body = events("so far").replace("data: [DONE]", 'data: {"error": {"message": "out of memory"}}')
    server.replies.append((200, {}, body))
    with pytest.raises(ModelError, match="broke off: out of memory"):
        list(writer.write(JOB))


def test_a_connection_that_breaks_off(writer: OpenAiWriter, server: FakeServer) -> None:
    server.replies.append((200, {"Content-Length": "5000"}, events("so far")[:-20]))
    with pytest.raises(ModelError, match="broke off"):
        list(writer.write(JOB))


def test_nobody_listens(server: FakeServer) -> None:
    server.server_close()
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        list(OpenAiWriter(server.url, "small").write(JOB))
    assert "TUTORBOT_WRITER" in caught.value.fix


@pytest.mark.parametrize("url", ["http://[bad/v1", "http:///v1", "http://host:port/v1"])
def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises(ModelError, match="cannot be used"):
        list(OpenAiWriter.at(f"{url}#small", "").write(JOB))


def test_the_setting_names_url_and_model() -> None:
    writer = OpenAiWriter.at("http://user:password@host:8000/v1#org/model", "")
    assert writer.name == "org/model at host:8000"
    with pytest.raises(ModelError, match="does not name a model"):
        OpenAiWriter.at("http://host/v1", "")


def test_lists_the_models(writer: OpenAiWriter, server: FakeServer) -> None:
    server.replies += [(200, {}, '{"data": [{"id": "small"}, {"id": "large"}]}'), (200, {}, "[]"), (401, {}, "no")]
    assert writer.models(5) == ["small", "large"]
    with pytest.raises(ModelError, match="does not list"):
        writer.models(5)
    with pytest.raises(ModelError, match="refuses the key"):
        writer.models(5)
