import { describe, expect, it } from 'vitest';
import type { Site } from '../domain/subject.ts';
import { matchSample, readSampleRows } from './sample-file.ts';
import { drawSample, parseSampleRatios } from './sample-subjects.ts';

function site(id: number, printRow: string): Site {
  return {
    kind: 'site',
    id,
    name: `网站${id}`,
    sponsorId: 1,
    sponsorName: printRow,
    printRow,
    status: 'running',
    registryOrder: id,
    monitoredAt: null,
    siteCode: String(4_300_000_000 + id),
    homeUrl: `http://s${id}.example.com/`,
    isPortal: false,
    hasService: true,
  };
}

const sites = [...Array(57).keys()]
  .map((id) => site(id, '长沙市'))
  .concat([...Array(18).keys()].map((id) => site(100 + id, '衡阳市')));

describe('drawSample', () => {
  it('takes the asked share of the whole and of every print row', () => {
    const chosen = drawSample(sites, 40, 7);
    const inChangsha = sites.filter(
      (each) => each.printRow === '长沙市' && chosen.has(each.id),
    ).length;
    expect(chosen.size).toBe(30);
    expect(inChangsha).toBe(23);
  });

  it('gives the same sample for the same seed, another for another', () => {
    expect(drawSample(sites, 40, 7)).toEqual(drawSample(sites, 40, 7));
    expect(drawSample(sites, 40, 7)).not.toEqual(drawSample(sites, 40, 8));
  });
});

describe('parseSampleRatios', () => {
  it('reads both kinds, and checks whole what is not named', () => {
    expect(parseSampleRatios('sites=40%, accounts=12.5%', 3).accounts).toEqual({
      mode: 'sample',
      by: 'ratio',
      percent: 12.5,
      seed: 3,
    });
    expect(parseSampleRatios('sites=40%', 3).accounts).toEqual({ mode: 'census' });
  });

  it.each(['sites=0%', 'sites=101%', 'sites=abc', 'pages=3%', 'sites=40'])('refuses %s', (text) => {
    expect(() => parseSampleRatios(text, 1)).toThrow('抽样写法不对');
  });
});

describe('sample file', () => {
  const rows = [
    ['类别', '网站标识码', '平台', '账号ID', '名称'],
    ['网站', '4300000003', '', '', '网站3'],
    ['新媒体', '', '微信公众号', 'gh_1', '某号'],
    ['', '', '', '', ''],
  ];

  it('names subjects of its kind and passes over the other', () => {
    expect(matchSample(sites, readSampleRows(rows, 'sample.csv'))).toEqual(new Set([3]));
  });

  it('says which row names nobody', () => {
    const bad = readSampleRows([rows[0]!, ['网站', '9999999999', '', '', '不存在']], 'sample.csv');
    expect(() => matchSample(sites, bad)).toThrow('不在名录');
  });

  it('refuses a file without an identifying column', () => {
    expect(() => readSampleRows([['甲', '乙']], 'sample.csv')).toThrow('认不出抽查对象');
  });
});
