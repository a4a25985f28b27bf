import pytest

from app.core.models.model import Model
from app.providers.catalogue.local_servers import PROGRAMS, with_facts

BODIES = {
    "Ollama": {"models": [{"name": "gemma3:27b", "model": "gemma3:27b", "size": 1}]},
    "LM Studio": {
        "models": [
            {
                "type": "llm",
                "key": "google/gemma-3-27b",
                "max_context_length": 131072,
                "loaded_instances": [{"config": {"context_length": 8192}}],
                "capabilities": {"vision": True},
            },
            {"type": "llm", "key": "small", "max_context_length": 4096, "loaded_instances": []},
        ]
    },
    "llama.cpp": {"default_generation_settings": {"n_ctx": 4096}, "modalities": {"vision": True}},
    "vLLM": {"data": [{"id": "google/gemma-3-27b-it", "owned_by": "vllm", "max_model_len": 8192}]},
}
FACTS = {
    "Ollama": {"gemma3:27b": (None, None)},
    "LM Studio": {"google/gemma-3-27b": (8192, True), "small": (4096, None)},
    "llama.cpp": {"*": (4096, True)},
    "vLLM": {"google/gemma-3-27b-it": (8192, None)},
}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_is_told_by_its_own_page(program):
    assert program.read(BODIES[program.name]) == FACTS[program.name]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
@pytest.mark.parametrize("body", [None, [], "x", {}, {"models": "x"}, {"data": [1]}, {"data": {}}])
def test_what_is_not_its_page_is_not_believed(program, body):
    assert program.read(body) in (None, {})


@pytest.mark.parametrize("name", BODIES)
def test_no_program_takes_the_page_of_another(name):
    readers = [p.name for p in PROGRAMS if p.read(BODIES[name])]
    assert readers == [name]


def test_facts_go_to_their_models():
    models = [Model("c", "a", "a", context=10), Model("c", "b", "b", inputs=("text", "image"))]
    told = with_facts(models, {"a": (4096, True)})
    assert [(m.context, m.inputs) for m in told] == [
        (4096, ("text", "image")),
        (None, ("text", "image")),
    ]
    assert [m.context for m in with_facts(models, {"*": (8, None)})] == [8, 8]


def test_nonsense_is_unknown():
    bad = {"models": [{"key": "x", "max_context_length": -5, "capabilities": {"vision": "yes"}}]}
    assert PROGRAMS[1].read(bad) == {"x": (None, None)}
