import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPage } from './read-page.ts';

interface Truth {
  readonly file: string;
  readonly kind: string;
  readonly charset_actual: string;
  readonly latest_content_date: string | null;
  readonly list_items: number | null;
  readonly footer: {
    readonly site_id_code: string | null;
    readonly party_gov_mark: string | false;
    readonly jiucuo_entry: string | false;
    readonly police_record: string | null;
    readonly icp: string | null;
  };
}

/** Where each page stood, and a day after it was saved. */
const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  'sh-wsjkw-yqtb-column.html': ['https://wsjkw.sh.gov.cn/yqtb/index.html', '2022-04-30'],
  'sh-wsjkw-xwfb-article.html': ['https://wsjkw.sh.gov.cn/xwfb/20220426/1a.html', '2022-04-30'],
  'hd-xxgk-recent-column.html': ['http://hdzfxxgk.hd.gov.cn/zfwj/jinqixxgk/', '2020-08-10'],
  'hd-xxgk-article.html': [
    'http://hdzfxxgk.hd.gov.cn/gszbm/auto23716/202008/t20200802_1352104.html',
    '2020-08-10',
  ],
  'hd-xxgk-guide.html': ['http://hdzfxxgk.hd.gov.cn/zhinan/', '2020-08-10'],
  'hd-xxgk-home.html': ['http://hdzfxxgk.hd.gov.cn/', '2020-08-10'],
  'wuan-template-home.html': ['http://www.wuan.gov.cn/', '2019-01-31'],
  'wuan-template-multi-column.html': ['http://www.wuan.gov.cn/list/', '2019-01-31'],
  'wuan-template-article.html': ['http://www.wuan.gov.cn/a/article.html', '2019-01-31'],
};

const folder = new URL('./fixtures/real/', import.meta.url);
const { pages } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as {
  pages: readonly Truth[];
};

/** Truth's remarks in brackets (占位) are not part of what is printed. */
const bare = (text: string | null): string | null => text?.replace(/（.*）$/, '') ?? null;

describe('nine real pages give their ground truth', () => {
  it.each(pages)('$file', (truth) => {
    const [url, today] = PLACES[truth.file]!;
    const page = readPage({ bytes: readFileSync(new URL(truth.file, folder)), url, today });
    expect(page.charset).toBe(truth.charset_actual);
    expect(page.kind).toBe(/^\w+/.exec(truth.kind)?.[0]);
    expect(page.latestDate?.value ?? null).toBe(truth.latest_content_date);
    if (truth.list_items !== null) expect(page.items).toHaveLength(truth.list_items);
    expect(page.footer.siteCode).toBe(bare(truth.footer.site_id_code));
    expect(page.footer.icp).toBe(bare(truth.footer.icp));
    expect(page.footer.policeRecord).toBe(bare(truth.footer.police_record));
    expect(page.footer.partyGovMark !== false).toBe(truth.footer.party_gov_mark !== false);
    expect(page.footer.findError !== false).toBe(truth.footer.jiucuo_entry !== false);
    expect(page.footer.placeholder ?? false).toBe(/占位/.test(truth.footer.site_id_code ?? ''));
  });
});
