import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import type { Fact } from '../../domain/fact.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import { createSiteReader, type SiteFacts } from './index.ts';
import type { SiteReaderOptions } from './site-state.ts';

export const TODAY = '2020-09-17';
export const HOME = 'http://www.x.gov.cn/';

export type Answer =
  | string
  | {
      readonly status?: number;
      readonly outcome?: FetchedPage['outcome'];
      readonly body?: string | Uint8Array;
      readonly type?: string;
      readonly url?: string;
    };

function fetched(request: CrawlRequest, answer: Answer | undefined): FetchedPage {
  const full =
    typeof answer === 'string'
      ? { body: answer }
      : (answer ?? { status: 404, outcome: 'http-error' as const });
  return {
    request,
    url: full.url ?? request.url,
    outcome: full.outcome ?? 'ok',
    status: full.status ?? 200,
    headers: { 'content-type': full.type ?? 'text/html; charset=utf-8' },
    body: typeof full.body === 'object' ? full.body : new TextEncoder().encode(full.body ?? ''),
    truncated: false,
    snapshot: 'a'.repeat(64),
    fetchedAt: '2020-09-17T10:00:00.000Z',
  };
}

export interface Crawl extends SiteFacts {
  readonly asked: readonly CrawlRequest[];
}

/** Crawls a site of hand-written pages, by priority, within a budget. */
export function crawl(
  pages: Readonly<Record<string, Answer>>,
  budget = 80,
  more: Partial<SiteReaderOptions> = {},
): Crawl {
  const reader = createSiteReader({
    homeUrl: HOME,
    siteCode: '4300000041',
    today: TODAY,
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ...more,
  });
  const queue: CrawlRequest[] = [...reader.start()];
  const asked: CrawlRequest[] = [];
  while (queue.length > 0 && asked.length < budget) {
    queue.sort((one, other) => one.priority - other.priority);
    const request = queue.shift()!;
    asked.push(request);
    const path = request.url.replace('http://www.x.gov.cn', '');
    queue.push(...reader.read(fetched(request, pages[path])));
  }
  return { ...reader.facts(), asked };
}

export function factValue<T>(fact: Fact<T>): T {
  if (fact.state !== 'observed') throw new Error(`expected a value: ${JSON.stringify(fact)}`);
  return fact.value;
}

export const list = (folder: string, dates: readonly string[]): string =>
  `<ul class="list">${dates.map((date, at) => `<li><a href="${folder}${date.replaceAll('-', '')}_${at}.html">关于某项重要工作情况的报道之${at}</a><span>${date}</span></li>`).join('')}</ul>`;
export const html = (title: string, body: string): string =>
  `<html><head><title>${title}</title></head><body>${body}<div class="footer">主办单位：某局 网站标识码：4300000041</div></body></html>`;

export const find = (crawled: Crawl, name: string): SectionView => {
  const found = factValue(crawled.sections).find((section) => section.name === name);
  if (!found)
    throw new Error(
      `no section ${name}: ${factValue(crawled.sections)
        .map((section) => section.name)
        .join()}`,
    );
  return found;
};
