import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { importRegistry, listUnits } from '../../registry/index.ts';
import { TestMailServer } from '../../testing/notify/mail-server.ts';
import { ROBOT_SECRET, type RobotServer, startRobots } from '../../testing/notify/robot-server.ts';
import { startServer } from '../../testing/servers/start-server.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import type { NotifyDeps } from '../channel.ts';
import { listDeliveries, resendDelivery, testChannel } from '../manage/deliveries.ts';
import { ChannelInput, keepChannel } from '../manage/keep-channel.ts';
import { defineNoticeKinds, type NoticeDraft } from '../notice.ts';
import { queueNotices } from '../queue-notices.ts';
import { deliverNotices } from './deliver-notices.ts';
import { endOfSilence } from './delivery-policy.ts';
import type { SendHooks } from './send-deliveries.ts';

defineNoticeKinds({ 'test.sent': { name: '测试事项' }, 'test.other': { name: '另一种' } });

let opened: TemporaryStore;
let deps: NotifyDeps;
let unitId: number;
let userId: number;
let mail: TestMailServer;
let robots: RobotServer;
/** Tuesday, 17 November 2026, 10:00 in Shanghai. */
const MORNING = Date.parse('2026-11-17T02:00:00.000Z');
let clock = MORNING;
const now = (): string => new Date(clock).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

beforeAll(async () => {
  opened = await temporaryStore();
  const { store, sealing } = opened;
  const openFetcher = (inner: readonly string[]) =>
    createFetcher({ userAgent: 't', resolve: [], allowAddresses: inner, pacePerAddressMs: 0, now });
  deps = { store, sealing, notify: { publicOrigin: 'https://xj.test', openFetcher } };
  const files = [
    {
      name: '单位.csv',
      bytes: writeCsv([
        ['名称', '上级'],
        ['岳阳市', ''],
      ]),
    },
  ];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2026-01-01' });
  unitId = (await listUnits(store.db))[0]!.id;
  const { rows } = await sql<{ id: number }>`
    insert into app_user (login, name, unit_id, roles, created_at)
    values ('wang', '王敏', ${unitId}, '["sponsor"]', now()) returning id`.execute(store.db);
  userId = rows[0]!.id;
  await sql`insert into notice_address values (${userId}, 'wang@yy.test', '["test.other"]', now())`.execute(
    store.db,
  );
  mail = new TestMailServer();
  await mail.up();
  robots = await startRobots(() => clock);
});
afterAll(async () => {
  await mail?.down();
  await robots?.[Symbol.asyncDispose]();
  await opened?.remove();
});
beforeEach(async () => {
  clock = MORNING;
  mail.mood = 'well';
  mail.received.length = 0;
  for (const table of ['delivery_attempt', 'delivery_item', 'delivery', 'notice_copy', 'notice'])
    await sql`delete from ${sql.table(table)}`.execute(opened.store.db);
  await sql`delete from notice_channel`.execute(opened.store.db);
});

let keys = 0;
function draft(change: Partial<NoticeDraft> = {}): NoticeDraft {
  keys += 1;
  return {
    ...{ key: `sent:${keys}`, kind: 'test.sent', to: { unitId }, title: `事项${keys}` },
    ...{ text: '请办理。', link: '/upkeep', urgent: true, ...change },
  };
}
const queue = (...drafts: NoticeDraft[]) =>
  opened.store.transaction((trx) => queueNotices(trx, drafts, now()));
const pass = (hooks: SendHooks = {}) => deliverNotices(deps, { now, ...hooks });

async function channel(given: object, inner: readonly string[] = ['127.0.0.1']): Promise<number> {
  const parsed = ChannelInput.parse({ name: `通道${keys}`, ...given });
  const kept = { id: null, channel: parsed, innerAddresses: inner, at: now() };
  return keepChannel(deps, '测试', kept);
}
const mailChannel = (change = {}) =>
  channel({
    ...{ kind: 'email', host: '127.0.0.1', port: mail.port, secure: false, allowsPlain: true },
    ...{ from: '巡鉴 <xj@office.test>', ...change },
  });
const states = async () =>
  (await listDeliveries(deps, '测试', { limit: 100, offset: 0 })).items
    .map(({ state }) => state)
    .reverse();

describe('e-mail', () => {
  it('says what, where to look, and by whom it was made', async () => {
    await mailChannel();
    await queue(draft());
    expect(await pass()).toMatchObject({ planned: 1, composed: 1, sent: 1 });
    const [received] = mail.received;
    expect(received).toMatchObject({ to: 'wang@yy.test' });
    expect(received!.messageId).toMatch(/^<[0-9a-f]{40}@office\.test>$/);
    expect(received!.raw).toContain('Auto-Submitted: auto-generated');
    const body = Buffer.from(received!.raw.split('\r\n\r\n')[1]!, 'base64').toString('utf8');
    expect(body).toBe('请办理。\nhttps://xj.test/upkeep');
    expect(await pass()).toMatchObject({ planned: 0, composed: 0, sent: 0 });
  });

  it('a server that is down for a day loses nothing and doubles nothing', async () => {
    await mailChannel();
    await mail.down();
    const tries = mail.connections;
    for (let hour = 0; hour < 24; hour += 1) {
      await queue(draft());
      await pass();
      clock += HOUR;
    }
    expect(mail.received).toEqual([]);
    await mail.up();
    clock += 10 * MINUTE;
    for (let minute = 0; minute < 3; minute += 1) await pass();
    expect(mail.received).toHaveLength(24);
    expect(new Set(mail.received.map(({ messageId }) => messageId)).size).toBe(24);
    expect(new Set(await states())).toEqual(new Set(['sent']));
    expect(mail.connections - tries).toBe(24);
  });

  it('who is put off is tried again later and later; who is refused is not', async () => {
    await mailChannel();
    mail.mood = 'greylists';
    await queue(draft());
    expect(await pass()).toMatchObject({ put_off: 1 });
    clock += 30_000;
    expect(await pass()).toMatchObject({ put_off: 0, sent: 0 });
    clock += 31_000;
    mail.mood = 'well';
    expect(await pass()).toMatchObject({ sent: 1 });
    mail.mood = 'refuses';
    await queue(draft());
    expect(await pass()).toMatchObject({ failed: 1 });
    const { items } = await listDeliveries(deps, '测试', { limit: 1, offset: 0 });
    expect(items[0]).toMatchObject({ state: 'failed', words: expect.stringContaining('no such') });
  });

  it('a connection that breaks within the text leaves a question, which only a person answers', async () => {
    await mailChannel();
    mail.mood = 'drops';
    await queue(draft());
    expect(await pass()).toMatchObject({ uncertain: 1 });
    mail.mood = 'well';
    clock += 48 * HOUR;
    await pass();
    expect(mail.received).toHaveLength(1);
    const { items } = await listDeliveries(deps, '测试', { limit: 1, offset: 0 });
    const resend = (mayDouble: boolean) =>
      resendDelivery(deps, '测试', { id: items[0]!.id, mayDouble, at: now() });
    await expect(resend(false)).rejects.toMatchObject({ code: 'delivery.unconfirmed' });
    await resend(true);
    await pass();
    expect(await states()).toEqual(['sent']);
    // The double can be known for one: it is the same message.
    expect(mail.received[1]!.messageId).toBe(mail.received[0]!.messageId);
  });

  it('killed between sending and recording: nothing is sent twice, and a person sees it', async () => {
    await mailChannel();
    await queue(draft());
    const kill = (): never => {
      throw new Error('killed');
    };
    await expect(pass({ afterSend: kill })).rejects.toThrow('killed');
    expect(await states()).toEqual(['sending']);
    await pass();
    clock += HOUR;
    await pass();
    expect(await states()).toEqual(['uncertain']);
    expect(mail.received).toHaveLength(1);
  });

  it('two workers at once send once', async () => {
    await mailChannel();
    await queue(...Array.from({ length: 30 }, () => draft()));
    await Promise.all([pass(), pass(), pass()]);
    await pass();
    const ids = mail.received.map(({ messageId }) => messageId);
    expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  });

  it('a clock that is put back keeps nothing waiting for the day that it lost', async () => {
    await mailChannel();
    mail.mood = 'greylists';
    await queue(draft());
    await pass();
    mail.mood = 'well';
    clock -= 24 * HOUR;
    await pass();
    expect(await states()).toEqual(['sent']);
    expect(mail.received).toHaveLength(1);
  });

  it('what one does not want by mail lies in the inbox only', async () => {
    await mailChannel();
    await queue(draft({ kind: 'test.other' }));
    expect(await pass()).toMatchObject({ planned: 1, composed: 0 });
  });
});

describe('quiet hours and the digest', () => {
  it('what is not urgent waits for its like, and one mail tells of all', async () => {
    await mailChannel();
    await queue(draft({ urgent: false }), draft({ urgent: false }), draft({ urgent: false }));
    await pass();
    expect(mail.received).toEqual([]);
    clock += 6 * MINUTE;
    expect(await pass()).toMatchObject({ composed: 1, sent: 1 });
    expect(mail.received).toHaveLength(1);
  });

  it('at night and over a holiday only urgent ones go', async () => {
    await mailChannel();
    // Friday 22:00 before a weekend.
    clock = Date.parse('2026-11-20T14:00:00.000Z');
    await queue(draft({ urgent: false }), draft());
    await pass();
    expect(mail.received).toHaveLength(1);
    clock = Date.parse('2026-11-22T23:59:00.000Z');
    await pass();
    expect(mail.received).toHaveLength(1);
    clock = Date.parse('2026-11-23T00:00:00.000Z');
    await pass();
    expect(mail.received).toHaveLength(2);
  });

  it('what became due while nobody sent is held back again', async () => {
    await mailChannel();
    await queue(draft({ urgent: false }));
    await pass();
    clock = Date.parse('2026-11-17T15:00:00.000Z');
    await pass();
    expect(mail.received).toEqual([]);
    clock = Date.parse('2026-11-18T00:00:00.000Z');
    await pass();
    expect(mail.received).toHaveLength(1);
  });

  it.each([
    ['in working hours', '2026-11-17T02:00:00.000Z', '2026-11-17T02:00:00.000Z'],
    ['at night', '2026-11-17T12:00:00.000Z', '2026-11-18T00:00:00.000Z'],
    ['before a weekend', '2026-11-20T13:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['before the National Day week', '2026-09-30T13:00:00.000Z', '2026-10-08T00:00:00.000Z'],
    ['on a Saturday that is worked', '2026-10-10T02:00:00.000Z', '2026-10-10T02:00:00.000Z'],
  ])('%s', (_case, at, end) => {
    expect(endOfSilence({ from: '20:00', to: '08:00', workdaysOnly: true }, at)).toBe(end);
  });
});

describe('webhooks and robots', () => {
  it('a webhook is signed over its time and text, and known by its id', async () => {
    const bodies: string[] = [];
    await using receiver = await startServer((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString('utf8')));
      request.on('end', () => response.writeHead(204).end());
    });
    await channel({ kind: 'webhook', url: `${receiver.url}/in`, key: 'webhook-key', unitId });
    await queue(draft());
    expect(await pass()).toMatchObject({ sent: 1 });
    const [{ headers }] = receiver.seen as [(typeof receiver.seen)[number]];
    const timestamp = headers['x-xunjian-timestamp'] as string;
    expect(Number(timestamp)).toBe(MORNING / 1000);
    expect(headers['x-xunjian-signature']).toBe(
      createHmac('sha256', 'webhook-key').update(`${timestamp}.${bodies[0]}`).digest('hex'),
    );
    expect(JSON.parse(bodies[0]!)).toMatchObject({ id: headers['x-xunjian-id'] });
  });

  it('an address inside the office is refused unless the owner allowed it', async () => {
    const id = await channel({ kind: 'webhook', url: 'http://127.0.0.1:1/', key: '12345678' }, []);
    expect(await testChannel(deps, '测试', { id, email: null, at: now() })).toMatchObject({
      ok: false,
      code: 'forbidden-address',
    });
  });

  it.each([
    ['wecom', '/wecom?key=k', undefined],
    ['dingtalk', '/dingtalk?access_token=t', ROBOT_SECRET],
    ['feishu', '/feishu/hook', ROBOT_SECRET],
  ] as const)(
    '%s takes no more than it may, and gets the rest in the next minutes',
    async (kind, path, key) => {
      await channel({ kind, url: `${robots.url}${path}`, unitId, ...(key && { key }) });
      const before = robots.said.length;
      await queue(...Array.from({ length: 25 }, () => draft({ text: '长'.repeat(1_500) })));
      await pass();
      await pass();
      expect(robots.said.length - before).toBe(18);
      clock += MINUTE + 1_000;
      await pass();
      expect(robots.said.length - before).toBe(25);
      expect(robots.tooFast()).toBe(0);
    },
  );

  it.each([
    ['wecom', '/wecom?key=wrong', undefined, '93000'],
    ['dingtalk', '/dingtalk?access_token=t', 'another-secret', '310000'],
    ['feishu', '/feishu/hook', 'another-secret', '19021'],
  ] as const)(
    '%s refuses inside of HTTP 200: the channel pauses, the message waits',
    async (kind, path, key, code) => {
      const id = await channel({ kind, url: `${robots.url}${path}`, unitId, ...(key && { key }) });
      expect(await testChannel(deps, '测试', { id, email: null, at: now() })).toMatchObject({
        ok: false,
        code,
      });
      await queue(draft(), draft());
      expect(await pass()).toMatchObject({ put_off: 1, failed: 0 });
      expect(await states()).toEqual(['waiting', 'waiting']);
    },
  );
});

describe('secrets', () => {
  it('lie sealed in the database and are in no row of the trail', async () => {
    await mailChannel({ user: 'xj', password: 'open-sesame-2026' });
    const { rows } = await sql<{ all: string }>`
      select (select string_agg(t::text, '') from notice_channel t) ||
             (select string_agg(t::text, '') from audit t) as all`.execute(opened.store.db);
    expect(rows[0]!.all).toContain('channel.keep');
    expect(rows[0]!.all).not.toContain('open-sesame');
  });
});
