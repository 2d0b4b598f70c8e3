import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSiteReader } from '../../derive/site/index.ts';
import type { Site } from '../../domain/subject.ts';
import { crawlSite } from '../../gather/crawl/crawl-site.ts';
import { Archive } from '../../store/archive/archive.ts';
import { LocalSegments } from '../../store/archive/segment-store.ts';
import { openRenderRoom, type RenderRoom, SITE } from '../../testing/browser/render-room.ts';
import { answer } from '../../testing/servers/behaviours.ts';
import { TEST_NOW } from '../../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { renderInRound } from './render-in-round.ts';
import type { RoundContext } from './round-context.ts';

const HOME = `<!doctype html><html lang="zh-CN"><head><title>某局</title></head><body><div id="app"></div><script>
app.innerHTML = '<ul class="list"><li><a href="/n/1.html">关于召开座谈会的通知</a><span>2020-09-16</span></li><li><a href="/n/2.html">关于开展检查工作的公告</a><span>2020-09-10</span></li></ul><p>网站标识码：4300000041</p>';
</script></body></html>`;
const site = { id: 7, homeUrl: `${SITE}/`, siteCode: '4300000041' } as Site;
const monitoredAt = '2020-09-17T15:59:59.999Z';

let room: RenderRoom;
let opened: TemporaryStore;
let archive: Archive;
beforeAll(async () => {
  room = await openRenderRoom(answer(200, HOME));
  opened = await temporaryStore();
  const segments = new LocalSegments(join(opened.folder, 'evidence'));
  archive = await Archive.open({ store: opened.store, segments, now: () => TEST_NOW });
});
afterAll(async () => {
  await archive?.close();
  await opened?.remove();
  await room?.[Symbol.asyncDispose]();
});

async function gather(
  browser: RoundContext['browser'],
  looks: boolean,
  clock: 'live' | 'replay' = 'live',
) {
  const { signal } = new AbortController();
  const now = () => TEST_NOW;
  const reader = createSiteReader({ ...site, today: '2020-09-17', monitoredAt });
  const budget = { requests: 20, bytes: 1e7, milliseconds: 30_000 };
  const crawl = async (of: Parameters<typeof crawlSite>[0]['reader']) => {
    const walk = { reader: of, fetcher: room.fetcher, budget, signal, now };
    await crawlSite({ ...walk, onPage: async () => undefined });
  };
  await crawl(reader);
  const deps = { archive, render: { looks, chromiumPath: undefined } };
  const context = { browser, deps, outside: room.fetcher, round: { id: 1, clock }, now } as unknown;
  const target = { site, reader, monitoredAt, signal, crawl };
  const rendered = await renderInRound(context as RoundContext, target);
  await opened.store.transaction((trx) => rendered.index(trx));
  return { rendered, home: reader.facts().home };
}

describe('a round', () => {
  it('with a browser reads what a visitor sees, and keeps page and picture', async () => {
    const { rendered, home } = await gather(room.pool, false);
    expect(home).toMatchObject({ state: 'observed', value: { rendered: true } });
    expect(rendered.facts).toMatchObject([
      { key: 'site.rendered', id: '7:site.rendered', gatherer: 'browser/site', state: 'observed' },
    ]);
    const kept = await Promise.all(rendered.facts[0]!.snapshots.map((hash) => archive.read(hash)));
    expect(
      kept.map((each) => each.state === 'whole' && each.record.fields.get('content-type')),
    ).toEqual([...['text/html; charset=utf-8', 'image/png']]);
    expect(home).toMatchObject({
      value: { newest: { snapshot: rendered.facts[0]!.snapshots[0] } },
    });
  });

  it('that looks at home pages says more of them', async () => {
    const { rendered } = await gather(room.pool, true);
    expect(rendered.facts.map(({ key, state }) => [key, state])).toEqual([
      ...[
        ['site.rendered', 'observed'],
        ['site.accessibility', 'observed'],
        ['site.ageing', 'absent'],
      ],
    ]);
  });

  it.each([
    ['live', 'XUNJIAN_RENDER=off'],
    ['replay', '补采的批次不用浏览器'],
  ] as const)(
    'without one leaves it at what the static page says, and says so: %s',
    async (clock, said) => {
      const { rendered, home } = await gather(null, true, clock);
      expect(rendered.facts).toMatchObject([
        { key: 'site.rendered', state: 'unobserved', reason: expect.stringContaining(said) },
      ]);
      expect(home).toMatchObject({
        state: 'unobserved',
        reason: '首页内容由脚本写入，需渲染后才能查看',
      });
    },
  );
});
