/** A pattern as an expression writes it: a slash that is outside of a class and not escaped would end it. */
export function printRegex(source: string, ignoreCase: boolean): string {
  let inClass = false;
  const escaped = source.replaceAll(/\\[\s\S]|[[\]/]/g, (piece) => {
    if (piece === '[') inClass = true;
    if (piece === ']') inClass = false;
    return piece === '/' && !inClass ? '\\/' : piece;
  });
  return `/${escaped}/${ignoreCase ? 'i' : ''}`;
}
