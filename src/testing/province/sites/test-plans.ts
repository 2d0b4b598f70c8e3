import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { PageCache } from './page-cache.ts';
import { createSite } from './site.ts';
import { modelOf, type SiteModel } from './site-model.ts';
import type { SimulatedSite, SitePlan, SiteRequest, SiteResponse } from './site-plan.ts';

/** A plan for tests; problems by the last part of their id. */
export function planFor(
  seed: number,
  problems: readonly string[] = [],
  more: Partial<SitePlan> = {},
): SitePlan {
  return {
    host: `site${seed}.province.test`,
    name: '岳阳市水利局',
    siteCode: '4306000012',
    sponsor: '岳阳市水利局',
    place: '岳阳市',
    hasService: true,
    isPortal: seed % 5 === 0,
    monitoredOn: '2020-09-17',
    problems: problems.map((problem) => `site.veto.${problem}`),
    seed,
    platformHost: null,
    ...more,
  };
}

export interface Visited {
  readonly site: SimulatedSite;
  readonly model: SiteModel;
  /** The page at a path, patient as a good crawler: tries thrice, brings a cookie back, follows redirects. */
  read(path: string): { readonly status: number; readonly text: string };
}

const GBK = ['gbk', 'gbkHeader', 'gbkSaysUtf8', 'gbkBare'];

export function unpack(response: SiteResponse): Buffer {
  const coding = response.headers['content-encoding'];
  if (coding === 'gzip') return gunzipSync(response.body);
  return coding === 'br' ? brotliDecompressSync(response.body) : response.body;
}

function patiently(site: SimulatedSite, path: string, cookie: string | undefined): SiteResponse {
  const headers: SiteRequest['headers'] = { 'accept-encoding': 'gzip, br', cookie };
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const answer = site.handle({ method: 'GET', path, headers });
    if (typeof answer !== 'string' && answer.status < 500) return answer;
  }
  throw new Error(`${path} 一直打不开`);
}

/** Opens the site of a plan with a cache of its own. */
export function visit(plan: SitePlan): Visited {
  const site = createSite(plan, new PageCache(8_000_000));
  const model = modelOf(plan);
  const charset = GBK.includes(model.traits.charset) ? 'gb18030' : 'utf-8';
  const read = (path: string, cookie?: string): { status: number; text: string } => {
    const response = patiently(site, path, cookie);
    const { location, 'set-cookie': offered, 'content-type': type } = response.headers;
    if (location !== undefined) return read(location, cookie);
    if (response.status === 412 && offered !== undefined && cookie === undefined) {
      return read(path, offered.split(';')[0]);
    }
    const used = type?.includes('json') ? 'utf-8' : charset;
    return { status: response.status, text: iconv.decode(unpack(response), used) };
  };
  return { site, model, read: (path) => read(path) };
}

/** The paths that a page links to inside its own site. */
export function pathsOf(text: string, page: string, host: string): string[] {
  const links = [...text.matchAll(/(?:href|src)="([^"#]+)"/g)].map((match) => match[1]!);
  return [...new Set(links)].flatMap((link) => {
    if (/^javascript:/.test(link)) return [];
    const url = new URL(link.replaceAll('&amp;', '&'), `http://${host}${page}`);
    return url.host === host ? [url.pathname + url.search] : [];
  });
}

export const seeds = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
