import { ChatTemplate } from './chat-template.ts';

/**
 * Our own template: ChatML with tools and calls as the Qwen and Hermes families write them. Each message is rendered by itself, so that
 * trainers that render beginnings of a conversation, or single messages, get the same text as for the whole.
 */
export const chatMlSource = `{%- macro text(content) -%}
    {%- if content is string -%}{{ content }}
    {%- else -%}
        {%- for part in content or [] -%}{{ part.text if part.text is defined else '<' + part.type + '>' }}{%- endfor -%}
    {%- endif -%}
{%- endmacro -%}
{%- if tools -%}
    {{- '<|im_start|>system\\n' -}}
    {%- if messages[0].role == 'system' -%}{{- text(messages[0].content) + '\\n\\n' -}}{%- endif -%}
    {{- '# Tools\\n\\nYou may call one or more functions to assist with the user query.\\n\\n' -}}
    {{- 'You are provided with function signatures within <tools></tools> XML tags:\\n<tools>' -}}
    {%- for tool in tools -%}{{- '\\n' + (tool | tojson) -}}{%- endfor -%}
    {{- '\\n</tools>\\n\\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\\n' -}}
    {{- '<tool_call>\\n{"name": <function-name>, "arguments": <args-json-object>}\\n</tool_call><|im_end|>\\n' -}}
{%- endif -%}
{%- for message in messages -%}
    {%- if message.role == 'assistant' -%}
        {{- '<|im_start|>assistant\\n' -}}
        {%- generation -%}
            {%- if message.reasoning_content -%}{{- '<think>\\n' + message.reasoning_content + '\\n</think>\\n\\n' -}}{%- endif -%}
            {{- text(message.content) -}}
            {%- for call in message.tool_calls or [] -%}
                {%- if not loop.first or message.content -%}{{- '\\n' -}}{%- endif -%}
                {{- '<tool_call>\\n{"name": ' + (call.function.name | tojson) + ', "arguments": ' -}}
                {{- call.function.arguments if call.function.arguments is string else call.function.arguments | tojson -}}
                {{- '}\\n</tool_call>' -}}
            {%- endfor -%}
            {{- '<|im_end|>\\n' -}}
        {%- endgeneration -%}
    {%- elif message.role == 'tool' -%}
        {{- '<|im_start|>user\\n<tool_response>\\n' + text(message.content) + '\\n</tool_response><|im_end|>\\n' -}}
    {%- elif not (tools and loop.first and message.role == 'system') -%}
        {{- '<|im_start|>' + message.role + '\\n' + text(message.content) + '<|im_end|>\\n' -}}
    {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}
`;

export const chatMl = new ChatTemplate(chatMlSource, { name: 'ChatML', isOwn: true, tokens: { eos_token: '<|im_end|>' } });
