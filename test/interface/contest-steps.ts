import type { SubjectKind } from '../../src/domain/subject.ts';
import { replaceMachineFindings } from '../../src/inspection/finding.repository.ts';
import { inspectionDb } from '../../src/inspection/inspection-db.ts';
import { confirmEverything, reviewingRound } from '../../src/testing/rounds/reviewing-round.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm, type Installation } from './city-offices.ts';

const V1 = '/api/v1/contest-letters';
/** A round under review of its own: nothing else of the tests freezes it. */
const SHOWN = '2019Q3';
const PDF = Buffer.from('%PDF-1.4 长沙市的首页截图 %%EOF');

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

/** Adds a file to the objection of somebody's own unit. */
export const attachToContest = (person: TestBrowser, contestId: string) =>
  person.call('POST', `/api/v1/contests/${contestId}/files`, ...asForm('更新截图.pdf', PDF));

/** Letters, and a file of the objection that the first of them brings. */
export const contestSteps = (
  installation: Installation,
  { supervisor, sponsor }: { readonly supervisor: TestBrowser; readonly sponsor: TestBrowser },
  subject: () => Promise<{ readonly kind: SubjectKind; readonly id: number }>,
) => [
  {
    operation: `POST ${V1}/rounds/{period}`,
    leaves: ['contest.show'],
    does: async () => shownRound(installation, supervisor, await subject()),
  },
  {
    operation: 'POST /api/v1/contests/{id}/files',
    leaves: ['finding.contest', 'contest.attach'],
    does: async () => {
      const letter = await sponsor.call('GET', `${V1}/${await letterOf(sponsor)}`);
      const [row] = (letter.body as { rows: { findingId: number }[] }).rows;
      const lodged = await sponsor.call('POST', `/api/v1/findings/${row!.findingId}/contests`, {
        text: '该账号九月十日已经更新，截图附后。',
      });
      return attachToContest(sponsor, String((lodged.body as { id: number }).id));
    },
  },
];
