import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { siteText, wording } from '../../testing/facts/text-views.ts';
import { securityExpression } from './security.expression.ts';

type Values = Parameters<typeof factSet>[0];
const judge = (values: Values) => securityExpression.judge(factSet(values), {});
const PAGES = Array.from({ length: 25 }, (_, at) => wording({ url: `http://a/${at}` }));
const UNREAD = { complete: false, incompleteReason: '到了页数上限' };

describe('site.veto.security.expression', () => {
  it.each<[string, Values, string, number]>([
    ['nobody looked', {}, 'undetermined', 0],
    ['could not look', { 'site.text': unobserved('首页没有读到') }, 'undetermined', 0],
    ['all read, nothing suspected', { 'site.text': siteText() }, 'met', 0],
    ['not all read, nothing suspected', { 'site.text': siteText(UNREAD) }, 'undetermined', 0],
    ['no page read', { 'site.text': siteText({ pagesRead: 0 }) }, 'undetermined', 0],
    [
      'ordinary slips are no severe ones',
      { 'site.text': siteText({ findings: [wording({ severity: 'serious', class: 'typo' })] }) },
      'met',
      0,
    ],
    [
      'one suspected',
      { 'site.text': siteText({ findings: [wording({ snapshot: 'b'.repeat(64) })] }) },
      'undetermined',
      1,
    ],
    [
      'one suspected where not all was read',
      { 'site.text': siteText({ ...UNREAD, findings: [wording()] }) },
      'undetermined',
      1,
    ],
    [
      'two on a page are looked at there',
      { 'site.text': siteText({ findings: [wording(), wording()] }) },
      'undetermined',
      1,
    ],
    ['on many pages', { 'site.text': siteText({ findings: PAGES }) }, 'undetermined', 20],
  ])('%s', (_name, values, status, evidence) => {
    const judgement = judge(values);
    expect(judgement.status).toBe(status);
    const shown = 'evidence' in judgement ? (judgement.evidence ?? []) : [];
    expect(shown).toHaveLength(evidence);
    for (const { excerpt, locator, factId } of shown) {
      expect(excerpt).toContain('中华人民共合国');
      expect(locator).toMatch(/^http:\/\/a\//);
      expect(factId).toBe('7:site.text');
    }
  });

  it('says what a person has to do, and what was not read', () => {
    const judgement = judge({ 'site.text': siteText({ ...UNREAD, findings: PAGES }) });
    expect(judgement).toMatchObject({
      reason: expect.stringMatching(/^有 25 处疑似.*到了页数上限.*录入.*驳回/),
      missing: [],
    });
  });
});
