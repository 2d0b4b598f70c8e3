import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { authorisationSteps } from './authorisation-steps.ts';

interface SourceStep {
  readonly operation: string;
  readonly does: () => Promise<{ readonly status: number; readonly text: string }>;
  readonly leaves: readonly string[];
}

const V1 = '/api/v1';
const SOURCES = `${V1}/accounts/{id}/sources`;
/** Nobody answers there: the try leaves its row all the same. */
const NOWHERE = 'http://api.nowhere.invalid/';

/** A supervisor begins a sweep; a sponsor adds a source to an account of his, changes its credential, tries it, reports a post, and takes the source away. */
export function sourceSteps(sponsor: () => TestBrowser, supervisor: TestBrowser): SourceStep[] {
  let [account, source] = ['', 0];
  const own = (rest: string): string => `${V1}/accounts/${account}${rest}`;
  return [
    {
      ...{ operation: `POST ${V1}/account-sweeps`, leaves: ['source.sweep'] },
      does: () => supervisor.call('POST', `${V1}/account-sweeps`),
    },
    {
      ...{ operation: `POST ${SOURCES}`, leaves: ['source.add'] },
      does: async () => {
        const { body } = await sponsor().call('GET', `${V1}/accounts?limit=1`);
        account = String((body as { items: { id: number }[] }).items[0]!.id);
        const added = await sponsor().call('POST', own('/sources'), {
          ...{ kind: 'weibo', address: NOWHERE, identity: '2656274875', secret: '一个令牌' },
        });
        source = (added.body as { id: number }).id;
        return added;
      },
    },
    {
      ...{ operation: `PUT ${SOURCES}/{sourceId}/credential`, leaves: ['source.credential'] },
      does: () => sponsor().call('PUT', own(`/sources/${source}/credential`), { secret: '另一个' }),
    },
    {
      ...{ operation: `POST ${SOURCES}/{sourceId}/test`, leaves: ['source.test'] },
      does: () => sponsor().call('POST', own(`/sources/${source}/test`)),
    },
    {
      ...{ operation: `POST ${V1}/accounts/{id}/reported-posts`, leaves: ['source.report'] },
      does: () =>
        sponsor().call('POST', own('/reported-posts'), {
          ...{ title: '公告', url: '', publishedOn: '2020-09-16' },
        }),
    },
    {
      ...{ operation: `DELETE ${SOURCES}/{sourceId}`, leaves: ['source.remove'] },
      does: () => sponsor().call('DELETE', own(`/sources/${source}`)),
    },
    ...authorisationSteps(sponsor),
  ];
}
