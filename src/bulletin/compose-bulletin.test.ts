import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../domain/case-file.ts';
import { frozenCase, printRowName, readPackageJson } from '../testing/rounds/frozen-case.ts';
import { annexTables } from './annex-tables.ts';
import type { Issue } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { placeOf } from './place.ts';
import { reconcile } from './reconcile.ts';

const HUNAN = placeOf(['湖南省']);
const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;

/** One place with two sites and two accounts, all healthy. */
const sound: CaseFile = {
  ...seed,
  repeatOffenders: [],
  sitesByUnit: [{ unit: '长沙市', running: 2, checked: 2, failing: 0, ratio: '0' }],
  failingSites: [],
  accountsByUnit: [{ unit: '长沙市', running: 2, checked: 2, failing: 0, ratio: '0' }],
  failingAccounts: [],
};

function textOf(given: CaseFile, change = {}, said: Issue = {}): string {
  const frozen = frozenCase(given, change, '2020Q2');
  const bulletin = composeBulletin(frozen, said, HUNAN);
  reconcile(bulletin, frozen.round.ruleset);
  return bulletin.text.paragraphs.map((paragraph) => paragraph.text).join('\n');
}

describe('the founding document (湘政务函〔2020〕25号) from its own tables', () => {
  const frozen = frozenCase(seed, {}, '2020Q2');
  const bulletin = composeBulletin(frozen, issue, HUNAN);
  const text = bulletin.text.paragraphs.map((paragraph) => paragraph.text).join('\n');
  const named = <Row extends { unit: string }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, unit: printRowName(row.unit) }));

  it('has its head, its rates and its shares', () => {
    const { title, documentNumber, issuer, issuedOn, period, printed } = bulletin;
    expect({ title, documentNumber, issuer, issuedOn, period, printed }).toEqual({
      title: seed.title,
      documentNumber: seed.documentNumber,
      issuer: seed.issuer,
      issuedOn: seed.issuedOn,
      period: seed.period,
      printed: seed.printed,
    });
  });

  it.each(['sitesByUnit', 'accountsByUnit', 'sitesTotal', 'accountsTotal'] as const)(
    'has its %s',
    (field) => {
      expect(bulletin[field]).toEqual(seed[field]);
    },
  );

  it('lists its failing sites and accounts in its order', () => {
    expect(bulletin.failingSites).toMatchObject(named(seed.failingSites));
    expect(bulletin.failingAccounts).toMatchObject(named(seed.failingAccounts));
    expect(bulletin.repeatOffenders).toEqual(seed.repeatOffenders);
  });

  it('opens every row down to its rules', () => {
    expect(bulletin.failingSites[0]?.rules).toEqual(['site.veto.service.none']);
    for (const row of [...bulletin.failingSites, ...bulletin.failingAccounts]) {
      expect(row.rules).toHaveLength(row.problems.length);
    }
  });

  it.each([
    '对全省正常运行的594家政府网站进行全覆盖检查，发现3家存在问题，总体合格率99.49%，其中长沙市、株洲市、湘潭市、邵阳市、岳阳市、常德市、张家界市、益阳市、郴州市、永州市、怀化市、娄底市、湘西自治州网站检查合格率100%；',
    '对全省正常运行的1738家政务新媒体进行普查，发现35家存在问题，总体合格率97.99%，其中长沙市、株洲市、湘潭市、邵阳市、常德市、郴州市、怀化市、娄底市政务新媒体检查合格率100%。',
    '岳阳市“临湘信访”微信公众号、张家界市“微洞溪”微信公众号、永州市“智慧道州”微信公众号，在第二季度被通报更新不及时问题后，未对照发现的问题，举一反三，抓好自查整改，本季度仍存在相同问题。',
    '湖南扶贫网网站未提供办事服务功能；衡阳市公共资源交易网网站、湖南省衡阳国家高新技术产业开发区管委会网站未提供网上有效咨询建言渠道。',
    '本季度政务新媒体检查共有35家存在问题，其中岳阳市、张家界市分别有9家和17家，占问题总数的25.71%和48.57%。',
    '岳阳市“临湘市民政局”微信公众号未开设动态信息。',
    '岳阳市“临湘市桃林镇人民政府”微信公众号、张家界市“武陵源发改”微信公众号等4家政务新媒体同时存在更新不及时和未提供有效互动功能两项问题。',
    '整改情况于2020年10月23日前书面反馈湖南省政务管理服务局',
    '联系人：郑锵，电话兼传真：0731—89990430。',
  ])('says: %s', (sentence) => {
    expect(text).toContain(sentence);
  });

  it('prints the annexes with its titles and notes', () => {
    expect(annexTables(bulletin).map(({ title, note }) => ({ title, note }))).toEqual([
      { title: '全省政府网站检查情况', note: '注：检查采样时间为2020年7月7日至9月17日' },
      {
        title: '检查发现存在突出问题的政府网站名单',
        note: '注：网站名称一栏显示均为全国政府网站信息填报系统中各单位自行填报的内容。',
      },
      { title: '全省政务新媒体检查情况', note: '注：检查采样时间为2020年7月7日至9月17日。' },
      { title: '检查发现存在突出问题的政务新媒体名单', note: '' },
    ]);
  });

  it('agrees with itself and can be signed', () => {
    expect(() => reconcile(bulletin, frozen.round.ruleset)).not.toThrow();
    expect(bulletin.isDraft).toBe(false);
  });
});

describe('other rounds', () => {
  it('says that everything passed, and asks for no rectification', () => {
    const text = textOf(sound);
    expect(text).toContain('未发现突出问题，总体合格率100%');
    expect(text).toContain('本季度检查未发现存在突出问题的政府网站和政务新媒体。');
    expect(text).not.toMatch(/整改情况|合格率100%，其中|存在相同问题/);
  });

  it('names sampling by count and ratio, and no unit of which nothing was checked', () => {
    const sites = { mode: 'sample', by: 'ratio', percent: 40, seed: 7 } as const;
    const given: CaseFile = {
      ...seed,
      sitesByUnit: [
        { unit: '省直部门', running: 49, checked: 20, failing: 1, ratio: '5.00%' },
        { unit: '长沙市', running: 57, checked: 0, failing: 0, ratio: '—' },
        { unit: '株洲市', running: 10, checked: 4, failing: 0, ratio: '0' },
      ],
      failingSites: seed.failingSites.slice(0, 1),
    };
    const change = { coverage: { sites, accounts: { mode: 'census' } as const } };
    const bulletin = composeBulletin(frozenCase(given, change), {}, HUNAN);
    expect(bulletin.title).toBe('关于2020年第三季度全省政府网站与政务新媒体抽查情况的通报');
    expect(bulletin.sitesByUnit).toMatchObject(given.sitesByUnit);
    expect(textOf(given, change)).toContain(
      '对全省正常运行的116家政府网站抽查24家，抽查比例20.69%，发现1家存在问题，总体合格率95.83%，其中株洲市网站检查合格率100%；',
    );
  });

  it.each([
    ['dead in fact', '站点无法访问', '湖南扶贫网网站登记为正常运行，实际无法正常访问。'],
    ['entered by a person', '出现严重表述错误', '湖南扶贫网网站存在“出现严重表述错误”问题。'],
  ])('words a site that is %s', (_, problem, sentence) => {
    const [first] = seed.failingSites;
    const given = {
      ...sound,
      sitesByUnit: [{ unit: '省直部门', running: 1, checked: 1, failing: 1, ratio: '100%' }],
      failingSites: [{ ...first!, problems: [problem] }],
    };
    expect(textOf(given)).toContain(sentence);
  });

  it.each([
    ['waived review', { reviewWaived: '样例' }, '样例'],
    ['two waivers', { reviewWaived: '甲', undeterminedWaived: '乙' }, '甲；乙'],
    ['replay', { clock: 'replay' as const }, null],
  ])('is a draft after %s', (_, change, reviewWaived) => {
    const bulletin = composeBulletin(frozenCase(sound, change), {}, HUNAN);
    expect([bulletin.isDraft, bulletin.reviewWaived]).toEqual([true, reviewWaived]);
  });

  it('can be signed when only something undetermined was left out of it; the reason stands', () => {
    const bulletin = composeBulletin(frozenCase(sound, { undeterminedWaived: '样例' }), {}, HUNAN);
    expect([bulletin.isDraft, bulletin.reviewWaived]).toEqual([false, '样例']);
  });

  it('prints 待填 where the office said nothing, and its own words where it did', () => {
    const { documentNumber, issuer, issuedOn, contact } = composeBulletin(
      frozenCase(seed),
      {},
      HUNAN,
    );
    expect(new Set([documentNumber, issuer, issuedOn, contact])).toEqual(new Set(['待填']));
    const said = textOf(seed, {}, { praise: ['长沙市做法 5 条。'], requirements: ['强化监管。'] });
    expect(said).toContain('长沙市做法 5 条。\n二、');
    expect(said).toContain('（一）强化监管。');
    expect(said).not.toContain('压实安全责任');
  });

  it('leaves last update empty where nobody could see, and undetermined out of the annexes', () => {
    const frozen = frozenCase(seed);
    const failing = frozen.failing.map((each) => ({
      ...each,
      lastUpdate: { date: null, none: false },
    }));
    const { subject } = frozen.failing[0]!;
    const undetermined = [{ subject, rule: 'media.veto.stale.two-weeks', reason: '信源不完整' }];
    const bulletin = composeBulletin({ ...frozen, failing, undetermined }, {}, HUNAN);
    expect(bulletin.failingAccounts[0]).toMatchObject({
      lastUpdated: null,
      lastUpdatedPrinted: '',
    });
    expect(bulletin.undetermined).toMatchObject([
      { kind: 'account', platform: '微信公众号', reason: '信源不完整' },
    ]);
  });
});

describe('cases of our own', () => {
  const sample = { mode: 'sample', by: 'list', file: 'sample.csv' } as const;
  it.each([
    ['sampled-2021q1', { coverage: { sites: sample, accounts: sample } }, '江西省'],
    ['sound-2022h1', {}, '株洲市'],
    ['rules-2021q4', {}, '广西壮族自治区'],
  ])('%s has its title, its rates and its rows', (name, change, root) => {
    const given = readPackageJson(`test/cases/${name}.json`) as CaseFile;
    const frozen = frozenCase(given, change);
    const bulletin = composeBulletin(frozen, {}, placeOf([root]));
    expect(() => reconcile(bulletin, frozen.round.ruleset)).not.toThrow();
    expect([bulletin.title, bulletin.printed]).toEqual([given.title, given.printed]);
    const ratios = (rows: CaseFile['sitesByUnit']) => rows.map((row) => row.ratio);
    expect(ratios(bulletin.sitesByUnit)).toEqual(ratios(given.sitesByUnit));
    expect(ratios(bulletin.accountsByUnit)).toEqual(ratios(given.accountsByUnit));
    expect(bulletin.failingAccounts.map((row) => row.lastUpdatedPrinted)).toEqual(
      given.failingAccounts.map((row) => row.lastUpdatedPrinted),
    );
  });
});

describe('the place', () => {
  it.each([
    [['湖南省'], '全省'],
    [['广西壮族自治区'], '全区'],
    [['湘西土家族苗族自治州'], '全州'],
    [['株洲市'], '全市'],
    [['平江县'], '全县'],
    [['长沙市', '株洲市'], '全省'],
    [[], '全省'],
  ])('of %j is %s', (roots, whole) => {
    expect(placeOf(roots).whole).toBe(whole);
  });
});
