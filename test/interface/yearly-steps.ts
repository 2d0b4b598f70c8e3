import type { TestBrowser } from '../../src/testing/signed-in.ts';

const PATH = '/api/v1/yearly-forms';

interface Step {
  readonly operation: string;
  readonly leaves: readonly string[];
  readonly does: () => ReturnType<TestBrowser['call']>;
}
interface Field {
  readonly field: { readonly id: string; readonly kind: string };
  readonly known: object | null;
}
interface Read {
  readonly head: { readonly version: number };
  readonly sections: readonly { readonly fields: readonly Field[] }[];
}

const VALUES: Readonly<Record<string, string>> = {
  ...{ text: '有', count: '1', decimal: '1', yesNo: '是' },
  ...{ url: 'http://www.yueyang.gov.cn/', date: '2027-01-05' },
};

/** The operations of a yearly form, each done once, with the rows that it leaves. */
export function yearlySteps({
  supervisor,
  second,
  manager,
}: {
  readonly supervisor: TestBrowser;
  readonly second: TestBrowser;
  readonly manager: TestBrowser;
}): readonly Step[] {
  let id = 0;
  const read = async (): Promise<Read> => (await manager.call('GET', `${PATH}/${id}`)).body as Read;
  const step = (who: TestBrowser, name: string, action: string, more: object = {}): Step => ({
    operation: `POST ${PATH}/{id}/${name}`,
    leaves: [`yearly.${action}`],
    does: async () => {
      const { version } = (await read()).head;
      return who.call('POST', `${PATH}/${id}/${name}`, { version, ...more });
    },
  });
  return [
    {
      operation: `POST ${PATH}`,
      leaves: ['yearly.open'],
      does: async () => {
        const answer = await supervisor.call('POST', PATH, { year: 2019 });
        const { body } = await manager.call('GET', `${PATH}?kind=site&limit=1`);
        id = (body as { items: { id: number }[] }).items[0]!.id;
        return answer;
      },
    },
    step(manager, 'recount', 'recount'),
    {
      operation: `PUT ${PATH}/{id}/fields`,
      leaves: ['yearly.fill'],
      does: async () => {
        const { head, sections } = await read();
        const fields = sections
          .flatMap((section) => section.fields)
          .filter(({ known }) => known === null)
          .map(({ field }) => ({ fieldId: field.id, value: VALUES[field.kind]!, note: '' }));
        return manager.call('PUT', `${PATH}/${id}/fields`, { version: head.version, fields });
      },
    },
    step(manager, 'submission', 'submit'),
    step(second, 'return', 'return', { reason: '请核对' }),
    step(manager, 'submission', 'submit'),
    step(second, 'signature', 'sign'),
    step(manager, 'publication', 'publish', { url: 'http://www.yueyang.gov.cn/nb.html' }),
  ];
}
