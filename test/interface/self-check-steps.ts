import { writeCsv } from '../../src/documents/workbook.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const PATH = '/api/v1/self-checks';
const ROWS = [
  ['名称', '检查日期', '检查结果', '问题描述'],
  ['没有这个网站', '2020-09-16', '有问题', '首页打不开'],
];

interface Step {
  readonly operation: string;
  readonly leaves: readonly string[];
  readonly does: () => ReturnType<TestBrowser['call']>;
}

/** The operations of a city's self-check, each done once, with the rows that it leaves. */
export function selfCheckSteps(
  { supervisor, manager }: { readonly supervisor: TestBrowser; readonly manager: TestBrowser },
  period: string,
): readonly Step[] {
  let [id, unit] = [0, ''];
  const revision = async (): Promise<number> =>
    ((await manager.call('GET', unit)).body as { revision: number }).revision;
  const bring = () => manager.call('POST', `${unit}/draft`, ...asForm('自查.csv', writeCsv(ROWS)));
  const UNIT = `${PATH}/{id}/units/{unitId}`;
  return [
    {
      operation: `POST ${PATH}`,
      leaves: ['selfcheck.open'],
      does: async () => {
        const { body } = await manager.call('GET', '/api/v1/session');
        const unitId = (body as { user: { unit: { id: number } } }).user.unit.id;
        const opening = { period, workdays: 10, unitIds: [unitId] };
        const answer = await supervisor.call('POST', PATH, opening);
        ({ id } = answer.body as { id: number });
        unit = `${PATH}/${id}/units/${unitId}`;
        return answer;
      },
    },
    { operation: `POST ${UNIT}/draft`, leaves: ['selfcheck.import'], does: bring },
    {
      operation: `POST ${UNIT}/rows/{number}/subject`,
      leaves: ['selfcheck.choose'],
      does: async () => {
        const choice = { revision: await revision(), subjectId: null };
        return manager.call('POST', `${unit}/rows/2/subject`, choice);
      },
    },
    {
      operation: `POST ${UNIT}/discarding`,
      leaves: ['selfcheck.discard'],
      does: async () => manager.call('POST', `${unit}/discarding`, { revision: await revision() }),
    },
    {
      operation: `POST ${UNIT}/submission`,
      leaves: ['selfcheck.submit'],
      does: async () => {
        await bring();
        return manager.call('POST', `${unit}/submission`, { revision: await revision() });
      },
    },
    {
      operation: `POST ${PATH}/{id}/closing`,
      leaves: ['selfcheck.close'],
      does: () => supervisor.call('POST', `${PATH}/${id}/closing`),
    },
  ];
}
