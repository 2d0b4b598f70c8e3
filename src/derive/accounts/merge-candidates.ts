import {
  type AccountIdKind,
  type AccountKey,
  type AccountSighting,
  keyText,
  SEEN_VIAS,
} from '../../domain/discovered-account.ts';
import { normalName } from './account-names.ts';

/** One account as the pages of a site show it. */
export interface Candidate {
  /** The id that says most of those seen. */
  readonly key: AccountKey;
  /** The others: of the same name on the same platform. */
  readonly otherKeys: readonly AccountKey[];
  readonly name: string | null;
  /** The best first: a link before a widget, a code, a caption, a single article. */
  readonly sightings: readonly AccountSighting[];
}

/** Kinds by what they say: what a platform gave for ever before what only stands on the page. */
const KIND_ORDER: readonly AccountIdKind[] = [
  ...(['biz', 'gh', 'uid', 'sec_uid', 'token', 'mid', 'id', 'bundle', 'appstore'] as const),
  ...(['custom', 'wxid', 'apk', 'qr', 'short', 'name', 'article'] as const),
];
/** Sightings kept of one account: a footer stands on every page. */
const KEPT_MAX = 20;

interface Group {
  key: AccountKey;
  readonly keys: Map<string, AccountKey>;
  readonly sightings: AccountSighting[];
}

/**
 * Puts sightings together: first those of one id; then, of one platform and one name, those that only have the name, or an id of
 * another kind, with those that have the best. Two ids of one kind stay two accounts, whatever they are called.
 */
export function mergeCandidates(sightings: readonly AccountSighting[]): Candidate[] {
  const byKey = new Map<string, Group>();
  for (const sighting of sightings) {
    const text = keyText(sighting.key);
    const group = byKey.get(text);
    if (group === undefined)
      byKey.set(text, {
        key: sighting.key,
        keys: new Map([[text, sighting.key]]),
        sightings: [sighting],
      });
    else group.sightings.push(sighting);
  }
  const groups = [...byKey.values()].sort((a, b) => orderOf(a.key) - orderOf(b.key));
  const kept: Group[] = [];
  const byName = new Map<string, Group[]>();
  for (const group of groups) {
    const names = namesOf(group);
    const host = names
      .flatMap((name) => byName.get(name) ?? [])
      .find((each) => canJoin(each, group));
    if (host === undefined) kept.push(group);
    else {
      for (const [text, key] of group.keys) host.keys.set(text, key);
      host.sightings.push(...group.sightings);
    }
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), host ?? group]);
  }
  return kept.map(candidateOf);
}

const orderOf = ({ idKind }: AccountKey): number => KIND_ORDER.indexOf(idKind);

const namesOf = ({ key, sightings }: Group): string[] => [
  ...new Set(
    sightings.flatMap(({ name }) =>
      name === null || normalName(name) === '' ? [] : [`${key.platform}\n${normalName(name)}`],
    ),
  ),
];

const canJoin = (host: Group, group: Group): boolean =>
  ![...host.keys.values()].some(({ idKind }) => idKind === group.key.idKind);

function candidateOf({ key, keys, sightings }: Group): Candidate {
  const sorted = [...sightings].sort((a, b) => SEEN_VIAS.indexOf(a.via) - SEEN_VIAS.indexOf(b.via));
  return {
    key,
    otherKeys: [...keys.values()].filter((each) => keyText(each) !== keyText(key)),
    name: bestName(sorted),
    sightings: sorted.slice(0, KEPT_MAX),
  };
}

/** The name seen most often; of equals the first. */
function bestName(sightings: readonly AccountSighting[]): string | null {
  const counts = new Map<string, { count: number; name: string }>();
  for (const { name } of sightings) {
    if (name === null) continue;
    const known = counts.get(normalName(name));
    if (known) known.count += 1;
    else counts.set(normalName(name), { count: 1, name });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.name ?? null;
}
