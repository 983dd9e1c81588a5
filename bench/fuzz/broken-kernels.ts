/** A kernel with one thing wrong: in a file of electron/engine/scan/kernel, `is` must occur once, and `becomes` replaces it. */
export interface BrokenKernel {
  readonly file: string;
  readonly is: string;
  readonly becomes: string;
  /** What goes wrong with it. */
  readonly harm: string;
}

const broken = (file: string, ...harms: readonly (readonly [is: string, becomes: string, harm: string])[]): BrokenKernel[] =>
  harms.map(([is, becomes, harm]) => ({ file: `${file}.as.ts`, is, becomes, harm }));

/** Slips of the kind one makes: a comparison, a carry, a case, a reset. The fuzz must find every one of them. */
export const brokenKernels: readonly BrokenKernel[] = [
  ...broken(
    'utf8',
    ['i8x16.sub_sat_u(p2, i8x16.splat(0x60))', 'i8x16.sub_sat_u(p2, i8x16.splat(0x61))', 'E0 and one more byte pass for a character'],
    ['load<u8>(p, 62) >= 0xe0', 'load<u8>(p, 62) > 0xe0', 'E0 cut by the end of a block is not looked at again'],
    ['c == 0xed ? 0x9f', 'c == 0xed ? 0xbf', 'the place of a surrogate in UTF-8 is not found'],
    ['bad |= 1; }', '}', 'a sequence cut by the end of a block may go on with anything'],
  ),
  ...broken(
    'structure',
    ['due = (t & slashes) >> 63;', 'due = 0;', 'a backslash at the end of a block escapes nothing'],
    ['runs = scalars >> 63;', 'runs = 0;', 'a number cut by the end of a block is two'],
    [
      'return u >> 63 | u >> 62 | u >> 61 | u >> 60;',
      'return u >> 63 | u >> 62 | u >> 61;',
      'the last digit of a \\u may be anything in the next block',
    ],
    ['inside = newlines & s & from;', 'inside = 0;', 'a second newline of a block does not end a string'],
    ['i8x16.lt_u(d, space));', 'i8x16.lt_u(c, space));', 'control characters in a quarter of the block are not seen'],
    [' && c != 0x72 && ', ' && ', '\\r is no escape'],
    [
      'newlines << 1 | newlines << 2 | newlines << 3)',
      'newlines << 1 | newlines << 2)',
      'a line must begin with the digits of a \\u cut in the line before',
    ],
    ['if (newlines & bit) lineHasError = false;', '', 'only the first bad line of many is bad'],
    ['noteError(k == 0 ? at - utf8.back : at, E_UTF8)', 'noteError(at, E_UTF8)', 'bad UTF-8 is blamed on the next block'],
    ['strings = <u64>(<i64>s >> 63);', 'strings = 0;', 'no string goes on in the next block'],
  ),
  ...broken(
    'numbers',
    ['m > 9007199254740992', 'm > 9007199254740993', '2^53 + 1 is taken for 2^53'],
    ['e < -22 || e > 22', 'e < -23 || e > 22', 'a power of ten that is not exact rounds twice'],
    ['e += minus ? -x : x;', 'e = minus ? -x : x;', 'an exponent forgets the decimals before it'],
    ['x + 0x7676767676767676', 'x + 0x7575757575757575', 'a colon is a digit'],
    ['if (c == 0x30) p++;', 'if (c == 0x30) p = skipDigits(p);', 'numbers may begin with zeros'],
    ['if (c == 0x2b || c == 0x2d) p++;', 'if (c == 0x2b) p++;', 'exponents below zero are refused'],
    ['<< ((8 - <u64>n) << 3)', '<< ((7 - <u64>n) << 3)', 'digits read at once are one too few'],
    ['negative ? -v : v', 'negative ? 0.0 - v : v', 'minus zero is zero'],
  ),
  ...broken(
    'nodes',
    ['return before == row + 1;', 'return false;', 'what a key held before it came again stays'],
    ['if (hasBackslash(p, n)) return named(parent, DECODED, decode(p, n), auto);', '', 'keys with escapes are other keys'],
    ['return load<u32>(r, N_PARENT) == parent && ', 'return ', 'a key is taken for the one that often comes next, of another object'],
  ),
  ...broken(
    'cells',
    ['if (!hasChildren(id)) { dropCell(id); return; }', 'dropCell(id); return;', 'what lay under a key that comes again stays'],
    ['if (code != NO_CODE && !hasBackslash(p, n)) store', 'store', 'a text with an escape is taken for the text as it stands'],
    ['store<u32>(c, used - 1, C_USED);', '', 'cells of invalid lines stay'],
    ['store<u32>(c, load<u32>(c, C_TOTAL) - 1, C_TOTAL);', '', 'the first cell is where an invalid line had one'],
    ['if (block == 0 || used == BLOCK_CELLS) {', 'if (block == 0 || used > BLOCK_CELLS) {', 'a block takes one cell too many'],
    ['if (value - value == 0) numberCell', 'if (value == value) numberCell', 'numbers too large for a double are infinite'],
  ),
  ...broken(
    'text',
    ['(low & 0x3ff); p += 6; }', '(low & 0x3ff); }', 'the second half of a pair of surrogates is written twice'],
    ['(c | 0x20) - 0x57)', '(c | 0x20) - 0x56)', 'letters of a \\u are one too many'],
  ),
  ...broken(
    'walk',
    ['cells.dropRow(); facts.forget(); }', 'facts.forget(); }', 'an invalid line keeps its cells'],
    ['cells.dropRow(); facts.forget(); }', 'cells.dropRow(); }', 'what an invalid line said is said of the next'],
    ['earlierKind = load<u32>(structure.errorFrom, 4);', 'earlierKind = 0;', 'errors of strings in an earlier chunk are forgotten'],
    ['tokenIsFirst = firstValue == p;', 'tokenIsFirst = false;', 'the words of an error depend on the chunk'],
    ['if (nanOffset < 0) nanOffset = offset;', 'nanOffset = offset;', 'the last NaN of a line is blamed, not the first'],
    [
      'keep(st == S_KEY_END ? IN : at, chunkEnd, TOKEN_CAP)',
      'keep(IN, chunkEnd, TOKEN_CAP)',
      'a key cut by the end of a chunk has bytes before it',
    ],
    ['|| load<u8>(r) != 0x2c || r - q > LONGEST', '|| r - q > LONGEST', 'anything may stand after a number in a list'],
    ['(ch == 0x5d && (here & 3) == C_ARRAY)', '(ch == 0x5d && (here & 3) != C_LINE)', 'a bracket closes a brace'],
    ['hashed(here, hash.close(false));', 'hash.close(false);', 'an empty list has no part in a hash'],
  ),
  ...broken(
    'item',
    ['text = NONE; contentThinks = false;', 'text = NONE;', 'a content that came again still thinks what it thought'],
    ['case M_THOUGHT: thoughts &= ~bitOf(id); break;', '', 'a thought that came again, empty, still counts'],
    [
      'case T_REASONING: return summaryThinks || contentThinks;',
      'case T_REASONING: return summaryThinks;',
      'thoughts in a content are no turn',
    ],
  ),
  ...broken(
    'facts',
    ['case M_REQUEST: forgetRequest(); break;', '', 'what a request said before it came again stays'],
    ['forgetItems(LIST); endsInList = true;', 'endsInList = true;', 'a history in the output counts those before it'],
  ),
  ...broken(
    'names',
    ['if (entry >> 16 == <u32>n && sameBytes(', 'if (sameBytes(', 'the name of a tool that begins another name is not noted'],
    ['case M_TOOL_NAME: clear(ofTool); break;', '', 'the name a tool had before its name came again stays'],
    ['count == MOST || from + n > MOST_BYTES', 'count == MOST', 'names run over the end of their set'],
  ),
  ...broken(
    'hash',
    ['adds - load<u64>(known, 8));', 'adds);', 'a key that comes again is hashed twice'],
    ['exponent += minus ? -x : x;', 'exponent += x;', '1e-2 and 1e2 have one hash'],
    [
      'from = stripes(from, isLast ? end : end - 1);',
      'from = stripes(from, end);',
      'an escape cut by the end of a chunk is hashed as it is written',
    ],
    [
      'export function forget(slot: u32): void { present &= ~(1 << slot); }',
      'export function forget(slot: u32): void { }',
      'the hash of an input that came again stays',
    ],
    [
      'if (c == 0x2f) { store<u8>(o, 0x2f); o++; }',
      'if (c == 0) { store<u8>(o, 0x2f); o++; }',
      'a slash has another hash where it is escaped',
    ],
    ['store<u32>(made, load<u32>(at), 16);', 'store<u32>(made, 0, 16);', 'of two keys in one bucket the first is forgotten'],
  ),
];
