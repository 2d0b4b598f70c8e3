import { writeCsv } from '../../documents/workbook.ts';
import { parsePeriod } from '../../domain/period.ts';
import { listFindings, replaceMachineFindings } from '../../inspection/finding.repository.ts';
import { freezeRound } from '../../inspection/freeze-round.ts';
import { inspectionDb, inTransaction } from '../../inspection/inspection-db.ts';
import { type PlanInput, planRound } from '../../inspection/plan-round.ts';
import { reviewFinding } from '../../inspection/review/review-finding.ts';
import { updateRoundState } from '../../inspection/round.repository.ts';
import { importRegistry, listAccounts, listSites } from '../../registry/index.ts';
import type { Store } from '../../store/store.ts';
import { testRuleset } from '../test-ruleset.ts';
import { TEST_SEALING } from '../test-sealing.ts';

const AT = '2020-09-20T00:00:00.000Z';

/** 岳阳市 has a site and an account that fail, 长沙市 a site that fails and one about which nobody could say anything. */
export async function registerTwoCities(store: Store): Promise<void> {
  const table = (name: string, rows: readonly (readonly string[])[]) => ({
    name,
    bytes: writeCsv(rows.map((row) => [...row])),
  });
  const files = [
    table('单位.csv', [
      ['名称', '上级', '通报行', '打印次序'],
      ['湖南省', '', '省直部门', '1'],
      ['长沙市', '湖南省', '长沙市', '2'],
      ['岳阳市', '湖南省', '岳阳市', '3'],
    ]),
    table('网站.csv', [
      ['网站标识码', '网站名称', '主办单位', '首页网址'],
      ['4301000001', '长沙市门户', '长沙市', 'http://cs1.gov.cn/'],
      ['4301000002', '长沙市政务', '长沙市', 'http://cs2.gov.cn/'],
      ['4306000001', '岳阳市门户', '岳阳市', 'http://yy1.gov.cn/'],
    ]),
    table('新媒体.csv', [
      ['平台', '账号名称', '账号ID', '主办单位', '信源种类'],
      ['微信公众号', '岳阳发布', 'gh_yy', '岳阳市', '无'],
      ['微信公众号', '长沙发布', 'gh_cs', '长沙市', '无'],
    ]),
  ];
  await importRegistry({ store, sealing: TEST_SEALING }, '测试', {
    files,
    dryRun: false,
    today: '2020-07-01',
  });
}

/** A judged round of the two cities, under review: three breaches, one undetermined. */
export async function reviewingRound(
  store: Store,
  period: string,
  change: Partial<PlanInput> = {},
): Promise<void> {
  const round = await planRound({ store }, '测试', {
    period: parsePeriod(period),
    window: ['2020-07-07', '2020-09-17'],
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'live',
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    sampleRows: [],
    resolveRules: [],
    at: AT,
    ...change,
  });
  const sites = await listSites(store.db);
  const accounts = await listAccounts(store.db);
  const evidence = [
    { factId: '1:x', snapshot: null, locator: 'x', excerpt: 'x', capturedAt: AT },
  ] as const;
  const breach = { status: 'breached', occurrences: 1, evidence } as const;
  const doubt = { status: 'undetermined', reason: '没有看全', missing: [] } as const;
  const judge = (
    kind: 'site' | 'account',
    at: number,
    ruleId: string,
    judgement: typeof breach | typeof doubt,
  ) =>
    replaceMachineFindings(
      inspectionDb(store),
      { roundId: round.id, kind, subjectId: (kind === 'site' ? sites : accounts)[at]!.id },
      [{ ruleId, judgement }],
    );
  await judge('site', 0, 'site.veto.home-stale', breach);
  await judge('site', 1, 'site.veto.service.none', doubt);
  await judge('site', 2, 'site.veto.home-stale', breach);
  await judge('account', 0, 'media.veto.stale.two-weeks', breach);
  await inTransaction(store, async (trx) => {
    await trx
      .updateTable('round_subject')
      .set({ stage: 'judged' })
      .where('round_id', '=', round.id)
      .execute();
    await updateRoundState(trx, round.id, { state: 'reviewing' });
  });
}

/** Two people confirm every breach of a reviewing round. */
export async function confirmEverything(store: Store, period: string): Promise<void> {
  const db = inspectionDb(store);
  const round = await db
    .selectFrom('round')
    .select('id')
    .where('period', '=', period)
    .executeTakeFirstOrThrow();
  for (const { id } of await listFindings(db, round.id, { status: 'breached' }))
    for (const reviewer of ['张三', '李四'])
      await reviewFinding({ store }, reviewer, {
        period,
        findingId: id,
        decision: 'confirm',
        note: '',
        at: AT,
      });
}

/** Freezes it; `confirmAll` waives the review. What nobody could judge is left out, which is no reason against signing. */
export async function freezeReviewed(
  store: Store,
  period: string,
  confirmAll: string | null = null,
): Promise<void> {
  const input = { period, confirmAll, leaveUndetermined: '留待下期', at: AT };
  await freezeRound({ store }, '测试', input);
}
