import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/json.ts';
import { completeRecipe, settingsOf } from '../../sections.ts';
import { targetOf } from '../../targets.ts';
import { recipeOf } from '../../testing/source.ts';

// What verl's nemo_gym recipe (dataset.py, agent_loop.py) fails at, or reads otherwise without a word: a file that held it would not
// pass verification.

const { info, check } = targetOf('verl/gym');
const settings = settingsOf(info, completeRecipe(info, recipeOf('verl/gym')));
const asked = (input: JsonObject[string]): JsonObject => ({ responses_create_params: { input }, agent_ref: { name: 'a' } });
const user = { role: 'user', content: 'q' };

test.each<[what: string, row: JsonObject]>([
  ['messages', asked([user])],
  ['messages with a type, and parts', asked([{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'q' }] }])],
])('%s are read', (_, row) => expect(check?.(row, settings)).toBeUndefined());

test.each<[what: string, row: JsonObject, fault: string]>([
  ['a text: AttributeError', asked('q'), 'input is no list of messages'],
  ['no messages', asked([]), 'input is no list of messages'],
  [
    'a call: an empty message of a user',
    asked([user, { type: 'function_call', name: 'f', arguments: '{}' }]),
    'input is no list of messages',
  ],
  ['reasoning: an empty message of a user', asked([{ type: 'reasoning', summary: [] }, user]), 'input is no list of messages'],
  ['a message without content: an empty one', asked([{ role: 'user' }]), 'input is no list of messages'],
  ['content null: an error of the template', asked([{ role: 'user', content: null }]), 'input is no list of messages'],
  ['developer: refused by most templates', asked([{ role: 'developer', content: 'x' }, user]), 'input is no list of messages'],
  ['no agent: an error of the collate function', { responses_create_params: { input: [user] } }, 'it has no agent'],
  ['a response', { ...asked([user]), response: {} }, 'response would be posted to the environment'],
])('%s', (_, row, fault) => expect(check?.(row, settings)).toBe(fault));
