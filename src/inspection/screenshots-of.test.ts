import { describe, expect, it } from 'vitest';
import type { RenderedPage } from '../domain/facts/render-facts.ts';
import type { Evidence } from '../domain/finding.ts';
import { factSet } from '../testing/facts/build-facts.ts';
import { screenshotsOf } from './screenshots-of.ts';

const picture = (snapshot: string) =>
  ({ snapshot, type: 'image/png', width: 1366, height: 768, cut: false }) as const;

const page = (url: string, snapshot: string | null, html: string | null = null): RenderedPage => ({
  ...{ url, finalUrl: `${url}index.html`, cause: 'list', state: 'rendered', title: '', html },
  screenshot: snapshot === null ? null : picture(snapshot),
  ...{ itemsBefore: 0, itemsAfter: 0, consoleErrors: 0, hitLimits: [] },
  requests: { made: 1, refused: 0, bytes: 1, failed: 0, reasons: {} },
  timing: { domContentLoadedMs: null, loadMs: null },
});
const evidence = (locator: string, snapshot: string | null = null): Evidence => ({
  ...{ factId: '7:site.sections', locator, snapshot, excerpt: '空白' },
  capturedAt: '2020-09-17T04:00:00.000Z',
});
const facts = factSet({
  'site.rendered': {
    pages: [
      page('http://a/xw/', 'p1', 'h1'),
      page('http://a/gg/', 'p2', 'h2'),
      page('http://a/zc/', null),
    ],
    leftOut: 0,
    browser: '',
  },
  'site.ageing': {
    entries: [],
    switched: {
      ...{ result: 'page', url: 'http://a/old/', html: 'h3', screenshot: picture('p3') },
      ...{ fontBefore: null, fontAfter: null },
    },
    ads: null,
    mark: null,
  },
});

describe('pictures beside the evidence', () => {
  it.each<[string, Evidence[], string[]]>([
    ['by address', [evidence('http://a/xw/')], ['p1']],
    ['by where a redirect led', [evidence('http://a/gg/index.html')], ['p2']],
    ['by the HTML after scripts', [evidence('site.sections', 'h2')], ['p2']],
    ['of the ageing-friendly version', [evidence('http://a/old/')], ['p3']],
    ['each once', [evidence('http://a/xw/'), evidence('x', 'h1')], ['p1']],
    ['none was taken', [evidence('http://a/zc/')], []],
    ['another page', [evidence('http://a/other/')], []],
  ])('%s', (_name, rows, snapshots) => {
    expect(screenshotsOf(rows, facts)).toEqual(snapshots);
  });

  it('a site that no browser opened has none', () => {
    expect(screenshotsOf([evidence('http://a/xw/')], factSet({}))).toEqual([]);
  });
});
