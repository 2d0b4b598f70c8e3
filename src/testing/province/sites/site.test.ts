import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { PageCache } from './page-cache.ts';
import { createServicePlatform } from './service-platform.ts';
import { createSite } from './site.ts';
import { modelOf } from './site-model.ts';
import type { SiteAnswer } from './site-plan.ts';
import { pathsOf, planFor, seeds, unpack, visit } from './test-plans.ts';
import {
  BOARD_FORMS,
  CHARSETS,
  type CharsetForm,
  FOOTER_FORMS,
  GUIDE_FORMS,
  HOME_FORMS,
  LIST_FORMS,
  SYSTEMS,
  traitsOf,
} from './traits.ts';

const get = (path: string, accepted = '') => ({
  method: 'GET',
  path,
  headers: { 'accept-encoding': accepted },
});

const describeAnswer = (answer: SiteAnswer): string =>
  typeof answer === 'string'
    ? answer
    : `${answer.status} ${JSON.stringify(answer.headers)} ${answer.body.toString('base64')}`;

/** The first seed from 1 whose site has the trait. */
function seedWhere(fits: (traits: ReturnType<typeof traitsOf>) => boolean): number {
  const found = seeds(1, 2000).find((seed) => fits(traitsOf(planFor(seed))));
  if (found === undefined) throw new Error('没有这样的站点');
  return found;
}

describe('站点', () => {
  it('每个种子的首页和栏目页都打得开，页数够，首页大小像真的', () => {
    for (const seed of seeds(1, 48)) {
      const { model, read } = visit(planFor(seed));
      const home = read('/index.html');
      const bytes = Buffer.byteLength(home.text);
      expect(home.status, `种子${seed}首页`).toBe(200);
      expect(bytes, `种子${seed}首页字节`).toBeLessThan(60_000);
      if (model.traits.home !== 'navigation') expect(bytes).toBeGreaterThan(15_000);
      expect(model.sections.length).toBeGreaterThan(18);
      for (const section of model.sections) {
        const page = read(section.path);
        expect(page.status, `种子${seed} ${section.name}`).toBe(
          section.mode === 'gone' ? 404 : 200,
        );
        if (section.mode !== 'gone') expect(page.text).toContain(`<h2>${section.name}</h2>`);
      }
    }
  });

  it.each(SYSTEMS)('%s 的站内链接没有断的', (system) => {
    const { model, read } = visit(planFor(seedWhere((traits) => traits.system === system)));
    const gone = model.sections.filter((section) => section.mode === 'gone');
    const waiting = ['/index.html', ...model.sections.map((section) => section.path)];
    const seen = new Set(gone.map((section) => section.path));
    const depth = waiting.length;
    for (let at = 0; at < waiting.length; at += 1) {
      const path = waiting[at]!;
      if (seen.has(path)) continue;
      seen.add(path);
      const page = read(path);
      expect(page.status, path).toBe(200);
      if (at < depth) waiting.push(...pathsOf(page.text, path, model.plan.host));
    }
    expect(seen.size).toBeGreaterThan(80);
  });

  it('同一计划两次服务，字节与先后都一样', () => {
    for (const seed of seeds(1, 30)) {
      const [one, other] = [1, 2].map(() => createSite(planFor(seed), new PageCache(2_000_000)));
      const paths = modelOf(planFor(seed)).sections.map((section) => section.path);
      const asked = [
        ...Array.from({ length: 60 }, () => '/'),
        ...paths.slice(0, 8),
        '/nothing.html',
      ];
      for (const path of asked) {
        expect(describeAnswer(one!.handle(get(path)))).toBe(
          describeAnswer(other!.handle(get(path))),
        );
      }
    }
  });

  it('种子之间各种写法都会出现', () => {
    const all = seeds(1, 600).map((seed) => traitsOf(planFor(seed)));
    const used = <T>(of: (traits: (typeof all)[number]) => T | readonly T[]) =>
      new Set(all.flatMap((traits) => of(traits)));
    expect(used((traits) => traits.system).size).toBe(SYSTEMS.length);
    expect(used((traits) => traits.forms).size).toBe(LIST_FORMS.length);
    expect(used((traits) => traits.charset).size).toBe(CHARSETS.length);
    expect(used((traits) => traits.home).size).toBe(HOME_FORMS.length);
    expect(used((traits) => traits.footer).size).toBe(FOOTER_FORMS.length);
    expect(used((traits) => traits.board).size).toBe(BOARD_FORMS.length);
    expect(used((traits) => traits.guide).size).toBe(GUIDE_FORMS.length);
  });

  it('没有对外服务职能的站没有服务栏目；有共享平台的链到平台，平台上有指南', () => {
    const without = modelOf(planFor(3, [], { hasService: false }));
    expect(without.sections.some((section) => section.mode === 'guides')).toBe(false);
    const { model, read } = visit(planFor(4, [], { platformHost: 'zwfw.province.test' }));
    const section = model.sections.find((entry) => entry.mode === 'guides')!;
    const link = /http:\/\/zwfw\.province\.test(\/site\/4306000012\/item_1\.html)/.exec(
      read(section.path).text,
    )!;
    const platform = createServicePlatform('zwfw.province.test', 1);
    const guide = platform.handle(get(link[1]!));
    expect(typeof guide === 'string' ? guide : guide.status).toBe(200);
    const missing = platform.handle(get('/site/4306000012/item_99.html'));
    expect(typeof missing === 'string' ? missing : missing.status).toBe(404);
  });
});

describe('编码与传输', () => {
  const cases: [CharsetForm, string, RegExp | null, string | null][] = [
    ['utf8', 'utf-8', /<meta charset="utf-8">/, null],
    ['utf8Bom', 'utf-8', /^\u{feff}<!DOCTYPE/u, null],
    ['utf8Late', 'utf-8', /^[\s\S]{3000,}<meta charset="utf-8">/, null],
    ['utf8SaysGb', 'utf-8', /<META [^>]+charset=gb2312/, null],
    ['gbk', 'gbk', /<meta [^>]+charset=gb2312/, null],
    ['gbkHeader', 'gbk', null, 'text/html; charset=GBK'],
    ['gbkSaysUtf8', 'gbk', /<meta charset="utf-8">/, null],
    ['gbkBare', 'gbk', null, null],
  ];
  it.each(cases)('%s：字节与声明如其所称', (form, charset, declared, header) => {
    const seed = seedWhere((traits) => traits.charset === form && !traits.cookieDoor);
    const answer = createSite(planFor(seed), new PageCache(1_000_000)).handle(get('/index.html'));
    if (typeof answer === 'string') throw new Error(answer);
    const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(answer.body);
    expect(text).toContain('岳阳市水利局');
    if (declared) expect(text).toMatch(declared);
    else expect(text).not.toMatch(/<meta[^>]+charset/i);
    if (header) expect(answer.headers['content-type']).toBe(header);
    if (charset === 'gbk') expect(iconv.encode(text, 'gbk').equals(answer.body)).toBe(true);
  });

  it.each([
    ['gzip', 'gzip', 'gzip'],
    ['br', 'gzip, br', 'br'],
    ['br', 'gzip', 'gzip'],
    ['gzip', 'identity', undefined],
    ['none', 'gzip, br', undefined],
  ] as const)('站点支持 %s、对方接受 %s，用 %s', (own, accepted, used) => {
    const seed = seedWhere((traits) => traits.compress === own && !traits.cookieDoor);
    const site = createSite(planFor(seed), new PageCache(1_000_000));
    const plain = site.handle(get('/index.html'));
    const answer = site.handle(get('/index.html', accepted));
    if (typeof answer === 'string' || typeof plain === 'string') throw new Error('打不开');
    expect(answer.headers['content-encoding']).toBe(used);
    expect(unpack(answer).equals(plain.body)).toBe(true);
  });

  it('分块发送的没有长度，其余的长度是对的', () => {
    for (const chunked of [true, false]) {
      const seed = seedWhere((traits) => traits.chunked === chunked && !traits.cookieDoor);
      const answer = createSite(planFor(seed)).handle(get('/index.html', 'gzip'));
      if (typeof answer === 'string') throw new Error(answer);
      expect(answer.chunked).toBe(chunked);
      const length = chunked ? undefined : String(answer.body.length);
      expect(answer.headers['content-length']).toBe(length);
    }
  });
});

describe('门', () => {
  it('412 带回它给的小饼就放行', () => {
    const seed = seedWhere((traits) => traits.cookieDoor);
    const site = createSite(planFor(seed));
    const refused = site.handle(get('/index.html'));
    if (typeof refused === 'string') throw new Error(refused);
    expect(refused.status).toBe(412);
    const cookie = refused.headers['set-cookie']!.split(';')[0]!;
    const passed = site.handle({ ...get('/index.html'), headers: { cookie } });
    expect(typeof passed === 'string' ? passed : passed.status).toBe(200);
  });

  it('总在墙后的站怎么都不给看', () => {
    const site = createSite(planFor(5, [], { trap: 'waf-always' }));
    const first = site.handle(get('/'));
    if (typeof first === 'string') throw new Error(first);
    const cookie = first.headers['set-cookie']!.split(';')[0]!;
    const again = site.handle({ ...get('/zwgk/'), headers: { cookie } });
    expect([first.status, typeof again === 'string' ? again : again.status]).toEqual([521, 521]);
  });

  it('要渲染的站静态里没有链接', () => {
    const site = createSite(planFor(7, [], { trap: 'needs-render' }));
    const home = site.handle({ ...get('/'), visitNumber: 1 });
    if (typeof home === 'string') throw new Error(home);
    expect(home.status).toBe(200);
    expect(home.body.toString()).toContain('<div id="app"></div>');
    expect(home.body.toString()).not.toContain('<a ');
  });
});

describe('页面缓存', () => {
  it('字节用完就丢最久没用的', () => {
    const cache = new PageCache(250);
    const made: string[] = [];
    const take = (key: string) =>
      cache.take(key, () => {
        made.push(key);
        return { status: 200, headers: {}, body: Buffer.alloc(100), chunked: false };
      });
    for (const key of ['一', '二', '一', '三', '一', '二']) take(key);
    expect(made).toEqual(['一', '二', '三', '二']);
    expect(cache.bytes).toBeLessThanOrEqual(250);
  });
});
