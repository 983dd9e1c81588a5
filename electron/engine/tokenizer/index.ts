export { readTokenizer, type Encoded, type TextTokenizer } from './tokenizer.ts';
