import type { TestBrowser } from '../../src/testing/signed-in.ts';

const V1 = '/api/v1';

/** A sponsor makes a link for his account's administrator, and makes it void again. */
export function authorisationSteps(sponsor: () => TestBrowser) {
  let account = '';
  return [
    {
      operation: `POST ${V1}/accounts/{id}/wechat-invitation`,
      leaves: ['wechat.invite'],
      does: async () => {
        const platform = encodeURIComponent('微信公众号');
        const { body } = await sponsor().call('GET', `${V1}/accounts?platform=${platform}&limit=1`);
        account = String((body as { items: { id: number }[] }).items[0]!.id);
        return sponsor().call('POST', `${V1}/accounts/${account}/wechat-invitation`);
      },
    },
    {
      operation: `DELETE ${V1}/accounts/{id}/wechat-authorisation`,
      leaves: ['wechat.withdraw'],
      does: () => sponsor().call('DELETE', `${V1}/accounts/${account}/wechat-authorisation`),
    },
  ];
}
