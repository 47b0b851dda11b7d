"""A vocabulary of pieces of words, shared by both languages."""

import io
from collections.abc import Sequence

import sentencepiece

UNKNOWN, BEGIN, END = range(3)
# Every character that may stand in Markdown of ours.
ASCII = "".join(chr(code) for code in range(33, 127))
# A piece each: what is one thing is carried over as one.
SENTINELS = [f"⟦{number}⟧" for number in range(1, 13)]


def learn(lines: Sequence[str], size: int) -> bytes:
    """Learn a vocabulary; give the file of it.

    From memory to memory: a file's name would stand in it.
    """
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=written,
        vocab_size=size,
        model_type="unigram",
        character_coverage=1.0,
        hard_vocab_limit=False,
        split_digits=True,
        required_chars=ASCII,
        user_defined_symbols=SENTINELS,
        # The usual rules for normalising would fill a quarter of a megabyte.
        normalization_rule_name="identity",
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        pad_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    return written.getvalue()


def load(model: bytes) -> sentencepiece.SentencePieceProcessor:
    """Load a vocabulary."""
    return sentencepiece.SentencePieceProcessor(model_proto=model)
