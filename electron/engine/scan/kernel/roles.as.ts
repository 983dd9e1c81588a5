// The words of roles as strings of a segment: they have the first codes of each, so that a role can be reported wherever it comes from.
import { K_STRING } from "./kinds.as";
import { cell } from "./cells.as";
import { DECODED } from "./memory.as";
import { intern } from "./strings.as";

function internWord(word: string): void {
  for (let i = 0; i < word.length; i++) store<u8>(DECODED + i, word.charCodeAt(i));
  intern(DECODED, word.length);
}

/** At the start of a segment, before any other string. In the order of the roles in item.as.ts. */
export function startSegment(): void {
  internWord("system"); internWord("developer"); internWord("user"); internWord("assistant"); internWord("tool");
}
export function roleCell(id: u32, role: u32): void { cell(id, K_STRING, <u64>(role - 1), 0); }
