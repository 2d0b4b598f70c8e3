import { writeCsv } from '../../src/documents/workbook.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const V1 = '/api/v1';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}

/**
 * What two people do to an import that takes something away, and what is done with a comparison: each operation once, with the rows that
 * it leaves. `code` is the code of a registered site.
 */
export function registerSteps(
  { supervisor, second }: { readonly supervisor: TestBrowser; readonly second: TestBrowser },
  code: string,
) {
  const PATH = `${V1}/registry/imports`;
  let draft = '';
  const submitted = async (): Promise<Answer> => {
    const rows = [
      ['网站标识码', '网站名称', '主办单位', '首页网址', '状态'],
      [code, `岳阳市新网站${code}`, '岳阳市', `http://${code}.gov.cn/`, '关停'],
    ];
    const sent = await supervisor.call('POST', PATH, ...asForm('关停.csv', writeCsv(rows)));
    draft = (sent.body as { id: string }).id;
    return supervisor.call('POST', `${PATH}/${draft}/submission`);
  };
  return [
    { operation: `POST ${PATH}/{id}/submission`, leaves: ['import.submit'], does: submitted },
    {
      operation: `POST ${PATH}/{id}/refusal`,
      leaves: ['import.refuse'],
      does: () => second.call('POST', `${PATH}/${draft}/refusal`, { reason: '没有关停公告' }),
    },
    {
      operation: `POST ${PATH}/{id}/approval`,
      leaves: ['registry.import'],
      does: async () => {
        await submitted();
        return second.call('POST', `${PATH}/${draft}/approval`);
      },
    },
    ...comparisonSteps(supervisor),
    ...mapSteps(supervisor),
  ];
}

/** A map of an office's table: saved, and deleted again. */
function mapSteps(supervisor: TestBrowser) {
  const url = `${V1}/column-maps/${encodeURIComponent('报送系统')}`;
  const operation = (method: string) => `${method} ${V1}/column-maps/{name}`;
  const columns = [{ header: '名称', synonyms: [], field: 'name' }];
  const map = { sheet: '', titles: [], columns, constants: [], blank: 'keep' };
  return [
    {
      ...{ operation: operation('PUT'), leaves: ['registry.map-save'] },
      does: () => supervisor.call('PUT', url, map),
    },
    {
      ...{ operation: operation('DELETE'), leaves: ['registry.map-delete'] },
      does: () => supervisor.call('DELETE', url),
    },
  ];
}

function comparisonSteps(supervisor: TestBrowser) {
  const PATH = `${V1}/register-diffs`;
  let id = 0;
  return [
    {
      operation: `POST ${PATH}`,
      leaves: ['register-diff.make'],
      lacks: ['changes'] as const,
      does: async () => {
        const rows = [
          ['平台', '账号名称', '账号ID', '主办单位'],
          ['新浪微博', '岳阳旅游发布', 'yueyang-lvyou', '岳阳市'],
        ];
        const made = await supervisor.call('POST', PATH, ...asForm('导出.csv', writeCsv(rows)));
        id = (made.body as { id: number }).id;
        return made;
      },
    },
    {
      operation: `POST ${PATH}/{id}/adoptions`,
      leaves: ['register-diff.adopt'],
      // An account that was not registered had nothing before.
      lacks: ['changes'] as const,
      does: async () => {
        const { body } = await supervisor.call('GET', `${PATH}/${id}/differences?kind=theirs`);
        const { number } = (body as { items: { number: number }[] }).items[0]!;
        const asked = { numbers: [number], side: 'theirs' };
        return supervisor.call('POST', `${PATH}/${id}/adoptions`, asked);
      },
    },
    {
      operation: `DELETE ${PATH}/{id}`,
      leaves: ['register-diff.discard'],
      lacks: ['changes'] as const,
      does: () => supervisor.call('DELETE', `${PATH}/${id}`),
    },
  ];
}
