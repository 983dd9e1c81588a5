import { expect, test } from 'vitest';
import type { TrainedPiece } from '#shared/model/training.ts';
import { tokenTexts, trainedLines } from './trained-lines.ts';

const piece = (message: number, role: string, text: string, trained: boolean, edges?: number[]): TrainedPiece => ({
  message,
  role,
  text,
  trained,
  tokens: edges?.length ?? 2,
  ...(edges && { edges }),
});

test('lines end where the text has line ends; a message stands at its first line with all its tokens', () => {
  const pieces = [
    piece(0, 'user', '<user>\nhi<end>\n', false),
    piece(1, 'assistant', '<assistant>\n', false),
    piece(1, 'assistant', 'a\n\nb<end>', true),
  ];
  expect(trainedLines([{ part: 'conversation', pieces, tokens: 6, trainedTokens: 2 }])).toEqual([
    { kind: 'line', segments: [{ text: '<user>', trained: false, edges: [] }], trained: false, message: { role: 'user', tokens: 2 } },
    { kind: 'line', segments: [{ text: 'hi<end>', trained: false, edges: [] }], trained: false },
    {
      kind: 'line',
      segments: [{ text: '<assistant>', trained: false, edges: [] }],
      trained: false,
      message: { role: 'assistant', tokens: 4 },
    },
    { kind: 'line', segments: [{ text: 'a', trained: true, edges: [] }], trained: true },
    // Nothing is to be seen of it but the bar in the margin, which goes on.
    { kind: 'line', segments: [], trained: true },
    { kind: 'line', segments: [{ text: 'b<end>', trained: true, edges: [] }], trained: true },
  ]);
});

test('messages without a line end between them have lines of their own, sides of a pair a head', () => {
  const side = { pieces: [piece(0, 'user', 'a', false), piece(1, 'assistant', 'b', true)], tokens: 4, trainedTokens: 2 };
  const lines = trainedLines([
    { part: 'chosen', ...side },
    { part: 'rejected', ...side },
  ]);
  expect(lines.map((line) => (line.kind === 'head' ? line.part : line.segments.map(({ text }) => text).join('')))).toEqual([
    'chosen',
    'a',
    'b',
    'rejected',
    'a',
    'b',
  ]);
});

test('token edges stay where they are in their line', () => {
  const [, second] = trainedLines([
    { part: 'conversation', pieces: [piece(0, 'user', 'ab\ncdef', true, [0, 1, 3, 5])], tokens: 4, trainedTokens: 4 },
  ]);
  expect(second).toMatchObject({ segments: [{ text: 'cdef', edges: [0, 2] }] });
  expect(tokenTexts({ text: 'cdef', trained: true, edges: [0, 2] })).toEqual(['cd', 'ef']);
  expect(tokenTexts({ text: 'cdef', trained: true, edges: [1] })).toEqual(['c', 'def']);
});
