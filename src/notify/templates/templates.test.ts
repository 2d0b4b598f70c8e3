import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { defineNoticeKinds } from '../notice.ts';
import { queueNotices } from '../queue-notices.ts';
import { wordLetters } from './in-force.ts';
import { putTemplateInForce, saveTemplate } from './keep-templates.ts';
import { listTemplates, previewTemplate, readTemplate } from './read-templates.ts';
import { always, content, defineTemplate, when, wordedBy } from './subjects.ts';
import type { FieldValues, TemplateContent } from './template.ts';

const AT = '2026-11-16T01:00:00.000Z';
const LETTER = 'test.paper';
const CHASE = 'test.chase';

defineNoticeKinds({
  [CHASE]: {
    name: '催办（测试）',
    words: {
      fields: {
        cases: { kind: 'count', words: '件数', sample: 2 },
        after: { kind: 'count', words: '逾期几天', sample: null },
        unit: { kind: 'words', words: '单位', sample: '岳阳市' },
        late: { kind: 'flag', words: '逾期', sample: false },
      },
      content: content([always('{cases} 件到期')], [always('请抓紧。')]),
    },
  },
  'test.plain': { name: '没有自己字段的通知（测试）' },
});
defineTemplate(LETTER, {
  ...{ name: '公文（测试）', form: 'letter' },
  fields: { unit: { kind: 'words', words: '单位', sample: '岳阳市' } },
  content: content([always('关于{unit}的通知')], [always('请整改。', '一、整改。')]),
  examples: async () => [{ key: '7', label: '7号（长沙市）', values: { unit: '长沙市' } }],
});

let opened: TemporaryStore;
const people = new Map<string, Actor>();
const who = (name: string): Actor => people.get(name)!;
const deps = () => ({ store: opened.store });

beforeAll(async () => {
  opened = await temporaryStore();
  for (const name of ['省甲', '省乙', '市']) {
    const { rows } = await sql<{ id: number }>`
      insert into app_user (login, name, roles, created_at) values (${name}, ${name}, '["supervisor"]'::jsonb, now())
      returning id`.execute(opened.store.db);
    const abilities = name === '市' ? [] : (['rectification.open'] as const);
    people.set(name, actorWith({ userId: rows[0]!.id, name, abilities }));
  }
});
afterAll(() => opened?.remove());

const save = (kind: string, words: TemplateContent, name = '省甲') =>
  saveTemplate(deps(), who(name), { kind, content: words, note: '新的行文', at: AT });
async function put(kind: string, version: number | null, name = '省乙'): Promise<void> {
  const [held] = (await readTemplate(deps(), who('省甲'), kind)).force;
  const given = { kind, version, insteadOf: held?.id ?? null, reason: '核对无误', at: AT };
  await putTemplateInForce(deps(), who(name), given);
}
const chase = (key: string, values: FieldValues, kind = CHASE) =>
  opened.store.transaction((trx) =>
    queueNotices(
      trx,
      [
        {
          ...{ key, kind, to: { role: 'supervisor' as const }, link: null, urgent: false },
          ...(kind === CHASE ? wordedBy(CHASE, values) : { title: '原题', text: '原文。' }),
        },
      ],
      AT,
    ),
  );
async function told(key: string): Promise<string> {
  const { rows } = await sql<{ title: string; text: string }>`
    select title, text from notice where key = ${key}`.execute(opened.store.db);
  return rows.map(({ title, text }) => `${title}|${text}`).join('&');
}
const CASE = { cases: 3, after: null, unit: '岳阳市', late: false };

describe('words of notices', () => {
  it('are used after another person put them in force, and what was sent before stays', async () => {
    await chase('one', CASE);
    await save(
      CHASE,
      content(
        [always('{unit}：'), when('cases > 1', '{cases} 件'), when('late', '已逾期')],
        [when('not has after', '请按期办理。'), when('has after', '已过 {after} 天。')],
      ),
    );
    await chase('two', CASE);
    await expect(put(CHASE, 1, '省甲')).rejects.toMatchObject({ code: 'template.same-person' });
    await put(CHASE, 1);
    await chase('three', CASE);
    await chase('four', { ...CASE, cases: 1, after: 5, late: true });
    // Queued again under the words in force, a key is what it was.
    await chase('one', CASE);
    expect([await told('one'), await told('two'), await told('three'), await told('four')]).toEqual(
      [
        ...['3 件到期|请抓紧。', '3 件到期|请抓紧。'],
        ...['岳阳市：3 件|请按期办理。', '岳阳市：已逾期|已过 5 天。'],
      ],
    );
    await put(CHASE, null);
    await put(CHASE, 1);
    const { force } = await readTemplate(deps(), who('省甲'), CHASE);
    expect(force.map(({ version, by }) => [version, by])).toEqual([
      ...[
        [1, '省乙'],
        [null, '省乙'],
        [1, '省乙'],
      ],
    ]);
  });

  it('that have none for a case give way to the program’s own: told once, recorded, shown', async () => {
    await save(CHASE, content([always('{cases} 件')], [always('已过 {after} 天。')]));
    await put(CHASE, 2);
    for (const key of ['fails', 'fails', 'fails too']) await chase(key, CASE);
    await chase('words', { ...CASE, after: 2 });
    expect([await told('fails'), await told('words')]).toEqual([
      ...['3 件到期|请抓紧。', '3 件|已过 2 天。'],
    ]);
    const { failures } = await readTemplate(deps(), who('省甲'), CHASE);
    expect(failures).toMatchObject([{ version: 2, times: 2, lastOf: 'fails too' }]);
    expect(failures[0]!.problem).toContain('没有“after”');
    const listed = (await listTemplates(deps(), who('省甲'))).find(({ kind }) => kind === CHASE);
    expect(listed).toMatchObject({ version: 2, versions: 2, failures: 2 });
  });

  it('with a field that a later program lacks are no longer put in force, and fail where they are', async () => {
    await save(LETTER, content([always('{unit}的函')], [always('请办理。')]));
    await put(LETTER, 1);
    const word = () =>
      opened.store.transaction((trx) =>
        wordLetters(trx, LETTER, [{ of: '3号', values: { unit: '岳阳市' } }], AT),
      );
    expect(await word()).toMatchObject([{ title: '岳阳市的函' }]);
    await sql`update notice_template_version set content = replace(content::text, '{unit}', '{office}')::jsonb
               where kind = ${LETTER}`.execute(opened.store.db);
    expect(await word()).toEqual([
      { title: '关于岳阳市的通知', paragraphs: [{ lead: '一、整改。', text: '请整改。' }] },
    ]);
    await put(LETTER, null);
    await expect(put(LETTER, 1)).rejects.toMatchObject({
      code: 'template.broken',
      details: ['标题第1段的文字：没有“office”这个字段（第1个字）'],
    });
  });

  it('of a feature without own fields may stand around the program’s', async () => {
    await save('test.plain', content([always('【省办】{title}')], [always('{text}请办理。')]));
    await put('test.plain', 1);
    await chase('plain', {}, 'test.plain');
    expect(await told('plain')).toBe('【省办】原题|原文。请办理。');
  });

  it('are decided by one at a time, and only by who may', async () => {
    const stale = { kind: CHASE, version: 1, insteadOf: null, reason: '同时', at: AT };
    await expect(putTemplateInForce(deps(), who('省乙'), stale)).rejects.toMatchObject({
      code: 'template.changed',
    });
    await expect(put(CHASE, 2)).rejects.toMatchObject({ code: 'template.holds' });
    await expect(put(CHASE, 9)).rejects.toMatchObject({ code: 'template.version' });
    for (const asked of [
      () => listTemplates(deps(), who('市')),
      () => readTemplate(deps(), who('市'), CHASE),
      () => save(CHASE, content([always('题')], [always('文')]), '市'),
      () => previewTemplate(deps(), who('市'), { kind: CHASE, content: WRONG, example: null }),
      () => putTemplateInForce(deps(), who('市'), stale),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'identity.forbidden' });
    const { rows } = await sql<{ action: string; times: number }>`
      select action, count(*)::int as times from audit where action like 'template.%' group by action order by action`.execute(
      opened.store.db,
    );
    expect(rows).toEqual([
      { action: 'template.put', times: 7 },
      { action: 'template.save', times: 4 },
    ]);
  });
});

const WRONG = content(
  [always('有{caces}件'), when('cases >', '逾期')],
  [when('unit = 1', '发现12家{late}'), always('', '一、')],
);

describe('words that are wrong', () => {
  it('are refused with the place of each fault', async () => {
    const refused: unknown = await save(CHASE, WRONG).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({
      code: 'template.broken',
      details: [
        '标题第1段的文字：没有“caces”这个字段（第2个字）',
        '标题第2段的条件：条件“cases >”“>”后面少了字段或数（第8个字）',
        '正文第1段的文字：文字里写死了“12家”：数目要用字段，没有来历的数不能印出（第3个字）',
        '正文第1段的文字：“late”只能用在条件里（第6个字）',
        '正文第1段的条件：条件“unit = 1”里的“unit”不是数，不能比较',
        '正文第2段的引语：只有公文的段落有引语',
        '正文第2段的文字：没有写文字',
      ],
    });
    const preview = { kind: CHASE, content: WRONG, example: null };
    const { faults, worded } = await previewTemplate(deps(), who('省甲'), preview);
    expect([faults.length, faults[0], worded]).toMatchObject([7, { in: 'title', part: 1 }, null]);
  });

  it('are tried on a real case, before anything is sent', async () => {
    const words = content([always('{cases} 件')], [always('已过 {after} 天。')]);
    const given = { kind: CHASE, content: words, example: null };
    const { worded, problem, example } = await previewTemplate(deps(), who('省甲'), given);
    // The newest notice of the kind, with the values that it was worded with.
    expect([worded?.title, problem, example]).toEqual(['3 件', null, '3 件']);
    const { examples } = await readTemplate(deps(), who('省甲'), CHASE);
    const older = examples.find(({ values }) => values.after === null);
    const tried = await previewTemplate(deps(), who('省甲'), { ...given, example: older!.key });
    expect(tried.problem).toContain('has after');
    await expect(
      previewTemplate(deps(), who('省甲'), { ...given, example: '999999' }),
    ).rejects.toMatchObject({ code: 'template.example' });
    const letter = content([always('{unit}')], [always('请办理。')]);
    const paper = { kind: LETTER, content: letter, example: '7' };
    expect(await previewTemplate(deps(), who('省甲'), paper)).toMatchObject({
      ...{ example: '7号（长沙市）', worded: { title: '长沙市' } },
    });
  });
});
