import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../domain/case-file.ts';
import { UserError } from '../lib/pure/errors.ts';
import { seededRandom } from '../lib/pure/random.ts';
import { frozenCase, readPackageJson } from '../testing/rounds/frozen-case.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import type { Bulletin } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { placeOf } from './place.ts';
import { reconcile } from './reconcile.ts';

const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
const ruleset = testRuleset('hunan-2020');
const HUNAN = placeOf(['湖南省']);
const bulletin = composeBulletin(frozenCase(seed, {}, '2020Q2'), {}, HUNAN);

function complaintsOf(changed: Bulletin): readonly string[] {
  try {
    reconcile(changed, ruleset);
    return [];
  } catch (error) {
    if (error instanceof UserError && error.code === 'bulletin.mismatch') return error.details;
    throw error;
  }
}

function rewrite(from: string | RegExp, to: string): Bulletin {
  const paragraphs = bulletin.text.paragraphs.map((paragraph) => ({
    ...paragraph,
    text: paragraph.text.replace(from, to),
  }));
  return { ...bulletin, text: { ...bulletin.text, paragraphs } };
}

describe('text against annexes', () => {
  it.each<[string, Bulletin, RegExp]>([
    ['a wrong count of sites', rewrite('594家', '595家'), /政府网站运行数”印为 595/],
    ['a wrong count of failing accounts', rewrite('发现35家', '发现34家'), /问题数”印为 34/],
    ['a wrong rate', rewrite('99.49%', '99.48%'), /合格率”印为 99\.48%/],
    ['a place too many at 100 %', rewrite('其中长沙市', '其中衡阳市、长沙市'), /全部合格的单位/],
    ['a place too few', rewrite('、娄底市政务', '政务'), /全部合格的单位/],
    ['a wrong share', rewrite('25.71%', '25.70%'), /占比”印为 25\.70%/],
    ['a wrong number of a unit', rewrite('9家和17家', '17家和9家'), /问题数/],
    ['a wrong number with two problems', rewrite('等4家', '等5家'), /几项问题的账号数”印为 5/],
    ['a repeat offender not named', rewrite('“微洞溪”', '“微溪”'), /没有点名屡犯/],
    ['a site not named', rewrite('湖南扶贫网网站', '某网站'), /没有点名网站“湖南扶贫网”/],
    ['a site problem left out', rewrite('未提供办事服务功能', '不好'), /没有写到网站问题/],
    ['无动态信息 left out', rewrite(/[^。]*未开设动态信息。/, ''), /正文没有写/],
    ['a figure of nowhere', rewrite('本季度仍', '有7处，本季度仍'), /没有来历/],
    ['no overview', rewrite('进行全覆盖检查', '进行检查'), /没有说明政府网站/],
  ])('finds %s', (_, changed, complaint) => {
    expect(complaintsOf(changed).join('\n')).toMatch(complaint);
  });

  it('does not look at what the office wrote itself', () => {
    const issue = { praise: ['长沙市整合资源 128 类。'], requirements: ['每月 5 日前填报。'] };
    expect(complaintsOf(composeBulletin(frozenCase(seed), issue, HUNAN))).toEqual([]);
  });
});

describe('annexes against themselves', () => {
  const [first, ...others] = bulletin.accountsByUnit;
  it.each<[string, Partial<Bulletin>, RegExp]>([
    [
      'a total that is no sum',
      { sitesTotal: { ...bulletin.sitesTotal, running: 600 } },
      /附件1合计的 running 为 600/,
    ],
    [
      'a wrong ratio',
      { accountsByUnit: [{ ...first!, ratio: '0.01%' }, ...others] },
      /“省直部门”比例印为 0\.01%，应为 0/,
    ],
    [
      'a row lost from annex 4',
      { failingAccounts: bulletin.failingAccounts.slice(0, -1) },
      /“湘西自治州”有问题 2 个，名单里有 1 个/,
    ],
    [
      'a row of another unit in annex 2',
      { failingSites: bulletin.failingSites.map((row) => ({ ...row, unit: '无此市' })) },
      /“衡阳市”有问题 2 个，名单里有 0 个/,
    ],
    [
      'a broken numbering',
      { failingSites: bulletin.failingSites.map((row) => ({ ...row, order: row.order + 1 })) },
      /序号在第 1 行断开/,
    ],
  ])('finds %s', (_, change, complaint) => {
    expect(complaintsOf({ ...bulletin, ...change }).join('\n')).toMatch(complaint);
  });
});

describe('any round', () => {
  const UNITS = ['省直部门', '长沙市', '第8师', '甲和乙县', '有为区', '3号园区', '区直机构'];
  const NAMES = [
    '12345热线',
    '5',
    '等3家网站',
    '说“好”1次',
    '一、二',
    '2020年第三季度',
    '发布。11',
    '其中3家，占问题总数的1%',
    '$&\\1(',
    '100%',
  ];
  const SITE_PROBLEMS = ['站点无法访问', '首页不更新', '未提供办事服务', '出现严重表述错误'];
  const ACCOUNT_PROBLEMS = ['监测时间点前2周内无更新', '互动回应差', '出现严重表述错误'];

  function randomCase(random: () => number): CaseFile {
    const upTo = (limit: number): number => Math.floor(random() * (limit + 1));
    const pick = <Item>(items: readonly Item[]): Item => items[upTo(items.length - 1)]!;
    const units = UNITS.filter(() => random() < 0.8);
    const rows = () =>
      units.map((unit) => {
        const running = upTo(30);
        const checked = random() < 0.2 ? 0 : running;
        return { unit, running, checked, failing: upTo(Math.min(checked, 14)), ratio: '' };
      });
    const [sites, accounts] = [rows(), rows()];
    const failing = (of: ReturnType<typeof rows>, problems: readonly string[]) =>
      of
        .flatMap(({ unit, failing: count }) => Array.from({ length: count }, () => unit))
        .map((unit, index) => ({
          order: index + 1,
          unit,
          name: pick(NAMES),
          problems: problems.filter((_, at) => at === index % problems.length || random() < 0.2),
        }));
    const failingAccounts = failing(accounts, ACCOUNT_PROBLEMS).map((row) => ({
      ...row,
      operator: row.unit,
      platform: pick(['微信公众号', '抖音号', '视频号2']),
      lastUpdated: random() < 0.2 ? null : '2020-08-01',
      lastUpdatedPrinted: '',
    }));
    const failingSites = failing(sites, SITE_PROBLEMS).map((row) => ({ ...row, siteCode: '1' }));
    const repeatOffenders = [...failingSites, ...failingAccounts].filter(() => random() < 0.3);
    return {
      ...seed,
      sitesByUnit: sites,
      accountsByUnit: accounts,
      failingSites,
      failingAccounts,
      repeatOffenders,
    };
  }

  it('agrees with itself, whatever its subjects are called', () => {
    for (let run = 0; run < 300; run += 1) {
      const random = seededRandom(`bulletin ${run}`);
      const given = randomCase(random);
      const sample = { mode: 'sample', by: 'list', file: 'sample.csv' } as const;
      const coverage = { sites: sample, accounts: sample };
      const frozen = frozenCase(given, { coverage }, random() < 0.5 ? '2019年第二次' : '2020Q2');
      expect(complaintsOf(composeBulletin(frozen, {}, HUNAN)), `bulletin ${run}`).toEqual([]);
    }
  });
});
