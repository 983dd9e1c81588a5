/** Characters that the structure of JSON is made of. */
export const quote = 0x22;
export const comma = 0x2c;
export const backslash = 0x5c;
export const openList = 0x5b;
export const closeList = 0x5d;
export const openObject = 0x7b;
export const closeObject = 0x7d;

/** Of a hexadecimal digit. */
export function hexValue(digit: number): number {
  return digit <= 0x39 ? digit - 0x30 : (digit | 0x20) - 0x57;
}

/** The UTF-16 unit of an escape `\uXXXX` at an offset. */
export function unitAt(bytes: Uint8Array, at: number): number {
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) unit = unit * 16 + hexValue(bytes[i] ?? 0x30);
  return unit;
}

/** Whether an escape `\uXXXX` is at an offset. */
export function isUnit(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === backslash && bytes[at + 1] === 0x75;
}

export function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

export function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
