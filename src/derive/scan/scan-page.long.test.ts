import { expect, it } from 'vitest';
import { seededRandom } from '../../lib/pure/random.ts';
import { mutateHtml, randomPage } from '../../testing/scan/mutate-html.ts';
import { REAL_PAGES } from '../../testing/scan/real-pages.ts';
import { oracleEvents, readerEvents } from '../../testing/scan/token-oracle.ts';
import { digestPage } from './digest-page.ts';

/** Milliseconds for one page: the issue asks for no page above a second. */
const PAGE_MS_MAX = 1_000;

function compare(html: string): void {
  const [ours, theirs] = [readerEvents(html), oracleEvents(html)];
  if (JSON.stringify(ours) !== JSON.stringify(theirs))
    expect({ html, ours }).toEqual({ html, ours: theirs });
}

it('100,000 damaged pages are read as the standard says, none takes a second', () => {
  const random = seededRandom('scan-long');
  let slowest = 0;
  for (let round = 0; round < 100_000; round += 1) {
    const html = mutateHtml(randomPage(random), random);
    compare(html);
    const started = performance.now();
    const body = new TextEncoder().encode(html);
    digestPage({ body, contentType: '', url: 'http://www.x.gov.cn/', today: '2020-09-17' });
    slowest = Math.max(slowest, performance.now() - started);
  }
  expect(slowest).toBeLessThan(PAGE_MS_MAX);
});

it('2,000 damaged real pages', () => {
  const random = seededRandom('scan-real');
  for (let round = 0; round < 2_000; round += 1)
    compare(mutateHtml(REAL_PAGES[round % REAL_PAGES.length]![1], random));
});
