import type { TestBrowser } from '../../src/testing/signed-in.ts';

const V1 = '/api/v1/bulletins';

/** The operations of a bulletin, from the office's words to the second signature, each once, with the rows that it leaves. */
export function bulletinSteps(
  { supervisor, second }: { readonly supervisor: TestBrowser; readonly second: TestBrowser },
  period: string,
) {
  const url = `${V1}/${period}`;
  const sign = (who: TestBrowser, ...leaves: string[]) => ({
    operation: `POST ${V1}/{period}/signatures`,
    leaves,
    does: async () => {
      const { sha256 } = (await who.call('GET', url)).body as { sha256: string };
      return who.call('POST', `${url}/signatures`, { sha256 });
    },
  });
  return [
    {
      operation: `POST ${V1}/{period}/blocks`,
      leaves: ['bulletin.block'],
      does: () => {
        const block = { kind: 'text', after: 'overview', text: '做法较好。' };
        return supervisor.call('POST', `${url}/blocks`, block);
      },
    },
    {
      operation: `PATCH ${V1}/{period}/blocks/{block}`,
      leaves: ['bulletin.block'],
      does: () => supervisor.call('PATCH', `${url}/blocks/1`, { version: 1, removed: true }),
    },
    {
      operation: `POST ${V1}/{period}/build`,
      leaves: ['bulletin.build'],
      does: () =>
        supervisor.call('POST', `${url}/build`, {
          ...{ documentNumber: '湘政务函〔2020〕8号', issuer: '湖南省政务管理服务局' },
          issuedOn: '2020-03-27',
        }),
    },
    sign(supervisor, 'bulletin.sign'),
    {
      operation: `DELETE ${V1}/{period}/signatures`,
      leaves: ['bulletin.withdraw'],
      does: () => supervisor.call('DELETE', `${url}/signatures`),
    },
    sign(second, 'bulletin.sign'),
    sign(supervisor, 'bulletin.sign', 'round.issue'),
    ...correctionSteps(supervisor, period),
  ];
}

function correctionSteps(supervisor: TestBrowser, period: string) {
  const url = `${V1}/${period}/corrections`;
  let draft = { id: 0, sha256: '' };
  return [
    {
      operation: `POST ${V1}/{period}/corrections`,
      leaves: ['bulletin.correct'],
      does: async () => {
        const made = await supervisor.call('POST', url, {
          ...{ documentNumber: '湘政务函〔2020〕9号', issuedOn: '2020-04-01' },
          ...{ wrong: '2020年第一季度', correct: '2020年一季度', reason: '笔误' },
        });
        draft = made.body as typeof draft;
        return made;
      },
    },
    {
      operation: `POST ${V1}/{period}/corrections/{id}/signatures`,
      leaves: ['bulletin.correct-sign'],
      does: () =>
        supervisor.call('POST', `${url}/${draft.id}/signatures`, { sha256: draft.sha256 }),
    },
    {
      operation: `DELETE ${V1}/{period}/corrections/{id}`,
      leaves: ['bulletin.correct-withdraw'],
      does: () => supervisor.call('DELETE', `${url}/${draft.id}`),
    },
  ];
}
