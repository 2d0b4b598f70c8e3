import { sql } from 'kysely';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { Secret } from '../../lib/pure/secret.ts';
import type { Sweep } from '../../sources/sweep/sweep.ts';
import { openSweepFetchers } from '../../sources/sweep/sweep-fetchers.ts';
import { type SweepOptions, sweepSources } from '../../sources/sweep/sweep-sources.ts';
import type { Store } from '../../store/store.ts';
import { keepAuthorisations } from '../../wechat/index.ts';
import { COMPONENT } from '../platforms/wechat/wechat-plans.ts';
import { HOSTS, rulesFor } from './crowd-names.ts';
import type { CrowdPlace } from './seed-crowd.ts';

export interface CrowdSweepOptions {
  /** Where the crowd's platforms are served. */
  readonly port: number;
  /** Milliseconds; a clock that may stand in another year. */
  readonly now: () => number;
  /** Politely, as out in the world. */
  readonly isPaced: boolean;
  readonly onProgress?: SweepOptions['onProgress'];
}

/** One sweep over everything that is due, as `accounts sweep` does it. */
export async function sweepCrowd(
  { store: given, sealing }: CrowdPlace,
  { port, now, isPaced, onProgress = () => undefined }: CrowdSweepOptions,
): Promise<Sweep> {
  const [userAgent, resolve] = ['Xunjian crowd', rulesFor(port)];
  const store = given.patient({ signal: new AbortController().signal });
  const present = (): string => new Date(now()).toISOString();
  const fetchers = openSweepFetchers({ userAgent, resolve, pacesRules: isPaced, now: present });
  const rules = resolve.map(parseResolveRule);
  const authorisations = keepAuthorisations({
    ...{ store, sealing },
    wechat: {
      platform: {
        ...{ appId: COMPONENT.appId, appSecret: new Secret(COMPONENT.appSecret) },
        token: new Secret(COMPONENT.token),
        encodingKeys: [new Secret(COMPONENT.encodingKey)],
        baseUrl: `http://${HOSTS.wechat}`,
      },
      publicOrigin: null,
      openFetcher: () =>
        createFetcher({ userAgent, resolve: rules, pacePerAddressMs: 0, now: present }),
      now,
    },
  });
  try {
    return await sweepSources(
      { store, sealing, authorisations },
      {
        ...{
          by: '测试',
          platform: null,
          limit: null,
          isPublicOnly: false,
          now: present,
          onProgress,
        },
        signal: new AbortController().signal,
        fetcherOf: (kind) => fetchers.fetcherOf(kind),
      },
    );
  } finally {
    await fetchers.close();
  }
}

/** How many sources of a kind stand how, as `kind state` → number. */
export async function standings({ db }: Store): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ kind: string; state: string; count: number }>`
    select kind, state, count(*)::int as count from account_source group by kind, state order by kind, state`.execute(
    db,
  );
  return new Map(rows.map(({ kind, state, count }) => [`${kind} ${state}`, count]));
}
