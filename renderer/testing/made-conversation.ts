import type { Message, ToolCall } from '#shared/model/conversation.ts';

function call(id: string, name: string, given: string): ToolCall {
  return { id, type: 'function', function: { name, arguments: given } };
}

const rules = Array.from(
  { length: 58 },
  (_, line) => `${line + 5}. Rule ${line + 1}: state what you measured before you conclude from it.`,
);
const mission = [
  'Mission: you act as an experimenter in a small simulated world, and find the law that moves its bodies.',
  'The laws here may differ from those you know, in their factors and in their exponents.',
  'Design experiments, change one quantity at a time, and write down what you see.',
  '',
  ...rules,
].join('\n');
const listing = Array.from(
  { length: 34 },
  (_, line) => `-rw-r--r-- 1 lab lab ${1000 + 37 * line} run_${String(line).padStart(3, '0')}.csv`,
).join('\n');
const program =
  'import numpy as np\n\nruns = np.loadtxt("runs.csv", delimiter=",")\nprint(np.polyfit(np.log(runs[:, 0]), np.log(runs[:, 1]), 1))';

/** A conversation with everything the reader has to show. */
export const madeMessages: readonly Message[] = [
  { role: 'system', content: mission },
  { role: 'user', content: 'Begin with the force between two bodies. Find how it depends on their masses and their distance.' },
  ...[1, 2, 4].flatMap((mass, turn): Message[] => [
    {
      role: 'assistant',
      content: '',
      reasoning_content: `Vary the first mass: with ${mass} the force should go up by the same factor if it is linear. Keep the distance.\nThen vary the distance.`,
      tool_calls: [
        call(
          `c${turn}`,
          'run_experiment',
          `{"mass1": ${mass}.0, "mass2": 1.0, "distance": 1.0, "angle": null, "medium": null, "seed": null}`,
        ),
      ],
    },
    { role: 'tool', tool_call_id: `c${turn}`, content: String(mass * 6.674e-5) },
  ]),
  {
    role: 'assistant',
    content: 'The force grows with the mass. Now the files of the earlier runs, and a fit.',
    reasoning_content: 'The distance is next.',
    tool_calls: [
      call('list', 'list_files', '{"path": "/runs"}'),
      call('fit', 'python', JSON.stringify({ code: program, timeout: 30 })),
      call('bad', 'python', 'print(1)'),
      call('open', 'run_experiment', '{"mass1": 1.0, "mass2": 1.0, "distance": 4.0}'),
    ],
  },
  { role: 'tool', tool_call_id: 'list', content: listing },
  { role: 'tool', tool_call_id: 'fit', content: '[-1.5 -9.614]' },
  { role: 'tool', tool_call_id: 'bad', content: 'Error: arguments must be an object\n  at line 1' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'This is the plot so far:' },
      {
        type: 'image_url',
        image_url: {
          url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAB/FOjAAAAAGUlEQVR4nGNgYPj/nzTEMKqBJhoYGEavawDlV3+BnxEBxgAAAABJRU5ErkJggg==',
        },
      },
      { type: 'image_url', image_url: { url: 'https://example.com/plots/17.png' } },
    ],
  },
  {
    role: 'assistant',
    reasoning_content: 'Exponent −1.5.',
    content:
      'The force is linear in both masses and falls with the power 1.5 of the distance:\n\n```python\ndef discovered_law(mass1, mass2, distance):\n    G = 6.674e-05\n    return G * (mass1 * mass2) / (distance ** 1.5)\n```\n\nSee <a href="https://example.com">this page</a> <script>alert(1)</script> for nothing at all.',
  },
];

/** As many messages as are wished, of mixed length. */
export function manyMessages(count: number): Message[] {
  return Array.from({ length: count }, (_, index): Message => {
    const text = `Message ${index}. ${'The distance between two bodies decides the force. '.repeat(1 + ((index * 7) % 13))}`;
    return index % 2 === 0
      ? { role: 'user', content: text }
      : { role: 'assistant', content: text, reasoning_content: `Thought ${index}: ${text}` };
  });
}
