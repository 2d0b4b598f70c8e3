/** A name as it is compared: full-width and half-width are the same, spaces and punctuation say nothing. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '');
}
