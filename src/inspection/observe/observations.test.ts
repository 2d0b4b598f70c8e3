import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import type { Ability, Actor } from '../../domain/actor.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { PICTURE } from '../../testing/facts/picture.ts';
import { type Answer, ask } from '../../testing/rounds/ask.ts';
import {
  newRound,
  type SmallProvince,
  smallProvince,
} from '../../testing/rounds/small-province.ts';
import { reviewFinding } from '../review/review-finding.ts';
import { importObservations } from './import-observations.ts';
import { PICTURE_BYTES_MAX } from './keep-picture.ts';
import { observationsOf } from './observation.repository.ts';

const INSPECTS: readonly Ability[] = [
  ...(['registry.read', 'round.read', 'round.run', 'finding.read', 'finding.enter'] as const),
  ...(['observation.enter', 'evidence.read'] as const),
];

function actorOf(name: string, units: ReadonlyMap<string, number>): Actor | undefined {
  const person = (userId: number, abilities: readonly Ability[], unit?: string) =>
    actorWith({
      ...{ userId, name, login: `u${userId}`, abilities },
      ...(unit && { unitName: unit, scope: new Set([units.get(unit)!]) }),
    });
  return {
    张三: person(1, INSPECTS),
    岳阳: person(2, ['registry.read', 'finding.read', 'evidence.read'], '岳阳市'),
    岳阳检查员: person(3, INSPECTS, '岳阳市'),
    李四: person(4, INSPECTS),
    王主任: person(5, [...INSPECTS, 'observation.withdraw']),
  }[name];
}

let province: SmallProvince;
/** Ids of accounts by name. */
const accounts = new Map<string, number>();
beforeAll(async () => {
  province = await smallProvince(actorOf);
  const { rows } = await sql<{ id: number; name: string }>`select id, name from account`.execute(
    province.deps.store.db,
  );
  for (const { id, name } of rows) accounts.set(name, id);
});
afterAll(() => province.remove());

const SIGHT = {
  ...{ observedAt: '2020-09-17T10:30:40+08:00', newestOn: '2020-08-01', ways: ['私信'] },
  ...{ testedAt: '2020-09-07T10:00:00+08:00', repliedAt: null, isThere: true, name: '长沙发布' },
  ...{ operator: null, certified: true, followers: 12_000, ads: '', originalOn: null },
  ...{ opens: null, note: null, picture: null as string | null },
};
const of = (name: string): string => `/api/v1/accounts/${accounts.get(name)}`;
const enter = (name: string, more: object = {}, who = '张三') =>
  ask(province.app, who, `POST ${of(name)}/observations`, { ...SIGHT, ...more });
const read = (name: string, who = '张三') => ask(province.app, who, `GET ${of(name)}/observations`);

async function upload(name: string, bytes: Uint8Array, who = '张三'): Promise<Answer> {
  const edge = 'xunjian-edge';
  const head = `--${edge}\r\ncontent-disposition: form-data; name="files"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
  const answer = await province.app.inject({
    method: 'POST',
    url: `${of(name)}/pictures`,
    headers: {
      ...{ host: '127.0.0.1', 'x-actor': encodeURIComponent(who) },
      'content-type': `multipart/form-data; boundary=${edge}`,
    },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${edge}--\r\n`)]),
  });
  const { statusCode: status, headers, rawPayload: bytesSent } = answer;
  return { status, headers, bytes: bytesSent, body: answer.json() };
}

describe('a picture', () => {
  it('is kept, and shown to who sees the account, whatever its bytes hold', async () => {
    const { status, body } = await upload('岳阳发布', PICTURE);
    expect([status, body]).toEqual([
      201,
      { sha256: expect.any(String), mediaType: 'image/png', width: 1, height: 1 },
    ]);
    const url = `GET ${of('岳阳发布')}/pictures/${body.sha256}` as const;
    const shown = await ask(province.app, '岳阳', url);
    expect([shown.status, shown.bytes]).toEqual([200, Buffer.from(PICTURE)]);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    const other = url.replace(of('岳阳发布'), of('长沙发布')) as `GET ${string}`;
    expect((await ask(province.app, '张三', other)).body.code).toBe('picture.unknown');
    expect((await ask(province.app, '岳阳', other)).body.code).toBe('account.unknown');
  });

  it.each<[string, Uint8Array, string]>([
    ['a page', Buffer.from('<script>alert(1)</script>'), 'picture.type'],
    ['nothing', new Uint8Array(), 'picture.type'],
    ['a program', Buffer.from('MZ\x90\x00'), 'picture.type'],
    ['too large', Buffer.concat([PICTURE, new Uint8Array(PICTURE_BYTES_MAX)]), 'http.too-large'],
  ])('is refused: %s', async (_name, bytes, code) => {
    expect((await upload('长沙发布', bytes)).body.code).toBe(code);
  });

  it('is refused when forms were left open too often', async () => {
    const pictures = Array.from({ length: 11 }, (_, at) =>
      Buffer.concat([PICTURE, Buffer.from([at])]),
    );
    const codes: unknown[] = [];
    for (const bytes of pictures) codes.push((await upload('长沙发布', bytes)).body.code);
    expect(codes).toEqual([...Array(10).fill(undefined), 'picture.many']);
    await sql`update observation_picture set uploaded_at = '2020-01-01'`.execute(
      province.deps.store.db,
    );
    expect((await upload('长沙发布', PICTURE)).status).toBe(201);
    const { rows } = await sql<{ left: number }>`
      select count(*)::int as left from observation_picture where account_id = ${accounts.get('长沙发布')}`.execute(
      province.deps.store.db,
    );
    expect(rows).toEqual([{ left: 1 }]);
  });
});

describe('a sight', () => {
  it('is refused when it says nothing, or what cannot be', async () => {
    const nothing = Object.fromEntries(Object.keys(SIGHT).map((name) => [name, null]));
    const { observedAt } = SIGHT;
    expect((await enter('长沙发布', { ...nothing, observedAt })).body).toMatchObject({
      code: 'observation.empty',
    });
    for (const [more, field] of [
      [{ newestOn: '2020-09-18' }, 'newestOn'],
      [{ observedAt: '2099-01-01T00:00:00+08:00' }, 'observedAt'],
      [{ repliedAt: '2020-09-01T10:00:00+08:00' }, 'repliedAt'],
      [{ testedAt: null, repliedAt: '2020-09-08T10:00:00+08:00' }, 'repliedAt'],
      [{ isThere: false }, 'isThere'],
      [{ originalOn: '2020-08-02' }, 'originalOn'],
    ] as const)
      expect((await enter('长沙发布', more)).body).toMatchObject({
        ...{ code: 'observation.contradiction', field },
      });
    expect((await enter('长沙发布', { picture: 'a'.repeat(64) })).body).toMatchObject({
      code: 'picture.unknown',
    });
  });

  it('may be entered by inspectors, of their own units only', async () => {
    expect((await enter('岳阳发布', {}, '岳阳')).body.code).toBe('identity.forbidden');
    expect((await enter('长沙发布', {}, '岳阳检查员')).body.code).toBe('account.unknown');
    expect((await upload('长沙发布', PICTURE, '岳阳检查员')).body.code).toBe('account.unknown');
    expect((await read('长沙发布', '岳阳')).body.code).toBe('account.unknown');
  });

  it('with its picture is what a round judges by, and the finding opens to the picture', async () => {
    const { sha256 } = (await upload('长沙发布', PICTURE)).body;
    expect((await enter('长沙发布', { picture: sha256 })).status).toBe(204);
    expect((await enter('长沙发布')).body.code).toBe('observation.exists');
    const [seen] = (await read('长沙发布')).body.items;
    expect(seen).toMatchObject({
      ...{ at: '2020-09-17T02:30:00.000Z', newestOn: '2020-08-01', ads: '', followers: 12_000 },
      clock: { dueOn: '2020-09-14', state: 'overdue', workdaysLeft: 0 },
      ...{ by: '张三', origin: '控制台登记', picture: sha256 },
    });
    await ask(province.app, '张三', 'POST /api/v1/rounds', newRound(province.web));
    await ask(province.app, '张三', 'POST /api/v1/rounds/2020Q3/run');
    await province.runner.idle();
    const { body } = await ask(province.app, '张三', `GET ${of('长沙发布')}/rounds/2020Q3`);
    const { id: _, withdrawn: __, mayWithdraw, ...said } = seen;
    expect([body.observations, mayWithdraw]).toEqual([[said], true]);
    const finding = body.findings.find(
      ({ rule }: { rule: { id: string } }) => rule.id === 'media.veto.stale.two-weeks',
    );
    expect(finding).toMatchObject({ status: 'breached' });
    const { body: detail } = await ask(
      province.app,
      '张三',
      `GET /api/v1/findings/${finding.id}` as const,
    );
    expect(detail.evidence[0]).toMatchObject({ snapshot: sha256 });
    const archived = await province.deps.archive.read(sha256);
    expect(archived).toMatchObject({ state: 'whole', place: { kind: 'resource' } });
  });
});

describe('a mistaken sight', () => {
  const withdraw = (id: number, who = '张三', reason = '看的是同名的另一个账号') =>
    ask(province.app, who, `POST /api/v1/observations/${id}/withdrawal`, { reason });
  const newest = async (name: string, who = '张三') => (await read(name, who)).body.items[0];
  const staleOf = async (name: string) => {
    const { body } = await ask(province.app, '张三', `GET ${of(name)}/rounds/2020Q3`);
    return body.findings.find(
      ({ rule }: { rule: { id: string } }) => rule.id === 'media.veto.stale.two-weeks',
    );
  };

  it('is taken back by who saw it, and what was reviewed is judged again without it', async () => {
    const { store } = province.deps;
    const { id } = await newest('长沙发布');
    expect((await newest('长沙发布', '李四')).mayWithdraw).toBe(false);
    const finding = await staleOf('长沙发布');
    await reviewFinding({ store }, '审核员', {
      ...{ period: '2020Q3', findingId: finding.id, decision: 'confirm', note: '' },
      at: '2020-09-20T00:00:00.000Z',
    });
    await sql`update round set state = 'frozen'`.execute(store.db);
    expect((await withdraw(id)).body.code).toBe('observation.frozen');
    await sql`update round set state = 'reviewing'`.execute(store.db);
    for (const [who, reason, code] of [
      ['岳阳检查员', '错了', 'observation.unknown'],
      ['李四', '错了', 'identity.forbidden'],
      ['岳阳', '错了', 'identity.forbidden'],
      ['张三', ' ', 'http.bad-request'],
    ] as const)
      expect((await withdraw(id, who, reason)).body.code, who).toBe(code);
    expect(await staleOf('长沙发布')).toMatchObject({ status: 'breached', review: 'once' });

    expect((await withdraw(id)).body).toEqual({ judgedAgain: ['2020Q3'] });
    expect(await staleOf('长沙发布')).toMatchObject({
      ...{ id: finding.id, status: 'undetermined', review: 'open' },
    });
    const { rows: reviews } = await sql<{ decision: string; note: string }>`
      select decision, note from finding_review where finding_id = ${finding.id} order by id`.execute(
      store.db,
    );
    expect(reviews).toMatchObject([{ decision: 'confirm' }, { decision: 'reopen' }]);
    expect(await newest('长沙发布')).toMatchObject({
      ...{ id, newestOn: '2020-08-01', mayWithdraw: false },
      withdrawn: { by: '张三', why: '看的是同名的另一个账号' },
    });
    expect((await withdraw(id)).body.code).toBe('observation.withdrawn');
    const { rows: trail } = await sql<{ detail: object }>`
      select detail from audit where action = 'observation.withdraw'`.execute(store.db);
    expect(trail).toMatchObject([{ detail: { judgedAgain: ['2020Q3'] } }]);
  });

  it('makes room for another of the same minute; a file does not bring it back', async () => {
    expect((await enter('长沙发布', { newestOn: '2020-09-16' })).status).toBe(204);
    const { store } = province.deps;
    const bytes = writeCsv([
      ['平台', '账号ID', '观察时间', '最新一条日期', '观察人'],
      ['头条号', 'yy', '2020-09-16 09:00', '2020-08-30', '张三'],
      ['头条号', 'yy', '2020-09-17 09:00', '2020-08-30', '张三'],
    ]);
    const load = () =>
      importObservations({ store }, '测试', {
        ...{ fileName: '观察.csv', bytes, now: '2020-09-20T00:00:00.000Z' },
      });
    expect(await load()).toEqual({ added: 2, unchanged: 0, withdrawn: 0 });
    const { id } = await newest('岳阳发布');
    // Whose name stands in a file is no user.
    expect((await withdraw(id)).body.code).toBe('identity.forbidden');
    expect((await withdraw(id, '王主任')).body).toEqual({ judgedAgain: [] });
    expect(await load()).toEqual({ added: 0, unchanged: 1, withdrawn: 1 });
    expect((await read('岳阳发布')).body.total).toBe(2);
    const [standing] = [...(await observationsOf(store.db, [accounts.get('岳阳发布')!])).values()];
    expect(standing).toHaveLength(1);
  });
});
