import { normalName } from '../../derive/accounts/account-names.ts';
import { RegisterIndex } from '../../derive/accounts/register-index.ts';
import { type JudgedCandidate, judgeSightings } from '../../discovery/discovered-line.ts';
import { lookAtSite } from '../../discovery/look/look-at-site.ts';
import { LOOK_BUDGET } from '../../discovery/look/look-budget.ts';
import { keyText } from '../../domain/discovered-account.ts';
import { CodePool } from '../../gather/pictures/code-pool.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import type { JudgedCase } from '../labelled/measure.ts';
import { TEST_NOW } from '../servers/test-fetcher.ts';
import { type MadeSite, makeWeb } from './made-web.ts';
import type { PlantedAccount } from './planted-ways.ts';
import { serveMadeWeb } from './serve-made-web.ts';

/** Looks at every site of a made web; one case for each planted account and for each that was found and not planted. */
export async function judgeMadeWeb(seed: string, accounts: number): Promise<JudgedCase[]> {
  const web = makeWeb(seed, accounts);
  await using server = await serveMadeWeb(web);
  await using codes = new CodePool();
  const fetcher = createFetcher({
    ...{ userAgent: 'Xunjian/test', pacePerAddressMs: 0, now: () => TEST_NOW },
    resolve: server.resolve.map(parseResolveRule),
  });
  const register = new RegisterIndex(web.register);
  const cases: JudgedCase[] = [];
  try {
    for (const site of web.sites) {
      const look = await lookAtSite(
        { fetcher, codes, signal: new AbortController().signal },
        { homeUrl: site.homeUrl, now: () => TEST_NOW, budget: LOOK_BUDGET, names: [] },
      );
      const { listed } = judgeSightings(look.sightings, look.identity, register);
      cases.push(...casesOf(site, listed));
    }
  } finally {
    await fetcher.close();
  }
  return cases;
}

function casesOf(site: MadeSite, listed: readonly JudgedCandidate[]): JudgedCase[] {
  const left = new Set(listed);
  const take = (account: PlantedAccount): JudgedCandidate | undefined => {
    const found = [...left].find((each) => isOf(account, each));
    if (found !== undefined) left.delete(found);
    return found;
  };
  const of = (account: PlantedAccount): string =>
    `${site.body.host} ${account.way} ${keyText(account.key)} ${account.name}`;
  const cases = site.unregistered.map((account): JudgedCase => {
    const found = take(account);
    return {
      ...{ of: of(account), expected: 'unknown', found: found?.answer.match ?? '' },
      line: account.way.split(':')[0]!,
    };
  });
  for (const account of site.registered) {
    const found = take(account);
    const match = found?.answer.match ?? '';
    cases.push({
      ...{ of: of(account), expected: 'registered', line: 'registered' },
      found: match === 'matched' || match === 'nameOnly' ? 'registered' : match,
    });
  }
  for (const { candidate, answer } of left)
    if (answer.match === 'unknown')
      cases.push({
        ...{
          of: `${site.body.host} ${keyText(candidate.key)} ${candidate.name ?? ''}`,
          expected: '',
        },
        ...{ found: 'unknown', line: 'wrong' },
      });
  return cases;
}

function isOf(account: PlantedAccount, { candidate }: JudgedCandidate): boolean {
  const wanted = keyText(account.key);
  if ([candidate.key, ...candidate.otherKeys].some((key) => keyText(key) === wanted)) return true;
  return (
    account.key.idKind === 'name' &&
    candidate.key.platform === account.key.platform &&
    candidate.name !== null &&
    normalName(candidate.name) === normalName(account.name)
  );
}
