"""
What Python makes of chat templates, tokenizers and loss masks, kept for the unit tests of the product:

    .conformance-venv/bin/python conformance/chat_fixtures.py

Run it after a change of a template in electron/engine, or of a trainer's version. Texts are rendered by transformers' `apply_chat_template`, offsets are those of `tokenizers`, masks those of the
trainers' own datasets, on the tokenizer of bytes. NeMo-RL is asked where NEMO_RL_SRC names a checkout; else what is kept of it stays.
"""

import itertools
import json
import os
import re
import sys
import tempfile
import typing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

engine = Path(__file__).parent.parent / "electron" / "engine"
templates = engine / "chat-template" / "testing"

tool = {
    "type": "function",
    "function": {
        "name": "weigh",
        "description": "Weighs “it” <b>exactly</b>.",
        "parameters": {"type": "object", "properties": {"mass": {"type": "number"}, "unit": {"type": "string"}}, "required": ["mass"]},
    },
}


def call(name: str, given: dict[str, Any]) -> dict[str, Any]:
    return {"id": "c", "type": "function", "function": {"name": name, "arguments": given}}


user = {"role": "user", "content": "How heavy is it? 日本 🙂"}
system = {"role": "system", "content": "You are exact."}
asks = {"role": "assistant", "content": "", "tool_calls": [call("weigh", {"mass": 1.0, "unit": "kg", "more": [1e-7, 1e22, 0.1, True, {}]})]}
outcome = {"role": "tool", "tool_call_id": "c", "name": "weigh", "content": '{"kg": 1.5}'}
says = {"role": "assistant", "content": "It is 1.5 kg."}
thinks = {"role": "assistant", "content": "<think>\nLet me see.\n</think>\n\nIt is 1.5 kg.\n"}
apart = {"role": "assistant", "content": "It is 1.5 kg.", "reasoning_content": "Let me see."}
twice = {"role": "assistant", "content": "Both.", "tool_calls": [call("weigh", {"mass": 2}), call("weigh", {"mass": -3.5e-05})]}

conversations: dict[str, dict[str, Any]] = {
    "single": {"messages": [user, says]},
    "system": {"messages": [system, user, says]},
    "two turns": {"messages": [system, user, thinks, user, says]},
    "thinks inline": {"messages": [user, thinks]},
    "thinks apart": {"messages": [user, apart]},
    "calls": {"messages": [system, user, asks, outcome, says], "tools": [tool]},
    "calls, no system": {"messages": [user, asks, outcome, thinks], "tools": [tool]},
    "two calls at once": {"messages": [user, twice, outcome, outcome, says], "tools": [tool]},
    "two calls in turn": {"messages": [user, asks, outcome, asks, outcome, says], "tools": [tool]},
    "ends with a call": {"messages": [user, says, user, asks], "tools": [tool]},
    "hostile": {"messages": [{"role": "user", "content": "{{ 7 * 7 }} {% raw %} <|im_end|> \u2028 \x07 ~#7.1#~"}, says]},
}


def tokenizer_with(template: str) -> Any:
    from proof import tiny

    made = tiny.tokenizer()
    made.chat_template = template
    if "bos_token" in template:
        made.bos_token = "<|endoftext|>"
    return made


def marks_generation(template: str) -> bool:
    return re.search(r"\{%-?\s*generation", template) is not None


def rendered(name: str, template: str) -> list[dict[str, Any]]:
    words = tokenizer_with(template)
    cases = []
    for title, row in conversations.items():
        for prompt in (False, True):
            given = {"messages": row["messages"], "tools": row.get("tools"), "generationPrompt": prompt}
            text = words.apply_chat_template(row["messages"], tools=row.get("tools"), add_generation_prompt=prompt, tokenize=False)
            generated = None
            if marks_generation(template) and not prompt:
                mask = words.apply_chat_template(
                    row["messages"], tools=row.get("tools"), tokenize=True, return_dict=True, return_assistant_tokens_mask=True
                )
                generated = spans(words, mask["input_ids"], mask["assistant_masks"])
            cases.append({"template": name, "conversation": title, **given, "text": text, "generated": generated})
    return cases


def spans(words: Any, ids: Any, mask: Any) -> list[str]:
    """The texts of what is in a mask, run by run."""
    ids, mask = [int(i) for i in ids], [int(m) for m in mask]
    runs = itertools.groupby(zip(ids, mask), key=lambda pair: pair[1])
    return [words.decode([i for i, _ in run]) for inside, run in runs if inside]


def trained_by_trl(words: Any, rows: list[dict[str, Any]], folder: Path) -> dict[str, list[Any]]:
    from datasets import Dataset, Features, Json, List
    from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

    from proof import tiny

    model = str(tiny.save(folder / "model"))
    plain = {"output_dir": str(folder), "use_cpu": True, "bf16": False, "report_to": "none", "max_length": None}

    def labelled(trainer: Any) -> list[list[str]]:
        return [spans(words, row["input_ids"], [label != -100 for label in row["labels"]]) for row in trainer.train_dataset]

    def data(made: list[dict[str, Any]]) -> Dataset:
        # As the loader has the exports: each message a JSON value.
        names = list(made[0])
        return Dataset.from_list(made, features=Features({name: List(Json()) for name in names}))

    def sft(made: list[dict[str, Any]], **more: Any) -> list[list[str]]:
        arguments = SFTConfig(**plain, shuffle_dataset=False, assistant_only_loss=True, **more)
        return labelled(SFTTrainer(model=model, processing_class=words, train_dataset=data(made), args=arguments))

    conversations_of = [{"messages": row["messages"], "tools": row.get("tools")} for row in rows]
    answers = [{"prompt": row["messages"][:at], "completion": row["messages"][at:], "tools": row.get("tools")} for row in rows for at in [first(row)]]
    pairs = [
        {"prompt": row["prompt"], "chosen": row["completion"], "rejected": [{"role": "assistant", "content": "No."}], "tools": row["tools"]}
        for row in answers
    ]
    dpo = DPOTrainer(model=model, processing_class=words, train_dataset=data(pairs), args=DPOConfig(**plain))
    return {
        "trl/sft": sft(conversations_of),
        "trl/sft-prompt-completion": sft(answers, completion_only_loss=True),
        "trl/dpo": [[words.decode(row["chosen_ids"]), words.decode(row["rejected_ids"])] for row in dpo.train_dataset],
    }


def first(row: dict[str, Any]) -> int:
    return next(i for i, message in enumerate(row["messages"]) if message["role"] == "assistant")


def trained_by_openrlhf(words: Any, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    from datasets import Dataset, Features, Json, List
    from openrlhf.datasets import RewardDataset, SFTDataset

    keys = {"input_key": "messages", "output_key": None, "apply_chat_template": True, "tokenizer_chat_template": None}
    keys |= {"prompt_key": "prompt_messages", "chosen_key": "chosen_messages", "rejected_key": "rejected_messages"}
    strategy = SimpleNamespace(args=SimpleNamespace(use_ms=False, data=SimpleNamespace(**keys)), print=print, is_rank_0=lambda: True)

    def data(made: list[dict[str, Any]]) -> Dataset:
        return Dataset.from_list(made, features=Features({name: List(Json()) for name in made[0]}))

    sft = SFTDataset(data([{"messages": row["messages"]} for row in rows]), words, 1 << 20, strategy, multiturn=True, num_processors=1)
    learned = []
    for ids, _, mask in (sft[i] for i in range(len(sft))):
        # The mask is of what is predicted: shifted by one.
        learned.append(spans(words, ids[0], [0, *mask[0].int().tolist()[:-1]]))
    pairs = [
        {
            "prompt_messages": row["messages"][: first(row)],
            "chosen_messages": row["messages"][first(row) :],
            "rejected_messages": [{"role": "assistant", "content": "No."}],
        }
        for row in rows
    ]
    dpo = RewardDataset(data(pairs), words, 1 << 20, strategy, is_dpo=True, num_processors=1)
    sides = [[words.decode(ids[0][start:]) for ids in (chosen, rejected)] for chosen, _, rejected, _, start in (dpo[i] for i in range(len(dpo)))]
    return {"openrlhf/sft": learned, "openrlhf/dpo": sides}


def trained_by_verl(words: Any, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    import pandas
    from verl.utils.dataset.multiturn_sft_dataset import MultiTurnSFTDataset, extract_system_prompt_and_generation

    class Given(MultiTurnSFTDataset):
        """Rows as the class beside an export makes them, without the file."""

        def _download(self) -> None:
            pass

        def _read_files_and_process(self) -> None:
            self.dataframe = pandas.DataFrame({"messages": [row["messages"] for row in rows]})
            self.messages = [row["messages"] for row in rows]
            self.tools = [row.get("tools") for row in rows]
            self.enable_thinking = None
            self.system_prompt, self.generation_prompt = extract_system_prompt_and_generation(self.tokenizer)

        def _build_messages(self, example: dict[str, Any]) -> list[Any]:
            return example["messages"]

        def sanity_check(self, *given: Any) -> None:
            try:
                super().sanity_check(*given)
            except AssertionError:
                refused.append(len(learned))

    refused: list[int] = []
    learned: list[Any] = []
    dataset = Given([], words, {"max_length": 1 << 20, "pad_mode": "no_padding"})
    for i in range(len(rows)):
        row = dataset[i]
        learned.append(spans(words, row["input_ids"], row["loss_mask"]))
    return {"verl/sft": learned, "verl/sft refused": [i in refused for i in range(len(rows))]}


def trained_by_nemo_rl(words: Any, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    import typing_extensions

    typing.TypedDict = typing_extensions.TypedDict  # type: ignore[misc]
    sys.path.insert(0, os.environ["NEMO_RL_SRC"])
    from nemo_rl.data.interfaces import TaskDataSpec
    from nemo_rl.data.llm_message_utils import add_loss_mask_to_message_log, get_formatted_message_log

    def chunks(messages: list[Any], tools: Any, **masked: Any) -> list[str]:
        spec = TaskDataSpec(task_name="t")
        log = get_formatted_message_log(messages, words, spec, add_bos_token=True, add_eos_token=True, add_generation_prompt=False, tools=tools)
        add_loss_mask_to_message_log([log], **masked)
        return [words.decode(part["token_ids"]) for part in log if int(part["token_loss_mask"].sum()) > 0]

    return {
        "nemo-rl/sft": [chunks(row["messages"], row.get("tools"), roles_to_train_on=["assistant"]) for row in rows],
        "nemo-rl/preference": [chunks(row["messages"], None, only_unmask_final=True) for row in rows],
    }


def tried(ask: Any, words: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Of one row; a template may refuse what a trainer renders of it."""
    try:
        return {target: learned[0] if learned else None for target, learned in ask(words, [row]).items()}
    except Exception as error:  # noqa: BLE001
        return {"error": f"{type(error).__name__}: {error}"[:200]}


def masks(name: str, template: str, known: dict[str, Any]) -> dict[str, Any]:
    words = tokenizer_with(template)
    kept: dict[str, Any] = {}
    for title, row in conversations.items():
        learned: dict[str, Any] = {}
        asked = [trained_by_openrlhf, trained_by_verl] + ([trained_by_nemo_rl] if "NEMO_RL_SRC" in os.environ else [])
        for ask in asked:
            learned |= tried(ask, words, row)
        if marks_generation(template):
            with tempfile.TemporaryDirectory() as folder:
                learned |= tried(lambda w, rows: trained_by_trl(w, rows, Path(folder)), words, row)
        if "NEMO_RL_SRC" not in os.environ:
            learned |= {target: value for target, value in known.get(name, {}).get(title, {}).items() if target.startswith("nemo-rl/")}
        kept[title] = learned
    return kept


def tiny_tokenizers() -> dict[str, Any]:
    """Trained here, on a few sentences: bytes as in GPT-2, and ▁ with bytes as in Llama."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    sentences = ["How heavy is it? It is 1.5 kg.", "the weight of the thing is the force", "def weigh(mass): return mass * 9.81", "日本 🙂 é"] * 50
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    level = Tokenizer(models.BPE())
    level.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    level.decoder = decoders.ByteLevel()
    level.train_from_iterator(
        sentences,
        trainers.BpeTrainer(vocab_size=360, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False),
    )
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    space = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    space.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    space.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    space.train_from_iterator(sentences, trainers.BpeTrainer(vocab_size=420, special_tokens=["<unk>", *bytes_], show_progress=False))
    space.add_special_tokens([AddedToken(name, special=True) for name in special])
    return {"bytes": level, "metaspace": space}


texts = [
    "How heavy is it? It is 1.5 kg.",
    "<|im_start|>user\nHow heavy?  Two  spaces.<|im_end|>\n<|im_start|>assistant\nIt is.<|im_end|>\n",
    "日本 🙂 é ü \u2028 \x07 unseen: ß漢",
    "{\"a\": [1, 2.5e-7], \"b\": \"the weight\"}\n\n\tdef weigh(mass):\n        return mass\n",
    "",
]


def tokenized(made: Any) -> list[dict[str, Any]]:
    cases = []
    for text in texts:
        encoded = made.encode(text, add_special_tokens=False)
        # In UTF-16 units, as JavaScript counts.
        starts = [len(text[:start].encode("utf-16-le")) // 2 for start, _ in encoded.offsets]
        cases.append({"text": text, "ids": encoded.ids, "starts": starts})
    return cases


def write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    own = (engine / "chat-template" / "chat-ml.ts").read_text().split("`")[1].replace("\\\\", "\\")
    sources = {"ChatML": own, **{path.name: path.read_text() for path in sorted(templates.glob("*.jinja"))}}
    write(templates / "python.json", [case for name, source in sources.items() for case in rendered(name, source)])
    kept = engine / "export" / "lessons" / "testing" / "trainers.json"
    known = json.loads(kept.read_text())["masks"] if kept.exists() else {}
    write(kept, {"conversations": conversations, "masks": {name: masks(name, source, known) for name, source in sources.items()}})
    folder = engine / "tokenizer" / "testing"
    for name, made in tiny_tokenizers().items():
        (folder / f"{name}.tokenizer.json").write_text(made.to_str() + "\n")
        write(folder / f"{name}.python.json", tokenized(made))


if __name__ == "__main__":
    main()
