import type { SubjectKind } from '../../src/domain/subject.ts';
import { replaceMachineFindings } from '../../src/inspection/finding.repository.ts';
import { inspectionDb } from '../../src/inspection/inspection-db.ts';
import { confirmEverything, reviewingRound } from '../../src/testing/rounds/reviewing-round.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import type { Installation } from './city-offices.ts';

const V1 = '/api/v1/contest-letters';
/** A round under review of its own: nothing else of the tests freezes it. */
const SHOWN = '2019Q3';

/** Shows every unit what a round found of it, with a breach of one subject. */
export async function shownRound(
  { deps: { store } }: Installation,
  supervisor: TestBrowser,
  { kind, id }: { readonly kind: SubjectKind; readonly id: number },
) {
  const monitoredAt = '2019-09-16T15:59:59.999Z';
  await reviewingRound(store, SHOWN, { window: ['2019-07-06', '2019-09-16'], monitoredAt });
  const db = inspectionDb(store);
  const round = await db
    .selectFrom('round')
    .select('id')
    .where('period', '=', SHOWN)
    .executeTakeFirstOrThrow();
  const evidence = [
    { factId: '1:x', snapshot: null, locator: 'x', excerpt: 'x', capturedAt: monitoredAt },
  ] as const;
  const ruleId = kind === 'site' ? 'site.veto.home-stale' : 'media.veto.stale.two-weeks';
  await replaceMachineFindings(db, { roundId: round.id, kind, subjectId: id }, [
    { ruleId, judgement: { status: 'breached', occurrences: 1, evidence } },
  ]);
  await confirmEverything(store, SHOWN);
  return supervisor.call('POST', `${V1}/rounds/${SHOWN}`);
}

/** The letter of that round which somebody's unit got. */
export async function letterOf(person: TestBrowser): Promise<string> {
  const { body } = await person.call('GET', `${V1}?round=${SHOWN}`);
  return String((body as { items: { id: number }[] }).items[0]!.id);
}

/** The one operation of contest letters, with the row that it leaves. */
export const contestSteps = (
  installation: Installation,
  supervisor: TestBrowser,
  subject: () => Promise<{ readonly kind: SubjectKind; readonly id: number }>,
) => [
  {
    operation: `POST ${V1}/rounds/{period}`,
    leaves: ['contest.show'],
    does: async () => shownRound(installation, supervisor, await subject()),
  },
];
