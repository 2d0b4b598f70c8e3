import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const PATH = '/api/v1/assessments';
const INTENSIVE = 'assess.bonus.intensive';
const CLAIM = { ruleId: INTENSIVE, value: 500, note: '都已迁移' };
/** What is decided: the claim, and figures that nobody counted in a year before the first message. */
const DECISIONS = [
  CLAIM,
  ...['assess.deduct.finderror.unfinished', 'assess.deduct.finderror.over-1m'].map((ruleId) => ({
    ruleId,
    value: 0,
    note: '那一年没有留言',
  })),
];

interface Step {
  readonly operation: string;
  readonly leaves: readonly string[];
  readonly does: () => ReturnType<TestBrowser['call']>;
}

/** The operations of a yearly assessment, each done once, with the rows that it leaves. */
export function assessmentSteps({
  supervisor,
  second,
  manager,
}: {
  readonly supervisor: TestBrowser;
  readonly second: TestBrowser;
  readonly manager: TestBrowser;
}): readonly Step[] {
  let [id, unitId, fileId] = [0, 0, 0];
  const files = (): string => `${PATH}/${id}/units/${unitId}/files`;
  const open = async (year: number) => {
    const { body } = await manager.call('GET', '/api/v1/session');
    unitId = (body as { user: { unit: { id: number } } }).user.unit.id;
    const reportBy = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const answer = await supervisor.call('POST', PATH, { year, unitIds: [unitId], reportBy });
    id = (answer.body as { id: number }).id;
    return answer;
  };
  const step = (
    who: TestBrowser,
    [name, action]: readonly [string, string],
    body: object,
  ): Step => ({
    operation: `POST ${PATH}/{id}/units/{unitId}/${name}`,
    leaves: [`assessment.${action}`],
    does: async () => {
      const at = `${PATH}/${id}/units/${unitId}`;
      const { version } = ((await supervisor.call('GET', at)).body as { unit: { version: number } })
        .unit;
      return who.call('POST', `${at}/${name}`, { version, ...body });
    },
  });
  return [
    { operation: `POST ${PATH}`, leaves: ['assessment.open'], does: () => open(2019) },
    {
      operation: `POST ${PATH}/{id}/units/{unitId}/files`,
      leaves: ['assessment.attach'],
      does: async () => {
        const form = asForm('迁移证明.pdf', '%PDF-1.4 %%EOF');
        const answer = await manager.call('POST', `${files()}?ruleId=${INTENSIVE}`, ...form);
        fileId = (answer.body as { id: number }).id;
        return answer;
      },
    },
    {
      operation: `DELETE ${PATH}/{id}/units/{unitId}/files/{fileId}`,
      leaves: ['assessment.detach'],
      does: () => manager.call('DELETE', `${files()}/${fileId}`),
    },
    step(manager, ['report', 'report'], { claims: [CLAIM] }),
    step(supervisor, ['return', 'return'], { reason: '请写明网址' }),
    ...DECISIONS.map((each) => step(supervisor, ['decision', 'decide'], each)),
    step(supervisor, ['review', 'review'], {}),
    {
      operation: `POST ${PATH}/{id}/publication`,
      leaves: ['assessment.publish'],
      does: () => second.call('POST', `${PATH}/${id}/publication`),
    },
    {
      operation: `POST ${PATH}/{id}/withdrawal`,
      leaves: ['assessment.withdraw'],
      does: async () => {
        await open(2018);
        return supervisor.call('POST', `${PATH}/${id}/withdrawal`, { reason: '选错了' });
      },
    },
  ];
}
