import { writeCsv } from '../../src/documents/workbook.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const V1 = '/api/v1';
const PATH = `${V1}/find-errors`;

interface Message {
  readonly id: number;
  readonly version: number;
  readonly unitId: number | null;
}

/** The operations of find-error messages, each done once, with the rows that it leaves. */
export function findErrorSteps(office: {
  readonly sponsor: TestBrowser;
  readonly supervisor: TestBrowser;
}) {
  const { sponsor, supervisor } = office;
  const message = async (): Promise<Message> => {
    const { body } = await supervisor.call('GET', PATH);
    return (body as { items: Message[] }).items[0]!;
  };
  const step = (
    who: TestBrowser,
    [name, action]: readonly [string, string],
    body: () => object | Promise<object>,
  ) => ({
    operation: `POST ${PATH}/{id}/${name}`,
    leaves: [`finderror.${action}`],
    does: async () => {
      const { id, version } = await message();
      return who.call('POST', `${PATH}/${id}/${name}`, { version, ...(await body()) });
    },
  });
  const later = (): string => {
    const day = new Date(Date.now() + 20 * 86_400_000);
    return day.toISOString().slice(0, 10);
  };
  return [
    {
      operation: `POST ${PATH}`,
      leaves: ['finderror.receive'],
      does: () => {
        const leftAt = new Date(Date.now() - 60_000).toISOString();
        return supervisor.call('POST', PATH, { items: [{ number: '1', content: '错', leftAt }] });
      },
    },
    step(supervisor, ['assignment', 'assign'], async () => {
      const { body } = await sponsor.call('GET', `${V1}/session`);
      const { user } = body as { user: { unit: { id: number } } };
      return { unitId: user.unit.id, note: '' };
    }),
    step(sponsor, ['acceptance', 'accept'], () => ({})),
    step(supervisor, ['extension', 'extend'], () => ({ until: later(), reason: '涉及多个部门' })),
    step(sponsor, ['answer', 'answer'], () => ({ isTrue: true, answer: '已修复。' })),
    step(supervisor, ['publication', 'publish'], () => ({
      ...{ content: '错', answer: '已修复。', name: '网民' },
    })),
    step(supervisor, ['withdrawal', 'withdraw'], () => ({ reason: '答复有误' })),
    {
      operation: `POST ${PATH}/import`,
      leaves: ['finderror.receive'],
      does: () => {
        const rows = [
          ['留言编号', '留言内容', '留言时间'],
          ['2', '首页打不开', '2026-11-16 09:30'],
        ];
        return supervisor.call('POST', `${PATH}/import`, ...asForm('找错留言.csv', writeCsv(rows)));
      },
    },
    {
      // Anybody may; whoever wrote is not known, and nothing was there before.
      operation: `POST ${V1}/public/find-errors`,
      leaves: ['finderror.receive'],
      does: () =>
        sponsor.call('POST', `${V1}/public/find-errors`, {
          ...{ problemType: '其他', content: '首页的“办事大厅”打不开。' },
        }),
    },
  ];
}
