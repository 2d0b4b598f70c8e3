import { writeCsv } from '../../documents/workbook.ts';
import type { FactKey, FactSet } from '../../domain/fact.ts';
import { parsePeriod } from '../../domain/period.ts';
import type { Ruleset } from '../../domain/ruleset.ts';
import { insertFacts, type NewFact } from '../../inspection/fact.repository.ts';
import { inspectionDb } from '../../inspection/inspection-db.ts';
import { planRound } from '../../inspection/plan-round.ts';
import { updateRoundState } from '../../inspection/round.repository.ts';
import type { Round } from '../../inspection/round.ts';
import { judgeSubjects } from '../../inspection/work/judge-task.ts';
import { importRegistry, listSites } from '../../registry/index.ts';
import type { Store } from '../../store/store.ts';
import { MONITORED_AT } from '../facts/build-facts.ts';
import { TEST_SEALING } from '../test-sealing.ts';

const AT = '2020-09-20T00:00:00.000Z';

/** A site of the round: what the register says of it, and what was seen. */
export interface RoundSite {
  readonly siteCode: string;
  readonly name: string;
  /** A unit that is registered already. */
  readonly sponsor: string;
  readonly isPortal: boolean;
  readonly hasService?: boolean;
  readonly facts: FactSet;
}

/** Registers sites, plans a round of them under a ruleset, and judges it by facts that are given; it is then under review. */
export async function judgedSites(
  store: Store,
  sites: readonly RoundSite[],
  { period, ruleset }: { readonly period: string; readonly ruleset: Ruleset },
): Promise<{ round: Round; idOf: (siteCode: string) => number }> {
  const yes = (is: boolean): string => (is ? '是' : '否');
  const rows = sites.map(({ siteCode, name, sponsor, isPortal, hasService = true }) => [
    ...[siteCode, name, sponsor, `http://s${siteCode}.example.gov.cn/`],
    ...[yes(isPortal), yes(hasService)],
  ]);
  const head = ['网站标识码', '网站名称', '主办单位', '首页网址', '是否门户', '有无对外服务'];
  const files = [{ name: '网站.csv', bytes: writeCsv([head, ...rows]) }];
  await importRegistry({ store, sealing: TEST_SEALING }, '测试', {
    files,
    dryRun: false,
    today: '2020-07-01',
  });
  const round = await planRound({ store }, '测试', {
    ...{
      period: parsePeriod(period),
      window: ['2020-07-07', '2020-09-17'],
      monitoredAt: MONITORED_AT,
    },
    ...{ ruleset, clock: 'live', sampleRows: [], resolveRules: [], at: AT },
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
  });
  const ids = new Map((await listSites(store.db)).map((site) => [site.siteCode, site.id]));
  const idOf = (siteCode: string): number => ids.get(siteCode) ?? 0;
  const db = inspectionDb(store);
  for (const { siteCode, facts } of sites) {
    const gathered = Object.entries(facts)
      .filter(([key]) => key.startsWith('site.'))
      .map(([key, fact]) => ({ ...fact, key: key as FactKey }) as NewFact);
    await insertFacts(db, { roundId: round.id, kind: 'site', subjectId: idOf(siteCode) }, gathered);
  }
  const subjectIds = sites.map(({ siteCode }) => idOf(siteCode));
  await judgeSubjects({ deps: { store }, round, now: () => AT }, { kind: 'site', subjectIds });
  // What else the register has is not looked at here.
  await db
    .updateTable('round_subject')
    .set({ stage: 'judged' })
    .where('round_id', '=', round.id)
    .execute();
  await updateRoundState(db, round.id, { state: 'reviewing' });
  return { round, idOf };
}
