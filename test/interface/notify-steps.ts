import { sql } from 'kysely';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import type { Installation } from './city-offices.ts';

const V1 = '/api/v1';
const CHANNEL = { kind: 'webhook', name: '办公系统', url: 'https://oa.test/in', key: '12345678' };

/** The operations of notices, each done once, with the rows that it leaves. */
export function notifySteps(office: {
  readonly installation: Installation;
  readonly sponsor: TestBrowser;
}) {
  const { installation, sponsor } = office;
  const { db } = installation.deps.store;
  let channelId = 0;
  let admin: TestBrowser;
  return [
    {
      operation: `POST ${V1}/inbox/read`,
      // Marks of one's own inbox change nothing for anybody else.
      leaves: [],
      does: () => sponsor.call('POST', `${V1}/inbox/read`, { upTo: 1 }),
    },
    {
      operation: `PUT ${V1}/inbox/preferences`,
      leaves: ['notice.preferences'],
      does: () =>
        sponsor.call('PUT', `${V1}/inbox/preferences`, {
          ...{ email: 'wang@yy.test', withoutKinds: ['upkeep.chase'] },
        }),
    },
    {
      operation: `POST ${V1}/notice-channels`,
      leaves: ['channel.keep'],
      does: async () => {
        admin = await installation.enter('systemAdmin', null);
        const answer = await admin.call('POST', `${V1}/notice-channels`, CHANNEL);
        channelId = (answer.body as { id: number }).id;
        return answer;
      },
    },
    {
      operation: `PUT ${V1}/notice-channels/{id}`,
      leaves: ['channel.keep'],
      does: () =>
        admin.call('PUT', `${V1}/notice-channels/${channelId}`, { ...CHANNEL, enabled: false }),
    },
    {
      operation: `POST ${V1}/notice-channels/{id}/test`,
      leaves: ['channel.test'],
      does: () => admin.call('POST', `${V1}/notice-channels/${channelId}/test`, { email: null }),
    },
    {
      operation: `POST ${V1}/notice-deliveries/{id}/resend`,
      leaves: ['delivery.resend'],
      does: async () => {
        const { rows } = await sql<{ id: number }>`
          insert into delivery (key, channel_id, kind, title, text, urgent, state, next_at, made_at)
          values ('k', ${channelId}, 'upkeep.chase', '题', '文', false, 'failed', now(), now()) returning id`.execute(
          db,
        );
        const url = `${V1}/notice-deliveries/${rows[0]!.id}/resend`;
        return admin.call('POST', url, { mayDouble: false });
      },
    },
  ];
}
