import type { TestBrowser } from '../../src/testing/signed-in.ts';

const V1 = '/api/v1';

/** The operations of notices, each done once, with the rows that it leaves. */
export function notifySteps({ sponsor }: { readonly sponsor: TestBrowser }) {
  return [
    {
      operation: `POST ${V1}/inbox/read`,
      // Marks of one's own inbox change nothing for anybody else.
      leaves: [],
      does: () => sponsor.call('POST', `${V1}/inbox/read`, { upTo: 1 }),
    },
  ];
}
