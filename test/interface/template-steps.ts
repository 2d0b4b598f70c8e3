import type { TestBrowser } from '../../src/testing/signed-in.ts';

const V1 = '/api/v1/notice-templates';
const URL = `${V1}/rectify.chase`;
const part = (text: string) => ({ when: '', lead: '', text });

/** Words of a notice: tried, kept by one person, put in force by another. */
export function templateSteps({
  supervisor,
  second,
}: {
  readonly supervisor: TestBrowser;
  readonly second: TestBrowser;
}) {
  const content = { title: [part('请抓紧整改')], body: [part('期限是 {deadline}。')] };
  return [
    {
      operation: `POST ${V1}/{kind}/previews`,
      // Tries words, keeps nothing.
      leaves: [],
      does: () => supervisor.call('POST', `${URL}/previews`, { content, example: null }),
    },
    {
      operation: `POST ${V1}/{kind}/versions`,
      leaves: ['template.save'],
      does: () => supervisor.call('POST', `${URL}/versions`, { content, note: '简短些' }),
    },
    {
      operation: `PUT ${V1}/{kind}/force`,
      leaves: ['template.put'],
      does: () =>
        second.call('PUT', `${URL}/force`, { version: 1, insteadOf: null, reason: '核对无误' }),
    },
  ];
}
