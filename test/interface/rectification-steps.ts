import { sql } from 'kysely';
import type { SubjectKind } from '../../src/domain/subject.ts';
import { replaceMachineFindings } from '../../src/inspection/finding.repository.ts';
import { inspectionDb } from '../../src/inspection/inspection-db.ts';
import type { Store } from '../../src/store/store.ts';
import {
  confirmEverything,
  freezeReviewed,
  reviewingRound,
} from '../../src/testing/rounds/reviewing-round.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm, type Installation } from './city-offices.ts';
import { contestSteps } from './contest-steps.ts';

/** A round whose bulletin is out, with a breach of one subject that two people confirmed. */
export const ISSUED = '2019Q4';

export async function issuedRound(
  { deps: { store } }: { readonly deps: { readonly store: Store } },
  { kind, id }: { readonly kind: SubjectKind; readonly id: number },
): Promise<void> {
  const monitoredAt = '2019-12-16T15:59:59.999Z';
  await reviewingRound(store, ISSUED, { window: ['2019-10-06', '2019-12-16'], monitoredAt });
  const db = inspectionDb(store);
  const round = await db
    .selectFrom('round')
    .select('id')
    .where('period', '=', ISSUED)
    .executeTakeFirstOrThrow();
  const evidence = [
    { factId: '1:x', snapshot: null, locator: 'x', excerpt: 'x', capturedAt: monitoredAt },
  ] as const;
  const ruleId = kind === 'site' ? 'site.veto.home-stale' : 'media.veto.stale.two-weeks';
  await replaceMachineFindings(db, { roundId: round.id, kind, subjectId: id }, [
    { ruleId, judgement: { status: 'breached', occurrences: 1, evidence } },
  ]);
  await confirmEverything(store, ISSUED);
  await freezeReviewed(store, ISSUED);
  // How it is signed is told by the bulletin's own tests.
  await sql`update round set state = 'issued' where id = ${round.id}`.execute(store.db);
}

const V1 = '/api/v1/rectification';
const PDF = Buffer.from('%PDF-1.4 长沙市的整改情况 %%EOF');

/** The case of a subject in the issued round, opened by the province. */
export async function caseOf(
  supervisor: TestBrowser,
  subject: { readonly kind: SubjectKind; readonly id: number },
): Promise<{ id: number; noticeId: number; version: number }> {
  await supervisor.call('POST', `${V1}/issued-rounds/${ISSUED}`, { deadlineOn: null });
  const { body } = await supervisor.call(
    'GET',
    `${V1}/cases?round=${ISSUED}&kind=${subject.kind}&subjectId=${subject.id}`,
  );
  return (body as { items: { id: number; noticeId: number; version: number }[] }).items[0]!;
}

export const attachTo = (person: TestBrowser, caseId: number) =>
  person.call('POST', `${V1}/cases/${caseId}/files`, ...asForm('整改情况.pdf', PDF));

interface RectificationStep {
  readonly operation: string;
  readonly does: () => Promise<{ readonly status: number; readonly text: string }>;
  readonly leaves: readonly string[];
}

interface RectificationOffice {
  readonly installation: Installation;
  readonly sponsor: TestBrowser;
  readonly manager: TestBrowser;
  readonly supervisor: TestBrowser;
}

/** The operations of rectification, each done once, with the rows that it leaves. */
export function rectificationSteps({
  installation,
  sponsor,
  manager,
  supervisor,
}: RectificationOffice): RectificationStep[] {
  let caseId = 0;
  let fileId = 0;
  const subject = async (): Promise<{ kind: 'account'; id: number }> => {
    const { body } = await sponsor.call('GET', '/api/v1/accounts?status=running&limit=1');
    return { kind: 'account', id: (body as { items: { id: number }[] }).items[0]!.id };
  };
  const step = async (who: TestBrowser, asked: object) => {
    const { body } = await who.call('GET', `${V1}/cases/${caseId}`);
    const { version } = body as { version: number };
    return who.call('POST', `${V1}/cases/${caseId}/steps`, { note: '', version, ...asked });
  };
  const STEPS = `POST ${V1}/cases/{id}/steps`;
  return [
    ...contestSteps(installation, { supervisor, sponsor }, subject),
    {
      operation: `POST ${V1}/issued-rounds/{period}`,
      leaves: ['rectification.open'],
      does: async () => {
        await issuedRound(installation, await subject());
        const url = `${V1}/issued-rounds/${ISSUED}`;
        const answer = await supervisor.call('POST', url, { deadlineOn: null });
        caseId = (await caseOf(supervisor, await subject())).id;
        return answer;
      },
    },
    {
      operation: `POST ${V1}/cases/{id}/files`,
      leaves: ['rectification.attach'],
      does: async () => {
        const answer = await attachTo(sponsor, caseId);
        fileId = (answer.body as { id: number }).id;
        return answer;
      },
    },
    {
      operation: `DELETE ${V1}/cases/{id}/files/{fileId}`,
      leaves: ['rectification.detach'],
      does: () => sponsor.call('DELETE', `${V1}/cases/${caseId}/files/${fileId}`),
    },
    {
      operation: STEPS,
      leaves: ['rectification.answer'],
      does: () => step(sponsor, { step: 'answer', note: '已恢复更新' }),
    },
    {
      operation: STEPS,
      leaves: ['rectification.approve'],
      does: () => step(manager, { step: 'approve' }),
    },
  ];
}
