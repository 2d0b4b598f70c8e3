import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckerParts, checkerOf } from '../derive/text/checker-of.ts';
import type { IgnoreFilter } from '../derive/text/ignored-wording.ts';
import { checkPage, SiteTextBuilder } from '../derive/text/page-findings.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { readCheckerParts, readIgnoreFilter } from './active-rules.ts';
import { ignoreText } from './ignore-text.ts';
import { activateLexicon, keepLexicon } from './keep-lexicon.ts';
import { parseLexicon } from './parse-lexicon.ts';

const AT = '2026-01-02T03:04:05.000Z';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

const read = (text: string) => parseLexicon(new TextEncoder().encode(text), '本省.csv');

/** What is found by parts that went to another thread. */
function findBy(parts: CheckerParts, isIgnored: IgnoreFilter) {
  const checker = checkerOf(structuredClone(parts));
  const builder = new SiteTextBuilder(isIgnored);
  const page = { url: 'http://a/1', html: HTML, publishedOn: '2026-01-01' };
  builder.add(checkPage(checker, { ...page, home: false, snapshot: null }));
  const { findings, ignored, lexicons, foundByClass } = builder.build(checker, AT, null);
  return { lexicons, found: findings.map(({ text }) => text), ignored, typos: foundByClass.typo };
}

const HTML = '<p>甲厅旧称乙厅，请贯切落实。</p>';

describe('the rules by which pages are checked', () => {
  it('are the shipped lexicon alone without a database', async () => {
    const found = findBy(await readCheckerParts(null), await readIgnoreFilter(null, AT));
    expect(found).toEqual({ lexicons: ['seed@1'], found: ['贯切'], ignored: 0, typos: 1 });
  });

  it('are the versions that count in the database, what is ignored there, and what this check brings', async () => {
    const deps = { store: opened.store };
    for (const wrong of ['甲厅', '乙厅'])
      await keepLexicon(deps, '张三', {
        lexicon: await read(`错误写法,正确写法\n${wrong},丙厅\n`),
        ...{ reason: '首次', at: AT },
      });
    await activateLexicon(deps, '张三', { id: '本省', version: 1, at: AT });
    await ignoreText(deps, '张三', {
      ...{ text: '贯切', class: 'typo', urlPrefix: '', severity: 'ordinary' },
      ...{ reason: '人名', until: '2026-01-02', at: AT },
    });
    expect(findBy(await readCheckerParts(deps), await readIgnoreFilter(deps, AT))).toEqual({
      ...{ lexicons: ['seed@1', '本省@1'], found: ['甲厅'], ignored: 1, typos: undefined },
    });
    const more = { ...(await read('错误写法\n旧称\n')), id: '此次' };
    // The day after, in Shanghai.
    const later = await readIgnoreFilter(deps, '2026-01-02T16:00:00.000Z');
    expect(findBy(await readCheckerParts(deps, [more]), later)).toMatchObject({
      ...{ lexicons: ['seed@1', '本省@1', '此次@1'], found: ['甲厅', '旧称', '贯切'], ignored: 0 },
    });
  });
});
