"""The four kinds of server on the user's own machine: Ollama, LM Studio, llama.cpp, vLLM."""

from typing import Any

from tests.simulator.chat import Voice
from tests.simulator.faults import Scenario
from tests.simulator.provider import Provider, RefusalError, Reply, counted, overflow, tokens_in
from tests.simulator.record import Exchange
from tests.simulator.scripts import Script


class LocalServer(Provider):
    """What the four share: no key, usage when asked, OpenAI's error shape."""

    needs_key = False
    model = "gemma3:27b"
    context = 8192
    type_names = {400: "invalid_request_error", 404: "not_found_error"}
    is_empty = False

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """`{"error":{"message","type","param","code"}}`."""
        kind = self.type_names.get(status, "api_error")
        error = {"message": message, "type": kind, "param": None, "code": code or None}
        return Reply(status, {"error": {**error, **extra}})

    def check_credit(self, key: str) -> None:
        """Nothing is charged."""

    def check_model(self, model: str) -> None:
        """Only what is loaded answers."""
        if model != self.model:
            raise RefusalError(404, f'model "{model}" not found, try pulling it first')

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """Usage only with include_usage."""
        self.count += 1
        asked = bool((exchange.json.get("stream_options") or {}).get("include_usage"))
        return Voice(
            f"chatcmpl-{self.count}",
            model,
            asks_usage=asked or not exchange.json.get("stream"),
            usage=counted(script),
            error_code="api_error",
        )

    def row(self) -> dict[str, Any]:
        """The one model of the list."""
        return {"id": self.model, "object": "model", "created": 1771000000, "owned_by": "library"}

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """The list of models; `null` when there is none, as Go writes it."""
        if exchange.method == "GET" and route == "/models":
            return Reply(200, {"object": "list", "data": None if self.is_empty else [self.row()]})
        return super().get(exchange, route, key)


class Ollama(LocalServer):
    """Refuses null content and pictures by address; cuts what is too long without a word; ids
    repeat."""

    prefix = "/ollama/v1"
    shows = True
    modelfile = 'temperature 1\nnum_ctx 8192\nstop "<end_of_turn>"'

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """What Ollama refuses, and what it silently truncates."""
        for turn in body.get("messages", []):
            content = turn.get("content")
            if content is None and not turn.get("tool_calls"):
                raise RefusalError(400, "invalid message content type: <nil>")
            for part in content if isinstance(content, list) else []:
                url = (part.get("image_url") or {}).get("url", "data:")
                if not url.startswith("data:"):
                    raise RefusalError(400, "invalid image input")
        exchange.notes["truncated"] = tokens_in(body) > self.context

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """The same id again and again."""
        voice = super().voice(exchange, model, script, scenario)
        voice.id = "chatcmpl-42"
        voice.top = {"system_fingerprint": "fp_ollama"}
        return voice

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """Its own list of models besides the common one."""
        if route == "/api/tags":
            details = {"family": "gemma3", "parameter_size": "27B"}
            models = [{"name": self.model, "model": self.model, "size": 17, "details": details}]
            return Reply(200, {"models": [] if self.is_empty else models})
        if route == "/api/show" and exchange.method == "POST" and self.shows:
            if exchange.json.get("model") != self.model:
                raise RefusalError(404, "model not found")
            details = {"gemma3.context_length": 131072, "general.architecture": "gemma3"}
            shown = {"model_info": details, "parameters": self.modelfile}
            return Reply(200, {**shown, "capabilities": ["completion", "vision", "tools"]})
        return super().get(exchange, route, key)


class LmStudio(LocalServer):
    """Names context and abilities only in its own list."""

    prefix = "/lmstudio/v1"
    model = "google/gemma-3-27b"

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """Its own list of models besides the common one."""
        if route == "/api/v1/models":
            loaded = [{"id": self.model, "config": {"context_length": self.context}}]
            model = {
                "type": "llm",
                "key": self.model,
                "display_name": "Gemma 3 27B",
                "max_context_length": 131072,
                "loaded_instances": loaded,
                "capabilities": {
                    "vision": True,
                    "trained_for_tool_use": False,
                    "reasoning": {"allowed_options": ["off", "on"], "default": "off"},
                },
            }
            return Reply(200, {"models": [model]})
        return super().get(exchange, route, key)


class LlamaCpp(LocalServer):
    """Pings with comments, times every answer, says its real context in /props; takes any model
    name."""

    prefix = "/llamacpp/v1"
    model = "/models/gemma-3-27b.gguf"
    type_names = {
        400: "invalid_request_error",
        401: "authentication_error",
        503: "unavailable_error",
    }

    def check_model(self, model: str) -> None:
        """There is one model, whatever it is called."""

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """The code is the status as a number."""
        reply = super().refuse(status, message, code, **extra)
        reply.body["error"]["code"] = status
        if code:
            reply.body["error"]["type"] = code
        return reply

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """More than n_ctx is an error."""
        asked = tokens_in(body)
        if asked > self.context:
            message = (
                f"the request exceeds the available context size ({asked} > {self.context} tokens)"
            )
            raise RefusalError(400, message, "exceed_context_size_error")

    def voice(self, exchange: Exchange, model: str, script: Script, scenario: Scenario) -> Voice:
        """A comment ping first, timings last."""
        voice = super().voice(exchange, model, script, scenario)
        voice.opening_comment = "ping"
        timings = {"prompt_n": script.input_tokens, "predicted_n": script.output_tokens}
        voice.final = {"timings": {**timings, "predicted_per_second": 41.5}}
        return voice

    def row(self) -> dict[str, Any]:
        """The one model with its metadata."""
        return {**super().row(), "owned_by": "llamacpp", "meta": {"n_ctx_train": 131072}}

    def get(self, exchange: Exchange, route: str, key: str) -> Reply:
        """The real context and the health page."""
        if route == "/props":
            settings = {"n_ctx": self.context}
            return Reply(200, {"default_generation_settings": settings, "total_slots": 1})
        if route == "/health":
            return Reply(200, {"status": "ok"})
        return super().get(exchange, route, key)


class Vllm(LocalServer):
    """Ignores fields it does not know; the code of an error is a number."""

    prefix = "/vllm/v1"
    model = "google/gemma-3-27b-it"
    type_names = {400: "BadRequestError", 404: "NotFoundError"}

    def refuse(self, status: int, message: str, code: str = "", **extra: Any) -> Reply:
        """The code is the status as a number."""
        reply = super().refuse(status, message, code, **extra)
        reply.body["error"]["code"] = status
        return reply

    def check_body(self, exchange: Exchange, body: dict[str, Any], model: str) -> None:
        """More than max_model_len is an error."""
        asked = tokens_in(body)
        if asked > self.context:
            raise RefusalError(400, overflow(asked, self.context), "context_length_exceeded")

    def row(self) -> dict[str, Any]:
        """The one model with its length."""
        more = {"owned_by": "vllm", "root": self.model, "parent": None, "permission": []}
        return {**super().row(), **more, "max_model_len": self.context}
