/**
 * The dataset class that verl needs to read `verl/sft` exactly. Arrow gives every message the union of keys with null, and cannot
 * hold arguments of different shapes: they are texts in the file, and become what they were here.
 */
export const decoderName = 'gym_verl_sft.py';

export const decoderClass = `"""Reads the Parquet files beside it for verl's SFT trainer: data.custom_cls.path=${decoderName} data.custom_cls.name=GymSFTDataset"""

import json

from verl.utils.dataset.multiturn_sft_dataset import MultiTurnSFTDataset


class GymSFTDataset(MultiTurnSFTDataset):
    def _read_files_and_process(self):
        super()._read_files_and_process()
        if self.tools is not None:
            # A missing list arrives as pandas.NA; an empty one makes some templates print a preamble.
            self.tools = [json.loads(tools) or None if isinstance(tools, str) else None for tools in self.tools]

    def _build_messages(self, example):
        example = dict(example)
        if isinstance(example.get(self.image_key), str):
            example[self.image_key] = json.loads(example[self.image_key])
        else:
            # Without images a text <image> is a text.
            example.pop(self.image_key, None)
        messages = []
        for message in super()._build_messages(example):
            message = {key: value for key, value in message.items() if value is not None}
            calls = []
            for call in message.get("tool_calls") or []:
                call = {key: value for key, value in call.items() if value is not None}
                function = {key: value for key, value in call["function"].items() if value is not None}
                if isinstance(function.get("arguments"), str):
                    function["arguments"] = json.loads(function["arguments"])
                calls.append({**call, "function": function})
            message.pop("tool_calls", None)
            if calls:
                message["tool_calls"] = calls
            messages.append(message)
        return messages
`;
