import type { Subject } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';
import { seededRandom } from '../lib/pure/random.ts';
import type { KindCoverage } from './round.ts';

/**
 * Draws a sample of `percent` of `subjects`, stratified by print row: every row gets its share, the rounding rests go to
 * the rows with the largest remainders, so the whole is round(percent × all). Same seed and register, same sample.
 */
export function drawSample(
  subjects: readonly Subject[],
  percent: number,
  seed: number,
): ReadonlySet<number> {
  const rows = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const row = rows.get(subject.printRow);
    if (row) row.push(subject);
    else rows.set(subject.printRow, [subject]);
  }
  const wanted = Math.round((subjects.length * percent) / 100);
  const shares = [...rows.entries()].map(([printRow, members]) => {
    const exact = (members.length * percent) / 100;
    return { printRow, members, count: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let missing = wanted - shares.reduce((sum, share) => sum + share.count, 0);
  for (const share of [...shares].sort(
    (a, b) => b.rest - a.rest || (a.printRow < b.printRow ? -1 : 1),
  )) {
    if (missing <= 0) break;
    if (share.count >= share.members.length) continue;
    share.count += 1;
    missing -= 1;
  }
  const chosen = new Set<number>();
  for (const share of shares) {
    const random = seededRandom(`${seed}:${share.printRow}`);
    for (const subject of shuffle(share.members, random).slice(0, share.count))
      chosen.add(subject.id);
  }
  return chosen;
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [copy[index], copy[other]] = [copy[other]!, copy[index]!];
  }
  return copy;
}

/** Reads `sites=40%,accounts=12%`; a kind that is not named is checked whole. */
export function parseSampleRatios(
  text: string,
  seed: number,
): { sites: KindCoverage; accounts: KindCoverage } {
  const result: { sites: KindCoverage; accounts: KindCoverage } = {
    sites: { mode: 'census' },
    accounts: { mode: 'census' },
  };
  for (const part of text.split(',')) {
    const match = /^\s*(sites|accounts)\s*=\s*(\d{1,3}(?:\.\d{1,2})?)%\s*$/.exec(part);
    const percent = Number(match?.[2]);
    if (!match || !(percent > 0) || percent > 100) {
      throw new UserError(
        'round.sample',
        `抽样写法不对：“${part.trim()}”。应写成 sites=40%,accounts=12%。`,
        { field: 'sample' },
      );
    }
    result[match[1] as 'sites' | 'accounts'] =
      percent === 100 ? { mode: 'census' } : { mode: 'sample', by: 'ratio', percent, seed };
  }
  return result;
}
