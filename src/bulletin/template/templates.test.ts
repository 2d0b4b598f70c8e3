import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../domain/case-file.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { frozenCase, readPackageJson } from '../../testing/rounds/frozen-case.ts';
import type { Bulletin, Issue } from '../bulletin.ts';
import { composeBulletin } from '../compose-bulletin.ts';
import { officialForm } from '../official-form.ts';
import { placeOf } from '../place.ts';
import { findMismatches } from '../reconcile.ts';
import { compileTemplate } from './compile-template.ts';
import { FOUNDING } from './founding.ts';
import { listTemplates, readTemplate } from './read-templates.ts';

const SHIPPED = new URL('../../../templates', import.meta.url).pathname;
const HUNAN = placeOf(['湖南省']);
const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;
const FIGURES = [
  { name: 'findError.received', count: 434, source: '找错平台导出，2020-09-20' },
  { name: 'findError.onTime', count: 430, source: '找错平台导出，2020-09-20' },
  { name: 'replyTest.tested', count: 136, source: '互动测试台账，2020-09-10' },
  { name: 'replyTest.answered', count: 18, source: '互动测试台账，2020-09-10' },
  { name: 'accountability.talked', count: 5, source: '问责台账，2020-09-18' },
];

async function compose(id: string, said: Issue = issue): Promise<Bulletin> {
  const template = await readTemplate({ templateDirs: [SHIPPED] }, id);
  const frozen = frozenCase(seed, {}, '2020Q2');
  const bulletin = composeBulletin(frozen, said, HUNAN, { template, free: [] });
  expect(findMismatches(bulletin, frozen.round.ruleset, bulletin)).toEqual([]);
  return bulletin;
}
const textOf = ({ text }: Bulletin): string => text.paragraphs.map((each) => each.text).join('\n');

describe('the founding document as a template', () => {
  it('is byte for byte the bulletin that code composed before there were templates', () => {
    const bulletin = composeBulletin(frozenCase(seed, {}, '2020Q2'), issue, HUNAN);
    const sha256 = (value: unknown): string =>
      createHash('sha256').update(JSON.stringify(value)).digest('hex');
    // Taken from the last release that composed it in code; 200 made-up rounds were compared once as well.
    expect([sha256(bulletin), sha256(officialForm(bulletin))]).toEqual([
      '452c3cbb1c5ce94d8a850e6a3832f08b88b2544959710f5c242c6ca4d9ea9ec6',
      'f728055e6352551c0d45ee98744898db6ebe8a701d0997e6b6099214b061ca14',
    ]);
  });
});

describe('habits of other offices', () => {
  it('海南: one decimal, sampling ratios, and what became of the last period', async () => {
    const text = textOf(await compose('hainan'));
    expect(text).toContain('抽查594个，抽查比例100%，存在突出问题3个，抽查合格率99.5%。');
    expect(text).toContain('抽查1738个，抽查比例100%，存在突出问题35个，抽查合格率98.0%。');
    expect(text).toContain(
      '（三）复查情况。对第二季度存在突出问题的3个网站和政务新媒体进行了复查，3个仍未整改合格。',
    );
  });

  it('贵州: a pass rate for each platform, in the text and as an annex that adds up', async () => {
    const bulletin = await compose('guizhou');
    const [platforms, units] = bulletin.annexes ?? [];
    expect(platforms?.rows.map((row) => row[1])).toContain('微信公众号');
    expect(platforms?.rows.at(-1)).toEqual(['', '合计', '1738', '1738', '35', '97.99%']);
    for (const [, platform, , checked, , rate] of platforms?.rows.slice(0, -1) ?? [])
      expect(textOf(bulletin)).toContain(`${platform}检查${checked}个、合格率${rate}`);
    const rates = units?.rows.slice(0, -1).map((row) => Number(row[5]?.replace('%', ''))) ?? [];
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
  });

  it('河南: short, names everybody in the text, has no annexes', async () => {
    const bulletin = await compose('henan');
    expect(bulletin.annexes).toEqual([]);
    const text = textOf(bulletin);
    expect(text).toContain(
      '全省运行政府网站594家，检查594家，检查率100%；合格591家，合格率99.5%。',
    );
    expect(text).not.toMatch(/一、|附件/);
    for (const { name } of bulletin.failingAccounts) expect(text).toContain(name);
  });

  it('辽宁: cut decimals, fail rates, and counts of other work with their sources', async () => {
    const bulletin = await compose('liaoning-city', { ...issue, figures: FIGURES });
    const text = textOf(bulletin);
    expect(text).toContain('检查政务新媒体1738个次，发现存在问题的账号35个，问题比例2.0%。');
    expect(text).toContain('136家，18家在1个工作日内准确答复，占13.2%。');
    expect(text).toContain('收到网民留言434条，按期办结430条，按期办结率99.0%。');
    expect(text).toContain('约谈5人。');
    expect(bulletin.figures).toEqual(FIGURES);
  });

  it('refuse a count that nobody gave a source for', async () => {
    await expect(compose('liaoning-city')).rejects.toMatchObject({
      code: 'bulletin.template.no-source',
      details: ['findError.received'],
    });
  });

  it('are compared with what they would be now', async () => {
    const bulletin = await compose('henan');
    const paragraphs = bulletin.text.paragraphs.map((each) => ({
      ...each,
      text: each.text.replace('合格591家', '合格592家'),
    }));
    const changed = { ...bulletin, text: { ...bulletin.text, paragraphs } };
    const { ruleset } = frozenCase(seed).round;
    expect(findMismatches(changed, ruleset, bulletin).join()).toMatch(
      /印为“.*592家.*复算为“.*591家/,
    );
    expect(findMismatches(bulletin, ruleset)).toEqual(['没有模板可以复算正文，请重新生成']);
  });
});

describe('a template that is wrong', () => {
  const broken = (change: object): string[] => {
    try {
      compileTemplate({ ...structuredClone(FOUNDING.file), ...change }, '试.json');
    } catch (error) {
      if (error instanceof UserError && error.code === 'bulletin.template')
        return [...error.details];
      throw error;
    }
    return [];
  };
  const section = (text: unknown) => ({
    sections: [{ heading: '', blocks: [{ key: 'a', text }] }],
  });

  it.each<[string, object, RegExp]>([
    [
      'a condition that breaks off',
      section({ when: 'sites.failing >', text: 'x' }),
      /条件“sites.failing >”“>”后面少了字段或数（第16个字）/,
    ],
    [
      'a condition that is code',
      section({ when: 'process.exit()', text: 'x' }),
      /条件“process.exit\(\)”“\(”不该在这里（第13个字）/,
    ],
    ['an unknown field', section('有{sites.fail}家'), /没有“sites.fail”这个字段（第2个字）/],
    [
      'a condition on words',
      section({ when: 'period = 1', text: 'x' }),
      /“period”不是数，不能比较/,
    ],
    ['an item’s field outside of its list', section('{names}'), /没有“names”这个字段/],
    ['an unknown list', section({ each: 'things', text: 'x' }), /没有“things”这个列表/],
    ['a count that is typed', section('发现12家存在问题'), /写死了“12家”.*（第3个字）/],
    ['braces', section('有{sites.running家'), /花括号没有成对（第2个字）/],
    ['a misspelt key', section({ whem: 'failing > 0', text: 'x' }), /不认识的字段：whem/],
    ['an unknown field of the file', { extra: 1 }, /不认识的字段：extra/],
    [
      'an unknown column',
      {
        annexes: [{ of: 'platforms', title: 'x', columns: [{ head: 'a', width: 9, field: 'b' }] }],
      },
      /platforms 没有“b”/,
    ],
    [
      'a style that does not exist',
      { percent: { decimals: 5 } },
      /percent.decimals：应为 0、1 或 2/,
    ],
    [
      'two blocks of one key',
      {
        sections: [
          {
            heading: '',
            blocks: [
              { key: 'a', text: 'x' },
              { key: 'a', text: 'y' },
            ],
          },
        ],
      },
      /有两段都叫“a”/,
    ],
    [
      'a block that is two things',
      { sections: [{ heading: '', blocks: [{ key: 'a', text: 'x', office: 'praise' }] }] },
      /只能写一样/,
    ],
  ])('says where: %s', (_, change, complaint) => {
    expect(broken(change).join('\n')).toMatch(complaint);
  });

  it('is listed with its faults, breaks no other, and cannot be used', async () => {
    const own = await mkdtemp(join(tmpdir(), '模板-'));
    await writeFile(join(own, 'ours.json'), '{');
    const deps = { templateDirs: [SHIPPED, own] };
    const listed = await listTemplates(deps);
    expect(listed.map(({ id, faults }) => [id, faults.length])).toEqual([
      ['guizhou', 0],
      ['hainan', 0],
      ['henan', 0],
      ['hunan', 0],
      ['liaoning-city', 0],
      ['ours', 1],
    ]);
    await expect(readTemplate(deps, 'ours')).rejects.toThrow('不是有效的 JSON');
    await expect(readTemplate(deps, 'nobody')).rejects.toMatchObject({
      code: 'bulletin.template.unknown',
    });
    await rm(own, { recursive: true });
  });
});
