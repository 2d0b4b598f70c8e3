/** A name as it is compared: full-width and half-width are the same, spaces and punctuation say nothing. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '');
}

/** Names of a sponsor and of the units above and right below it. */
export interface SponsorNames {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** Whose name a certified operator bears: the sponsor's `own`, that of a unit above or below (`related`), or another. */
export function operatorStanding(
  seen: string,
  { name, otherNames, above, below }: SponsorNames,
): 'own' | 'related' | 'other' {
  const folded = foldName(seen);
  // 岳阳市 is registered, 岳阳市人民政府办公室 is certified: the longer name says more of the same.
  if ([name, ...otherNames].some((each) => each !== '' && folded.includes(foldName(each))))
    return 'own';
  return [...above, ...below].some((each) => foldName(each) === folded) ? 'related' : 'other';
}
