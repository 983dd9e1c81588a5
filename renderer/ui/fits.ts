/** Of the body font, in px: no character of these is wider than 8, none of Latin wider than 13. */
const slender = /^[0-9a-ln-vx-z .,:;_"'()[\]/\u002d\u2212\u00b7]*$/;
const latin = /^[\u0020-\u007e\u2212\u00b7\u2026]*$/;

/**
 * Whether a line of text needs no more than so many px, whatever the font has in it; false where that cannot be said. What is known to
 * fit need not be clipped, and each clip costs the browser when the page scrolls.
 */
export function surelyFits(text: string, px: number): boolean {
  return text.length * 8 <= px && (slender.test(text) || (text.length * 13 <= px && latin.test(text)));
}
