/** What stands behind the question mark of an address: plain words, so that people can read and shorten it. */
export type Search = Readonly<Record<string, string | undefined>>;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Empty values are left out; the order of the keys is kept, so that the same state has the same address. */
export function formatSearch(search: Readonly<Record<string, unknown>>): string {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') kept.set(name, String(value));
  const text = kept.toString();
  return text === '' ? '' : `?${text}`;
}
