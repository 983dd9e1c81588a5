"""Rollouts with images, and their bytes."""

import base64
import json
from pathlib import Path
from typing import Any

from proof.seeing import picture

Json = Any

pictures = {0: [picture((200, 10, 10), (60, 60))], 1: [picture((10, 200, 10), (90, 60)), picture((10, 10, 200), (60, 120))], 2: []}
"""Of each task those that it shows, in their order."""


def address(bytes_of: bytes) -> str:
    """That they are a PNG nobody says."""
    return f"data:image/jpeg;base64,{base64.b64encode(bytes_of).decode()}"


def write_pictured(path: Path) -> Path:
    """Of each task a good and a bad rollout."""
    rows = []
    for task, shown in pictures.items():
        parts: list[Json] = [{"type": "input_text", "text": f"task {task}:"}]
        for number, each in enumerate(shown):
            parts += [{"type": "input_image", "image_url": address(each), "detail": "auto"}, {"type": "input_text", "text": f" is {number},"}]
        parts.append({"type": "input_text", "text": "what is it?"})
        for reward in (1, 0):
            answer = [{"type": "output_text", "text": f"a picture worth {reward}"}]
            rows.append(
                {
                    "responses_create_params": {"input": [{"role": "system", "content": "Look."}, {"role": "user", "content": parts}]},
                    "response": {"output": [{"type": "message", "role": "assistant", "content": answer}]},
                    "reward": reward,
                    "_ng_task_index": task,
                    "_ng_rollout_index": 1 - reward,
                    "agent_ref": {"type": "responses_api_agents", "name": "eye"},
                    "expected_answer": "105",
                }
            )
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def asked(task: int) -> str:
    """What the template makes of the question of a task, each image one place."""
    seen = "".join(f"<|vision_start|><|image_pad|><|vision_end|> is {number}," for number in range(len(pictures[task])))
    return f"<|im_start|>system\nLook.<|im_end|>\n<|im_start|>user\ntask {task}:{seen}what is it?<|im_end|>\n<|im_start|>assistant\n"


def answered(reward: int) -> str:
    return f"a picture worth {reward}<|im_end|>\n"
