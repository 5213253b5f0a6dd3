"""Any server that speaks the OpenAI chat-completions protocol: vLLM, Ollama, llama.cpp, `transformers serve`."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tutorbot.errors import ModelError, WriterBusyError
from tutorbot.models.streaming import until_stop
from tutorbot.ports import Turn, WritingJob

if TYPE_CHECKING:
    import httpx

_BUSY = (429, 502, 503, 504)
_PAUSES = (0.5, 1.0, 2.0)
_LONGEST_PAUSE = 5.0
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 60.0
# The protocol allows no more; the others are still found on this side.
_MAX_STOPS = 4
_LATER = "Try again in a moment, or set TUTORBOT_WRITER=openvino to use the embedded model."
_CHECK_SETTING = "Check TUTORBOT_WRITER, written http://HOST:PORT/v1#MODEL."


class OpenAiWriter:
    """A `Writer` (see `tutorbot.ports`) that asks a remote server. Repetition penalties and top-k, which the
    protocol does not have, are left to the server.

    Args:
        url: the base URL, for example "http://localhost:11434/v1".
        model: the model's name on that server.
        key: sent as a bearer token, unless empty.
        pause: how to wait before the next try; tests put their own in.

    Raises:
        ModelError: the URL is none.
    """

    def __init__(self, url: str, model: str, key: str = "", pause: Callable[[float], None] = time.sleep) -> None:
        self.model = model
        self._url, self._key, self._pause = url.rstrip("/"), key, pause
        try:
            parts = urlsplit(self._url)
        except ValueError as error:
            raise ModelError(f"The writer's URL cannot be used: {error}.", _CHECK_SETTING) from error
        self._host, self._path = parts.netloc.rpartition("@")[2], parts.path or "/"
        self._connecting = threading.Lock()
        self._client: httpx.Client | None = None

    @classmethod
    def at(cls, setting: str, key: str) -> OpenAiWriter:
        """From the setting http(s)://HOST/v1#MODEL.

        Raises:
            ModelError: the model's name is missing.
        """
        url, _, model = setting.partition("#")
        if not model:
            raise ModelError("The writer's URL does not name a model.", _CHECK_SETTING)
        return cls(url, model, key)

    @property
    def name(self) -> str:
        """Model and host, for people."""
        return f"{self.model} at {self._host}"

    def warm_up(self) -> None:
        """Nothing to load: the server is asked when there is something to write."""

    def write(self, job: WritingJob) -> Iterator[str]:
        """Yield the text in pieces as they are made. Closing the iterator closes the connection.

        Raises:
            ModelError: the server cannot be reached, refuses the key, does not know the model or breaks off.
            WriterBusyError: it is still busy after four tries, or does not answer in time.
        """
        return until_stop(self._pieces(job), job.stop, job.seconds)

    def models(self, timeout: float) -> list[str]:
        """Names of the models that the server offers; `timeout` in seconds.

        Raises:
            ModelError: see `write`.
        """
        with self._clear_errors():
            response = self._connected().get(f"{self._url}/models", timeout=timeout)
        if response.status_code != 200:
            raise self._refusal(response.status_code, _message_in(response.text))
        try:
            return [str(model["id"]) for model in response.json()["data"]]
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{self._host} does not list its models as OpenAI does.", _CHECK_SETTING) from error

    def close(self) -> None:
        """Close the connections."""
        with self._connecting:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _connected(self) -> httpx.Client:
        import httpx

        with self._connecting:
            if self._client is None:
                headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
                timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
                self._client = httpx.Client(headers=headers, timeout=timeout)
            return self._client

    def _pieces(self, job: WritingJob) -> Generator[str, None, None]:
        with self._clear_errors():
            for pause in (*_PAUSES, None):
                with self._connected().stream("POST", f"{self._url}/chat/completions", json=self._body(job)) as response:
                    if response.status_code not in _BUSY:
                        yield from self._read(response)
                        return
                    wait = _asked_pause(response.headers.get("Retry-After"), pause)
                if wait is not None:
                    self._pause(wait)
            raise WriterBusyError(f"The model server {self._host} is busy (status {response.status_code}).", _LATER)

    def _body(self, job: WritingJob) -> dict[str, Any]:
        messages = [{"role": turn.role, "content": turn.text.encode("utf-8", "replace").decode()} for turn in _in_words(job)]
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "max_tokens": job.max_new_tokens,
            "temperature": job.temperature,
            "top_p": job.top_p,
            "seed": job.seed,
            "stream": True,
        }
        return body | ({"stop": list(job.stop[:_MAX_STOPS])} if job.stop else {})

    def _read(self, response: httpx.Response) -> Iterator[str]:
        if response.status_code != 200:
            response.read()
            raise self._refusal(response.status_code, _message_in(response.text))
        for line in response.iter_lines():
            if not line.startswith("data:"):
                continue
            data = line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            if piece := self._piece(data):
                yield piece

    def _piece(self, data: str) -> str:
        try:
            event = json.loads(data)
            if error := event.get("error"):
                raise ModelError(f"The model server {self._host} broke off: {_message_in(json.dumps(error))}", _LATER)
            choices = event["choices"]
            return str(choices[0]["delta"].get("content") or "") if choices else ""
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"The model server {self._host} sent something that is not the OpenAI protocol: {data[:80]}", _CHECK_SETTING
            ) from error

    def _refusal(self, status: int, message: str) -> ModelError:
        if status in (401, 403):
            return ModelError(f"The model server {self._host} refuses the key: {message}", "Set TUTORBOT_WRITER_KEY.")
        if status == 404:
            return ModelError(
                f"The model server {self._host} has no model `{self.model}` at {self._path}: {message}", _CHECK_SETTING
            )
        return ModelError(f"The model server {self._host} refuses the job (status {status}): {message}", _CHECK_SETTING)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        import httpx

        try:
            yield
        except httpx.ConnectError as error:
            raise ModelError(
                f"The model server {self._host} cannot be reached: {error}.",
                f"Start it, or check its address. {_CHECK_SETTING}",
            ) from error
        except httpx.TimeoutException as error:
            raise WriterBusyError(f"The model server {self._host} did not answer in time.", _LATER) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ModelError(f"The writer's URL cannot be used: {error}.", _CHECK_SETTING) from error
        except httpx.HTTPError as error:
            raise ModelError(f"The model server {self._host} broke off: {error}.", _LATER) from error


def _in_words(job: WritingJob) -> tuple[Turn, ...]:
    """The turns; the protocol has no way to begin a reply, so the server is asked for it."""
    if not job.begun:
        return job.turns
    last = f"{job.turns[-1].text}\n\nGo on from where this text stops, and write only what comes next:\n{job.begun}"
    return (*job.turns[:-1], Turn("user", last))


def _asked_pause(retry_after: str | None, planned: float | None) -> float | None:
    """The pause that the server asks for, within reason; None where no try is left."""
    if planned is None or retry_after is None or not retry_after.isdecimal():
        return planned
    return min(float(retry_after), _LONGEST_PAUSE)


def _message_in(text: str) -> str:
    """The message of an error body such as {"error": {"message": ...}}, else its beginning."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return text.strip()[:200] or "no reason given"
    while isinstance(found, dict):
        found = found.get("error") or found.get("message") or found.get("detail") or str(found)
    return str(found)[:200]
