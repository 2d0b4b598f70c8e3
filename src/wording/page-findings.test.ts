import { beforeAll, describe, expect, it } from 'vitest';
import type { TextChecker } from '../derive/text/check-text.ts';
import { checkPage, SITE_FINDINGS_MAX, SiteTextBuilder } from '../derive/text/page-findings.ts';
import { openTextChecker, readSeedLexicon } from './load-resources.ts';

let checker: TextChecker;
beforeAll(async () => {
  checker = await openTextChecker([await readSeedLexicon()]);
});

const page = (html: string, home = false) =>
  checkPage(checker, {
    url: 'http://www.x.gov.cn/a.html',
    html,
    publishedOn: '2020-09-01',
    home,
    snapshot: 'ab',
  });

describe('the words of a page as a fact', () => {
  it('names the place, and keeps personal data covered in what it keeps', () => {
    const { findings } = page(
      '<h1>中华人民共合国</h1><p>身份证号：430102199003077716，请贯切落实。</p>',
    );
    expect(findings.map(({ class: kind, severity, place }) => [kind, severity, place])).toEqual([
      ['protectedName', 'veto', 'title'],
      ['personalData', 'serious', 'body'],
      ['typo', 'ordinary', 'body'],
    ]);
    expect(findings[1]!.text).toBe('430*************16');
    expect(JSON.stringify(findings)).not.toContain('430102199003077716');
    expect(findings.every(({ excerpt }) => excerpt.length <= 200)).toBe(true);
  });

  it('weighs a home page more', () => {
    expect(page('<p>请贯切落实</p>', true).findings[0]).toMatchObject({
      severity: 'serious',
      place: 'home',
    });
  });

  it('counts what it does not keep, and says why a site was not read whole', () => {
    const builder = new SiteTextBuilder();
    const one = page('<p>请贯切落实</p>');
    for (let pages = 0; pages < 3 * SITE_FINDINGS_MAX; pages += 1) builder.add(one);
    builder.add(page('<p>中华人民共合国</p>'));
    const built = builder.build(checker, '2020-09-17T00:00:00.000Z', '页面太多，只读了一部分');
    expect(built).toMatchObject({
      cut: true,
      foundByClass: { typo: 3 * SITE_FINDINGS_MAX, protectedName: 1 },
      pagesRead: 3 * SITE_FINDINGS_MAX + 1,
      lexicons: ['seed@1'],
      complete: false,
    });
    expect(built.findings).toHaveLength(SITE_FINDINGS_MAX);
    expect(built.findings[0]!.class).toBe('protectedName');
  });
});
