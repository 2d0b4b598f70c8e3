import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/pure/errors.ts';
import { type BulletinFacts, readFacts } from './read-facts.ts';
import { type RateLine, verifyRates } from './verify-rates.ts';

/**
 * What every real bulletin prints, and whether its counts give it. Derived by hand from the files: numerator and denominator are
 * the counts that stand there (checked less failing over checked; checked over running; the parts' own), or the nearest whole
 * number where one is missing (then `follows` only says that there is one). Each was multiplied back, never divided: a rate
 * of u units at k decimals follows half-up when u·d − d/2 ≤ n·10^(k+2) < u·d + d/2. The test multiplies again, so the table cannot be
 * wrong about itself; `open` = nothing printed, or nothing to compute it from. Only 青海 2020Q3 fails: 94.3% of 134 is 126.4.
 */
const TABLE = `
anhui-2023-q3
  sites pass|100%|840/840|follows
  accounts pass|99.70%|1653/1658|follows
  sites checked ratio|100%|840/840|follows
  accounts checked ratio|50%|1658/3316|follows
baihe-2020-07
chongqing-2018-q4
  sites pass|无|317/350|open
chuxiong-2021-q1
  sites pass|93.1%|27/29|follows
  accounts pass|100%|120/120|follows
fuzhou-2020-q2
  accounts pass|95.7%|244/255|follows
  sites pass|100%|39/39|follows
gansu-2021-q2
  accounts pass|95.77%|566/591|follows
  checked ratio|12%|591/4935|follows
guizhou-2023-q3-sites
  tickets done|99.1%|653/659|follows
  sites pass|100%|434/434|follows
  sites checked ratio|100%|434/434|follows
hainan-2023-q3
  sites pass|96.7%|118/122|follows
  accounts pass|92.5%|160/173|follows
  accounts checked ratio|16.3%|173/1061|follows
  sites checked ratio|100%|122/122|follows
huainan-2022-06
  sites pass|98.04%|50/51|follows
  accounts pass|98.50%|131/133|follows
  sites checked ratio|100%|51/51|follows
  accounts checked ratio|100%|133/133|follows
hunan-2019-second
  sites pass|98.12%|626/638|follows
  accounts pass|73.05%|103/141|follows
  市州网站抽查合格率|100%|—|open
  郴州市政务新媒体抽查合格率|100%|—|open
  按期办结率|100%|—|open
hunan-2020-q4
  季度合格率|100%|—|open
hunan-2021-q1
  sites pass|99.67%|601/603|follows
  accounts pass|99.25%|2252/2269|follows
  市州网站合格率|100%|—|open
  市州政务新媒体合格率|100%|—|open
hunan-2022-q3
  sites pass|100%|620/620|follows
  accounts pass|99.84%|2428/2432|follows
  市州网站和政务新媒体合格率|100%|—|open
jiangsu-2017-q3
  sites pass|94.2%|261/277|follows
  Nanjing|82.4%|14/17|follows
  Xuzhou|81.8%|18/22|follows
  Yancheng|85.7%|18/21|follows
  sites checked ratio|30.5%|277/908|follows
  按期办结率|100%|—|open
jiangxi-2022-q3
  sites pass|94.75%|523/552|follows
  accounts pass|96.95%|1176/1213|follows
  accounts checked ratio|34.96%|1213/3470|follows
mem-2024-q1
  fire sample ratio|12.1%|350/2894|follows
neimenggu-2018-q3
  checked ratio|42.8%|272/635|follows
  sites pass|无|269/272|open
  完成率|100%|—|open
ninghua-2023-q3
qiandongnan-2023-q4
  accounts pass|无|52/75|open
  sites checked ratio|100%|50/50|follows
  accounts checked ratio|100%|75/75|follows
qinghai-2020-q3
  sites pass|94.3%|126/134|not
  accounts pass|83.5%|318/381|follows
qinzhou-2021-q3
  sites pass|93.94%|31/33|follows
  accounts pass|98.79%|163/165|follows
sanming-2021-q3
  sites checked ratio|100%|42/42|follows
  accounts checked ratio|100%|135/135|follows
seac-2021-q1
  sites checked ratio|100%|1/1|follows
shanghai-guangdong-2022-q2
  Hunan sites|99.84%|—|open
  Hunan accounts|99.67%|—|open
  Shanghai accounts sample|21.7%|419/1931|follows
shangqiu-2020-q4
  accounts pass|80.5%|120/149|follows
  dept pass|78.4%|29/37|follows
  accounts checked ratio|100%|149/149|follows
shizong-2022-q2
  accounts pass|91.3%|21/23|follows
sichuan-2019-h2
  accounts pass|88%|121/137|follows
  sites pass|100%|61/61|follows
sichuan-h1
  sites pass|99.53%|854/858|follows
  accounts pass|98.36%|1377/1400|follows
  dept accounts|97.05%|626/645|follows
  accounts checked ratio|22.56%|1400/6206|follows
  市(州)网站合格率|100%|—|open
  合格率|99.47%|—|open
state-council-2017-q1
  self-check ratio|18%|7768/43143|follows
  sites pass|91%|427/469|follows
  合格率|92%|—|open
state-council-2018-q2
  sites pass|96%|423/441|follows
  合格率|97%|—|open
state-council-2020
  sites pass|91.8%|301/328|follows
  accounts pass|91.9%|669/728|follows
  checked ratio|2.3%|328/14261|follows
weinan-2020-q4
  sites pass|92%|36/39|follows
  accounts pass|74%|104/140|follows
xianning-2020-q3
  sites over 90|95%|38/40|follows
  accounts pass|72%|100/139|follows
  sites checked ratio|100%|40/40|follows
xianyang-2025-q1
  accounts pass|97.95%|287/293|follows
  sites checked ratio|100%|53/53|follows
  完成率|100%|—|open
yueyang-2016-h2
  sites pass|无|83/119|open
zhaotong-2021-q2
  accounts pass|78%|117/150|follows
  wechat pass|74.6%|97/130|follows
  sites pass|100%|16/16|follows
  政务微博 pass|100%|10/10|follows
  政务今日头条号 pass|100%|10/10|follows
zhongwei-2024-q1
  sites checked ratio|100%|4/4|follows
  accounts checked ratio|100%|67/67|follows
zhuzhou-2022-q4
  sites pass|94%|48/51|follows
  accounts pass|98.6%|209/212|follows
ziyang-2021-q2-second
  accounts pass|93.5%|29/31|follows
`;

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../test/bulletins');
const factsOf = (name: string): BulletinFacts =>
  readFacts(readFileSync(join(FOLDER, `${name}.json`)), `${name}.json`);
const expected = new Map(
  TABLE.trim()
    .split(/\n(?! )/)
    .map((block) => block.split('\n').map((line) => line.trim()))
    .map(([name = '', ...lines]) => [name, lines] as const),
);
const WORDS = { true: 'follows', false: 'not', null: 'open' } as const;
const asRow = ({ what, printed, follows, note }: RateLine): string =>
  [what, printed, /\d+\/\d+/.exec(note)?.[0] ?? '—', WORDS[`${follows}`]].join('|');

describe('the 39 real bulletins', () => {
  it('are all in the table, whose rows agree with themselves', () => {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    expect([...expected.keys()]).toEqual(names.map((name) => name.slice(0, -5)));
    expect(names).toHaveLength(39);
    for (const row of [...expected.values()].flat()) {
      const [, printed = '', counts = '', follows] = row.split('|');
      const [n = 0, d = 0] = counts.split('/').map(Number);
      const decimals = /\.(\d+)/.exec(printed)?.[1]?.length ?? 0;
      const distance = 2 * (n * 10 ** (decimals + 2) - Number(printed.replace(/[.%]/g, '')) * d);
      if (follows !== 'open')
        expect(-d <= distance && distance < d, row).toBe(follows === 'follows');
    }
  });

  it.each([...expected])('%s', (name, rows) => {
    const lines = verifyRates(factsOf(name));
    expect(lines.map(asRow)).toEqual(rows);
    for (const { printed, reproduced, follows } of lines)
      if (follows) expect(reproduced).toBe(printed);
  });

  it('are flagged no more often without what the files say of each rate', () => {
    const wrong = [...expected.keys()].flatMap((name) =>
      verifyRates({ ...factsOf(name), rate_checks: null })
        .filter(({ follows }) => follows === false)
        .map(({ what, printed, reproduced }) => [name, what, printed, reproduced]),
    );
    expect(wrong).toEqual([['qinghai-2020-q3', 'sites pass', '94.3%', '94.0%']]);
  });
});

const counted = (
  running: number | null,
  checked: number | null,
  failing: number | null,
  rates = {},
) => ({
  running,
  checked,
  failing,
  ...rates,
});
const verify = (facts: unknown): readonly RateLine[] =>
  verifyRates(readFacts(Buffer.from(JSON.stringify(facts)), '事实.json'));
const pass = (printed: string) => ({ pass_rate_printed: printed });

describe('the style of a document', () => {
  it.each([
    // 辽宁 2023Q4: 553/556 = 99.46 %, 1938/1940 = 99.897 %.
    [
      'cut',
      counted(556, 556, 3, pass('99.4%')),
      counted(1940, 1940, 2, pass('99.8%')),
      1,
      'truncate',
      [true, true],
    ],
    [
      'half-up',
      counted(556, 556, 3, pass('99.5%')),
      counted(1940, 1940, 2, pass('99.9%')),
      1,
      'half-up',
      [true, true],
    ],
    // 1/16 = 6.25 %: only half-even prints 6.2 and 93.8 at once.
    [
      'half-even',
      counted(16, 16, 15, pass('6.2%')),
      counted(16, 16, 1, pass('93.8%')),
      1,
      'half-even',
      [true, true],
    ],
    [
      'half-up with one rate that is cut',
      counted(556, 556, 3, pass('99.4%')),
      counted(1940, 1940, 2, pass('99.9%')),
      1,
      'half-up',
      [false, true],
    ],
    [
      'zeros kept',
      counted(133, 133, 2, pass('98.50%')),
      counted(8, 8, 0, pass('100.00%')),
      2,
      'half-up',
      [true, true],
    ],
  ])('is %s', (_, sites, accounts, decimals, rounding, follows) => {
    const lines = verify({ sites, accounts });
    expect(lines.map((line) => line.follows)).toEqual(follows);
    expect(lines.map(({ style }) => style)).toMatchObject([
      { decimals, rounding },
      { decimals, rounding },
    ]);
  });

  it('may cut the zeros at the end of one rate, and mix decimals', () => {
    const [cut, whole] = verify({
      sites: counted(150, 150, 33, pass('78%')),
      accounts: counted(130, 130, 33, pass('74.6%')),
    });
    expect([cut?.style, whole?.style.decimals]).toEqual([
      { decimals: 1, rounding: 'half-up', trailingZeros: false },
      1,
    ]);
    const [mixed] = verify({
      sites: counted(51, 51, 3, pass('94%')),
      accounts: counted(212, 212, 3, pass('98.6%')),
    });
    expect([mixed?.follows, mixed?.style.decimals]).toEqual([true, 0]);
    expect(mixed?.note).toContain('这里印整数，别处印1位小数');
  });
});

describe('a rate that does not follow', () => {
  const other = counted(603, 603, 2, pass('99.67%'));
  it.each([
    [
      'the wrong denominator',
      counted(3316, 1658, 5, pass('99.85%')),
      '99.70%',
      '像是用运行数3316作了分母',
    ],
    ['the other rate', counted(594, 594, 3, pass('0.51%')), '99.49%', '像是印成了问题比例'],
    ['one too many', counted(594, 594, 3, pass('99.33%')), '99.49%', '分子差1（590/594）'],
    ['all, with some that failed', counted(1738, 1738, 5, pass('100%')), '99.71%', '实际并不是'],
    [
      'no whole number at all',
      counted(638, 638, null, pass('98.15%')),
      '98.12%',
      '没有哪个整数能得出98.15%',
    ],
  ])('says what may have happened: %s', (_, accounts, reproduced, note) => {
    const [, line] = verify({ sites: other, accounts });
    expect([line?.follows, line?.reproduced]).toEqual([false, reproduced]);
    expect(line?.note).toContain(note);
  });

  it.each([
    ['more failing than checked', counted(10, 3, 5, pass('50%')), false, '计数自相矛盾'],
    ['nothing to compute it from', pass('98.1%'), null, '没有可供复算的计数'],
    [
      'words instead of a rate',
      { ...counted(5, 5, 0), checked_ratio_printed: '全覆盖' },
      undefined,
      '',
    ],
  ])('%s', (_, sites, follows, note) => {
    const [line] = verify({ sites });
    expect(line?.follows).toBe(follows);
    expect(line?.note ?? '').toContain(note);
  });
});

it('reads rates of platforms, units and sentences', () => {
  const lines = verify({
    breakdowns: [
      { of: 'accounts', parts: { 微信: { checked: 158, failing: 7, rate: '95.57%' }, 其他: 3 } },
    ],
    per_unit_rows: [
      {
        unit: '甲市',
        running: 9,
        checked: 8,
        failing: 1,
        fail_rate: '12.5%',
        checked_ratio: '88.89%',
      },
    ],
    rate_checks: [{ what: '乙平台', printed: '69.81％', numerator: 37, denominator: 53 }],
    other_facts: ['发出659单，完成整改653单，整改完成率99.09%', '合格率提高1.12%', '办结率100%'],
  });
  expect(lines.map(asRow)).toEqual([
    '乙平台|69.81％|37/53|follows',
    '微信 pass|95.57%|151/158|follows',
    '甲市 fail|12.5%|1/8|follows',
    '甲市 checked ratio|88.89%|8/9|follows',
    '整改完成率|99.09%|653/659|follows',
    '办结率|100%|—|open',
  ]);
});

it.each([
  ['no JSON', 'x', /不是有效的 JSON/],
  ['no object', '[1]', /内容不对/],
  ['a count that is none', '{"sites":{"checked":-1}}', /sites\.checked：应为非负整数/],
  ['a list that is none', '{"rate_checks":{}}', /rate_checks：应为数组/],
  ['a rate that is no text', '{"rate_checks":[{"printed":9}]}', /printed：应为文字/],
])('refuses %s in Chinese', (_, text, complaint) => {
  const read = (): unknown => readFacts(Buffer.from(text), '坏.json');
  expect(read).toThrow(UserError);
  try {
    read();
  } catch (error) {
    const { message, details } = error as UserError;
    expect([message, ...details].join('\n')).toMatch(complaint);
  }
});
