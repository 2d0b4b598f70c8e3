import { seededRandom } from '../../lib/pure/random.ts';

/** Ways in which a province's accounts can be read. */
export const WAYS = [
  ...([
    'owner',
    'authorised',
    'weibo',
    'douyin',
    'feed',
    'bridge',
    'article',
    'submission',
  ] as const),
] as const;
export type Way = (typeof WAYS)[number];

/** One account, and what is the matter with the way to it; '' = nothing. */
export interface CrowdAccount {
  readonly nr: number;
  readonly way: Way;
  readonly trouble: string;
}

/** Of a thousand accounts: official accounts most, then Weibo and short films, and feeds for what has no interface. */
const OF_THOUSAND: Readonly<Record<Way, number>> = {
  ...{ owner: 300, authorised: 120, weibo: 200, douyin: 130 },
  ...{ feed: 90, bridge: 70, article: 10, submission: 80 },
};

/**
 * How the source stands after the first day's sweep, by what is the matter; of a thousand accounts of the way so many have it. The
 * quota that other systems of the unit used up (`used-up`) is there again on the next day.
 */
export const TROUBLES: Readonly<
  Record<Way, Readonly<Record<string, readonly [ofThousand: number, state: string]>>>
> = {
  owner: {
    frozen: [10, 'failing'],
    'address-refused': [10, 'failing'],
    limited: [10, 'banned'],
    'used-up': [10, 'parked'],
    // Told by the platform and mended on the way.
    busy: [20, 'ok'],
    'token-ends': [20, 'ok'],
    'short-span': [200, 'ok'],
  },
  authorised: { 'taken-back': [20, 'expired'] },
  weibo: { expired: [20, 'expired'], banned: [10, 'banned'], busy: [20, 'ok'] },
  douyin: { renewed: [60, 'ok'], lapsed: [20, 'expired'], 'used-up': [10, 'parked'] },
  feed: { gone: [20, 'failing'], empty: [20, 'failing'] },
  bridge: { empty: [30, 'failing'] },
  article: { deleted: [50, 'failing'] },
  // Nobody asks what people bring.
  submission: {},
};

/** The same accounts for the same number; what they show is told by {@link CrowdPlatforms}. */
export function planCrowd(total: number): readonly CrowdAccount[] {
  const random = seededRandom('crowd');
  return Array.from({ length: total }, (_, nr) => {
    const way = pick(random, OF_THOUSAND) as Way;
    const shares = Object.fromEntries(
      Object.entries(TROUBLES[way]).map(([name, [share]]) => [name, share]),
    );
    return { nr, way, trouble: pick(random, shares) };
  });
}

/** How the source of an account stands after the first day. */
export function expectedState({ way, trouble }: CrowdAccount): string {
  if (way === 'submission') return 'new';
  return trouble === '' ? 'ok' : TROUBLES[way][trouble]![1];
}

/** One of the names by their shares of a thousand; '' for the rest. */
function pick(random: () => number, shares: Readonly<Record<string, number>>): string {
  let left = random() * 1_000;
  for (const [name, share] of Object.entries(shares)) {
    left -= share;
    if (left < 0) return name;
  }
  return '';
}
