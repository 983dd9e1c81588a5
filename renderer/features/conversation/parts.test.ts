import { expect, test } from 'vitest';
import { isInlineImage, messageParts, previewParts, textParts } from './parts.ts';

test('fenced code becomes its own part with its language', () => {
  expect(textParts('Law:\n```python\ndef f():\n    return 1\n```\n\nDone.')).toEqual([
    { kind: 'text', text: 'Law:' },
    { kind: 'code', text: 'def f():\n    return 1', language: 'python' },
    { kind: 'text', text: '\nDone.' },
  ]);
});

test('a fence inside a longer or other fence is code, and one that is never closed holds the rest', () => {
  expect(textParts('````md\n```\nx\n```\n````')).toEqual([{ kind: 'code', text: '```\nx\n```', language: 'md' }]);
  expect(textParts('~~~\n```\nrest')).toEqual([{ kind: 'code', text: '```\nrest', language: '' }]);
});

test('text without fences is not touched', () => {
  expect(textParts('  a\n\n\n b ')).toEqual([{ kind: 'text', text: '  a\n\n\n b ' }]);
  expect(textParts('')).toEqual([]);
});

test('only raster pictures whose bytes are in the file are pictures', () => {
  expect(isInlineImage('data:image/png;base64,iVBORw0KGgo=')).toBe(true);
  for (const url of [
    'https://example.com/a.png',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'data:text/html;base64,PGI+',
    'data:image/png;base64,x" onerror="y',
    'javascript:alert(1)',
    'DATA:image/png,x',
  ]) {
    expect(isInlineImage(url), url).toBe(false);
  }
});

test('a list of parts: text, pictures in the file, and references that name what is elsewhere', () => {
  expect(
    messageParts([
      { type: 'text', text: 'Look:' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO', detail: 'auto' } },
      { type: 'image_url', image_url: { url: 'https://example.com/spy.png' } },
      { type: 'input_audio', data: 'x' },
    ]),
  ).toEqual([
    { kind: 'text', text: 'Look:' },
    { kind: 'image', source: 'data:image/png;base64,iVBO' },
    { kind: 'reference', what: 'image', text: 'https://example.com/spy.png' },
    { kind: 'reference', what: 'input_audio', text: '{"type":"input_audio","data":"x"}' },
  ]);
});

test('a preview ends after so many lines, or characters where lines are long', () => {
  const lines = previewParts(textParts('1\n2\n3\n4\n5'), 3);
  expect(lines).toEqual({ parts: [{ kind: 'text', text: '1\n2\n3' }], lines: 5, characters: 9, cut: true });
  const long = previewParts(textParts('x'.repeat(1000)), 3);
  expect(long.cut).toBe(true);
  expect(long.parts).toEqual([{ kind: 'text', text: 'x'.repeat(330) }]);
  const short = previewParts(textParts('1\n2\n3'), 3);
  expect(short).toMatchObject({ lines: 3, cut: false });
});
