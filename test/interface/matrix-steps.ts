import { watchAccounts } from '../../src/matrix/index.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { sourcesWereRead } from '../../src/testing/sources-were-read.ts';
import type { Installation } from './city-offices.ts';

const V1 = '/api/v1';

/** The operations of the matrix, each done once, with the rows that it leaves. */
export function matrixSteps(office: {
  readonly installation: Installation;
  readonly sponsor: TestBrowser;
  readonly supervisor: TestBrowser;
}) {
  const { installation, sponsor, supervisor } = office;
  return [
    {
      operation: `POST ${V1}/account-alerts/{id}/acknowledgement`,
      leaves: ['alert.acknowledge'],
      does: async () => {
        const [alert] = await openAlerts(installation, sponsor);
        const url = `${V1}/account-alerts/${alert?.id}/acknowledgement`;
        return sponsor.call('POST', url, { note: '明天发布' });
      },
    },
    {
      operation: `POST ${V1}/index-formulas/{name}/versions`,
      leaves: ['index.change'],
      does: () =>
        supervisor.call('POST', `${V1}/index-formulas/weibo-short/versions`, {
          ...{ base: 1, weights: { activity: 0.3, spread: 0.7 }, reason: '本省会议意见' },
        }),
    },
  ];
}

/** Alerts that somebody sees, after a pass of the watch. */
export async function openAlerts(
  { deps }: Installation,
  person: TestBrowser,
): Promise<readonly { readonly id: number; readonly unitName: string }[]> {
  await sourcesWereRead(deps.store);
  await watchAccounts(deps, '测试', { at: new Date().toISOString() });
  const { body } = await person.call('GET', `${V1}/account-alerts?state=open&limit=200`);
  return (body as { items: { id: number; unitName: string }[] }).items;
}
