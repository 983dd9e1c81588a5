/** The keys of a nested path as a name writes it: `metadata.difficulty`, `response.output[0].type`. A list's index is a number. */
export function pathKeys(name: string): (string | number)[] {
  return name.split('.').flatMap((part) => {
    const [, key = '', indices = ''] = /^(.*?)((?:\[\d{1,9}\])*)$/s.exec(part) ?? [];
    const numbers = (indices.match(/\d+/g) ?? []).map(Number);
    return key === '' && numbers.length > 0 ? numbers : [key, ...numbers];
  });
}

/** Whether a name may lead into a row: a column of that name comes first. */
export function isPath(name: string): boolean {
  return pathKeys(name).length > 1;
}
