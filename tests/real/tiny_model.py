"""Makes a tiny model with random weights for llama.cpp: a few kilobytes of nonsense that answers.

Runs in an environment of its own that has `gguf` and `numpy`: `python tiny_model.py OUT.gguf`.
"""

import sys

import gguf
import numpy as np

LAYERS, WIDTH, HEADS, INNER, CONTEXT = 2, 64, 4, 128, 512
TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}\n{% endfor %}"
    "<|assistant|>"
)


def words() -> list[tuple[bytes, float, int]]:
    """The vocabulary: three marks, every byte, and a word for each letter and each pair of them."""
    found = [
        (b"<unk>", 0.0, gguf.TokenType.UNKNOWN),
        (b"<s>", 0.0, gguf.TokenType.CONTROL),
        (b"</s>", 0.0, gguf.TokenType.CONTROL),
    ]
    found += [(f"<0x{byte:02X}>".encode(), 0.0, gguf.TokenType.BYTE) for byte in range(256)]
    letters = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?"
    texts = [*letters, *(a + b for a in letters[:27] for b in letters[:27])]
    found += [
        (text.replace(" ", "\u2581").encode(), -float(place), gguf.TokenType.NORMAL)
        for place, text in enumerate(texts)
    ]
    return found


def write(path: str) -> None:
    """Writes the model file."""
    dice = np.random.default_rng(7)
    vocabulary = words()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(vocabulary))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text for text, _, _ in vocabulary])
    writer.add_token_scores([score for _, score, _ in vocabulary])
    writer.add_token_types([kind for _, _, kind in vocabulary])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_chat_template(TEMPLATE)

    def tensor(name: str, *shape: int, ones: bool = False) -> None:
        made = np.ones(shape) if ones else dice.normal(0, 0.2, shape)
        writer.add_tensor(name, made.astype(np.float32))

    tensor("token_embd.weight", len(vocabulary), WIDTH)
    tensor("output_norm.weight", WIDTH, ones=True)
    tensor("output.weight", len(vocabulary), WIDTH)
    for layer in range(LAYERS):
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            tensor(f"blk.{layer}.{name}.weight", WIDTH, WIDTH)
        for name in ("ffn_gate", "ffn_up"):
            tensor(f"blk.{layer}.{name}.weight", INNER, WIDTH)
        tensor(f"blk.{layer}.ffn_down.weight", WIDTH, INNER)
        for name in ("attn_norm", "ffn_norm"):
            tensor(f"blk.{layer}.{name}.weight", WIDTH, ones=True)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    write(sys.argv[1])
