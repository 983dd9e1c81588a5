/** Text with every character as wide as one: controls by their pictures (␀ ␉ ␊), so that a caret can stand under one. */
export function visibleText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, (control) => {
    const code = control.charCodeAt(0);
    return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
  });
}
