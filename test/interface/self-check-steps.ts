import { writeCsv } from '../../src/documents/workbook.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const PATH = '/api/v1/self-checks';
const ROWS = [
  ['名称', '网站标识码', '检查日期', '检查结果', '问题描述'],
  ['没有这个网站', '', '2020-03-16', '有问题', '首页打不开'],
  ['岳阳市的网站', '4306000043', '2020-03-16', '有问题', '有错别字'],
];

const JPEG = Buffer.from('ffd8ffe0ffd9', 'hex');

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
    ...questionSteps({ supervisor, manager }, () => unit),
    {
      operation: `POST ${PATH}/{id}/closing`,
      leaves: ['selfcheck.close'],
      does: () => supervisor.call('POST', `${PATH}/${id}/closing`),
    },
  ];
}

/** What the comparison asks, answered with a file and asked back. */
function questionSteps(
  { supervisor, manager }: { readonly supervisor: TestBrowser; readonly manager: TestBrowser },
  unit: () => string,
): readonly Step[] {
  let [question, fileId] = ['', 0];
  const QUESTION = `${PATH}/{id}/units/{unitId}/questions/{key}`;
  const attach = async () => {
    const answer = await manager.call('POST', `${question}/files`, ...asForm('截图.jpg', JPEG));
    ({ id: fileId } = answer.body as { id: number });
    return answer;
  };
  return [
    {
      operation: `POST ${QUESTION}/files`,
      leaves: ['selfcheck.attach'],
      does: async () => {
        const { body } = await manager.call('GET', `${unit()}/comparison?stand=open`);
        question = `${unit()}/questions/${(body as { items: { key: string }[] }).items[0]!.key}`;
        return attach();
      },
    },
    {
      operation: `DELETE ${QUESTION}/files/{fileId}`,
      leaves: ['selfcheck.detach'],
      does: () => manager.call('DELETE', `${question}/files/${fileId}`),
    },
    {
      operation: `POST ${QUESTION}/answer`,
      leaves: ['selfcheck.answer'],
      does: () =>
        manager.call('POST', `${question}/answer`, { version: 0, reason: 'other', note: '已补查' }),
    },
    {
      operation: `POST ${QUESTION}/decision`,
      leaves: ['selfcheck.return'],
      does: () =>
        supervisor.call('POST', `${question}/decision`, {
          ...{ version: 1, isAccepted: false, note: '请附截图' },
        }),
    },
  ];
}
