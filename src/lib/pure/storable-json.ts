/**
 * JSON that a jsonb column takes: crawled text may hold half a surrogate pair or a NUL, which PostgreSQL refuses. They carry
 * no meaning a reader could see, and one page of them must not stop a round.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'string' ? each.toWellFormed().replaceAll('\u0000', '') : each,
  );
}
