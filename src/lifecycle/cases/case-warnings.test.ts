import { describe, expect, it } from 'vitest';
import type { CaseForm } from './case-form.ts';
import { type CaseSurroundings, lowLevelOf, warningsOf } from './case-warnings.ts';

const unit = (name: string, divisionCode: string | null = null) => ({ name, divisionCode });
const PROVINCE = unit('湖南省', '430000');

describe('how low a unit stands', () => {
  it.each<[string, ReturnType<typeof unit>[], 'township' | 'county' | null]>([
    ['a provincial department', [unit('省教育厅'), PROVINCE], null],
    ['a city', [unit('岳阳市', '430600'), PROVINCE], null],
    ['a city department', [unit('岳阳市教育局'), unit('岳阳市', '430600'), PROVINCE], null],
    ['a county', [unit('湘阴县', '430624'), unit('岳阳市', '430600'), PROVINCE], null],
    [
      'a county department by its code',
      [unit('平江县教育局'), unit('平江县', '430626'), unit('岳阳市', '430600')],
      'county',
    ],
    ['a county department by a name', [unit('教育局'), unit('平江县'), unit('岳阳市')], 'county'],
    [
      'a department of a city district',
      [unit('岳麓区教育局'), unit('岳麓区', '430104'), unit('长沙市', '430100')],
      'county',
    ],
    ['a township', [unit('长寿镇'), unit('平江县', '430626')], 'township'],
    ['an office of a township', [unit('党政办'), unit('长寿镇人民政府')], 'township'],
    ['a street office', [unit('望月湖街道办事处'), unit('岳麓区', '430104')], 'township'],
    ['景德镇市 is no town', [unit('景德镇市', '360200'), unit('江西省', '360000')], null],
    ['a root', [unit('某某镇')], 'township'],
    ['nobody', [], null],
  ])('%s', (_name, chain, level) => {
    expect(lowLevelOf(chain)).toBe(level);
  });
});

const AROUND: CaseSurroundings = {
  chain: [unit('岳阳市', '430600'), PROVINCE],
  ...{ platform: '微信公众号', name: '岳阳政务', ownOnPlatform: [], sameNamed: 0 },
  ...{ today: '2026-11-30', announceDays: 10 },
};
const OPEN: CaseForm = {
  ...{ kind: 'open', platform: '微信公众号', name: '岳阳政务', functions: ['信息发布'] },
  ...{ leader: '', responsible: '甲', contact: '乙', phone: '1', homeLink: '', reason: '便民' },
};
const CLOSE: CaseForm = {
  ...{ kind: 'close', closesOn: '2026-12-10', followers: '引导', announcement: '', reason: '整合' },
};

describe('what speaks against a case', () => {
  it.each<[string, CaseForm, Partial<CaseSurroundings>, RegExp[]]>([
    ['nothing', OPEN, {}, []],
    ['a second account', OPEN, { ownOnPlatform: ['岳阳发布'] }, [/已有账号（岳阳发布）/]],
    ['a township', OPEN, { chain: [unit('长寿镇'), unit('平江县')] }, [/乡镇、街道原则上不开设/]],
    ['the same name', OPEN, { sameNamed: 2 }, [/另有 2 个微信公众号账号也叫“岳阳政务”/]],
    [
      'two things at once',
      OPEN,
      { ownOnPlatform: ['甲'], sameNamed: 1 },
      [/已有账号/, /另有 1 个/],
    ],
    ['a closing in ten days', CLOSE, {}, []],
    ['a closing in nine', { ...CLOSE, closesOn: '2026-12-09' }, {}, [/不足 10 天/]],
    ['of a township nothing when it closes', CLOSE, { chain: [unit('长寿镇')] }, []],
    [
      'a pause that is over',
      { kind: 'suspend', until: '2026-11-30', reason: '改版' },
      {},
      [/不在今天之后/],
    ],
    [
      'a deregistration to come',
      { kind: 'deregister', deregisteredOn: '2026-12-01', reason: '已关停' },
      {},
      [/还没有到/],
    ],
  ])('%s', (_name, form, around, expected) => {
    const warnings = warningsOf(form, { ...AROUND, ...around });
    expect(warnings).toHaveLength(expected.length);
    for (const [at, words] of expected.entries()) expect(warnings[at]).toMatch(words);
  });
});
