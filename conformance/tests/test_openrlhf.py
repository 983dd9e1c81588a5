"""OpenRLHF's own flags, loading and dataset classes: every row, then one step on a tiny model."""

import json
import math
from typing import Any

import torch
from openrlhf.datasets import PromptDataset, RewardDataset, SFTDataset
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

from oracle import expected
from oracle.rows import Wanted
from proof.held import held
from proof.openrlhf_run import arguments_of, loaded, strategy_of
from proof.rendered import held_calls, is_marked, said

reading = 1e-15
wanted = Wanted(smallest=1e-305)
most = 1500


def text_of(tokenizer: Any, messages: list[Any], **more: Any) -> str:
    return tokenizer.apply_chat_template(messages, tokenize=False, **more)


def step(model: Any, ids: torch.Tensor, mask: torch.Tensor) -> None:
    """One step on the tokens that bear the loss, of the end of a row: finite loss, and a gradient."""
    policy = AutoModelForCausalLM.from_pretrained(model)
    logits = policy(ids[:, -most:]).logits[:, :-1]
    weights = mask[:, -most:].float()[:, : logits.shape[1]]
    losses = torch.nn.functional.cross_entropy(logits.transpose(1, 2), ids[:, -most:][:, 1:], reduction="none")
    loss = (losses * weights).sum() / weights.sum()
    loss.backward()
    gradient = sum(float(weight.grad.norm()) for weight in policy.parameters() if weight.grad is not None)
    torch.optim.SGD(policy.parameters(), lr=0.01).step()
    assert math.isfinite(loss.item()) and math.isfinite(gradient) and gradient > 0


def test_sft(export, lines, model, tokenizer):
    made = export("openrlhf/sft", meta=True)
    arguments = arguments_of(made, "train_sft")
    data = loaded(made, arguments, arguments.data.dataset)
    rows = data.to_list()
    conversations = expected.conversations(lines, wanted)
    begun = {at: row for at, row in conversations.items() if row["messages"][0]["role"] != "assistant" or "tools" in row}
    held(made, rows, begun, floats=reading, tools_in="messages")
    strategy = strategy_of(arguments)
    dataset = SFTDataset(data, tokenizer, arguments.data.max_len, strategy, multiturn=arguments.data.multiturn, num_processors=None)
    assert len(dataset) == len(rows)
    shortest = None
    for row, (ids, _, loss) in zip(rows, dataset):
        text = text_of(tokenizer, row["messages"])
        assert tokenizer.decode(ids[0]) == text.rstrip("\n")
        if not is_marked(row["messages"]):
            trained = tokenizer.decode(ids[0, 1:][loss[0, :-1] == 1])
            assert trained == "".join(said(text)).rstrip("\n")
        held_calls(text, row["messages"])
        if shortest is None or ids.shape[1] < shortest[0].shape[1]:
            shortest = (ids, loss)
    ids, _, _ = dataset.collate_fn([dataset[0], dataset[-1 % len(dataset)]])
    assert ids.shape[0] == 2
    step(model, *shortest)


def pairs_of(made: Any, lines: Any, rows: list[Any], more: dict[Any, Any]) -> None:
    named = {
        places: {
            **{name if name == "tools" else f"{name}_messages": value for name, value in pair.items()},
            **more.get(places, {}),
        }
        for places, pair in expected.pairs(lines, wanted).items()
    }
    held(made, rows, named, floats=reading, tools_in="prompt_messages")


def test_dpo(export, lines, model, tokenizer):
    made = export("openrlhf/dpo", meta=True)
    arguments = arguments_of(made, "train_dpo")
    data = loaded(made, arguments, arguments.data.dataset)
    rows = data.to_list()
    pairs_of(made, lines, rows, {})
    dataset = RewardDataset(data, tokenizer, arguments.data.max_len, strategy_of(arguments), is_dpo=True, num_processors=None)
    assert len(dataset) == len(rows)
    for row, (better, _, worse, _, prompt) in zip(rows, dataset):
        asked = text_of(tokenizer, row["prompt_messages"], add_generation_prompt=True)
        for ids, answer in ((better[0], row["chosen_messages"]), (worse[0], row["rejected_messages"])):
            assert tokenizer.decode(ids) == text_of(tokenizer, row["prompt_messages"] + answer).rstrip("\n")
            assert tokenizer.decode(ids[:prompt]) == asked
            held_calls(tokenizer.decode(ids), row["prompt_messages"] + answer)
        assert not torch.equal(better, worse)
    better, _, _, _, prompt = min(dataset, key=lambda each: each[0].shape[1])
    step(model, better, (torch.arange(better.shape[1]) >= prompt - 1).unsqueeze(0))


def scored_step(model: Any, better: torch.Tensor, worse: torch.Tensor, margin: float) -> None:
    """One step of a reward model on a pair, of which the ends: finite loss, and a gradient."""
    scorer = AutoModelForSequenceClassification.from_pretrained(model)
    chosen, rejected = (scorer(ids[:, -most:]).logits.squeeze() for ids in (better, worse))
    loss = -torch.nn.functional.logsigmoid(chosen - rejected - margin)
    loss.backward()
    gradient = sum(float(weight.grad.norm()) for weight in scorer.parameters() if weight.grad is not None)
    torch.optim.SGD(scorer.parameters(), lr=0.01).step()
    assert math.isfinite(loss.item()) and math.isfinite(gradient) and gradient > 0


def test_reward_model(export, lines, scorer, tokenizer):
    made = export("openrlhf/rm", meta=True, margin_column=True)
    arguments = arguments_of(made, "train_rm")
    assert arguments.model.margin_loss_enable
    data = loaded(made, arguments, arguments.data.dataset)
    rows = data.to_list()
    margins = expected.margins(lines, wanted)
    pairs_of(made, lines, rows, {places: {"margin": margin} for places, margin in margins.items()})
    dataset = RewardDataset(data, tokenizer, arguments.data.max_len, strategy_of(arguments), is_dpo=False, num_processors=None)
    assert len(dataset) == len(rows)
    for row, (better, _, worse, _, margin) in zip(rows, dataset):
        assert margin == row["margin"]
        assert not torch.equal(better, worse)
        for ids, answer in ((better[0], row["chosen_messages"]), (worse[0], row["rejected_messages"])):
            text = tokenizer.decode(ids)
            assert text == text_of(tokenizer, row["prompt_messages"] + answer).rstrip("\n")
            assert text.startswith(text_of(tokenizer, row["prompt_messages"], add_generation_prompt=True))
            held_calls(text, row["prompt_messages"] + answer)
    *_, margin = dataset.collate_fn([dataset[i] for i in range(min(4, len(dataset)))])
    assert torch.tensor(margin).dtype == torch.float32
    better, _, worse, _, margin = min(dataset, key=lambda each: each[0].shape[1])
    scored_step(scorer, better, worse, margin)


def test_prompts(export, lines, tokenizer):
    made = export("openrlhf/ppo", meta=True)
    arguments = arguments_of(made, "train_ppo_ray")
    data = loaded(made, arguments, arguments.data.prompt_dataset)
    rows = data.to_list()
    tasks = {at: task for at, task in expected.tasks(lines).items() if not holds_image(task["prompt"])}
    agents = {(line.file, line.number): (line.row.get("agent_ref") or {}).get("name") for line in lines}
    labels = {}
    for row in rows:
        told = json.loads(row["gym_meta"])
        labels[told["file"], told["line"]] = row["label"]
    for at, task in tasks.items():
        label = labels[at]
        assert label == task["truth"] if isinstance(task["truth"], str) else json.loads(label) == task["truth"]
    named = {at: {"input": task["prompt"], "label": labels[at], "datasource": agents[at] or "gym"} for at, task in tasks.items()}
    held(made, rows, named, floats=reading)
    dataset = PromptDataset(data, tokenizer, strategy_of(arguments))
    assert len(dataset) == len(rows)
    for row, (source, prompt, label, images) in zip(rows, dataset):
        assert prompt == text_of(tokenizer, row["input"], add_generation_prompt=True)
        assert (source, label, images) == (row["datasource"], row["label"], None)


def holds_image(prompt: list[Any]) -> bool:
    return any("<image>" in message["content"] for message in prompt)


def test_reward_function(export):
    """The file that an export for PPO puts beside its data scores what OpenRLHF gives it."""
    module = export("openrlhf/ppo", meta=True).reward_module()
    scored = module.reward_func(queries=["q so 105", "q so 106"], prompts=["q", "q"], labels=["105", "105"])
    assert scored["rewards"].tolist() == [1.0, 0.0]
