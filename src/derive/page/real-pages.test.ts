import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Page, readPage } from './read-page.ts';

const FOLDER = new URL('./fixtures/real/', import.meta.url);

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

const { pages } = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as {
  pages: Truth[];
};

const ADDRESSES: Readonly<Record<string, string>> = {
  'sh-wsjkw-yqtb-column.html': 'https://wsjkw.sh.gov.cn/yqtb/index.html',
  'sh-wsjkw-xwfb-article.html':
    'https://wsjkw.sh.gov.cn/xwfb/20220426/0123456789abcdef0123456789abcdef.html',
  'hd-xxgk-recent-column.html': 'http://hdzfxxgk.hd.gov.cn/zfwj/jinqixxgk/',
  'hd-xxgk-article.html': 'http://hdzfxxgk.hd.gov.cn/gszbm/auto23692/202008/t20200802_1352104.html',
  'hd-xxgk-guide.html': 'http://hdzfxxgk.hd.gov.cn/zfxxgkzn/',
  'hd-xxgk-home.html': 'http://hdzfxxgk.hd.gov.cn/',
};

/** Without the remark in brackets that the truth adds. */
const bare = (text: string | null): string | null => text?.replace(/（占位）$/, '') ?? null;

function readReal(truth: Truth, url: string, today = '2022-05-01'): Page {
  return readPage({ bytes: readFileSync(new URL(truth.file, FOLDER)), url, today });
}

describe.each(pages.map((truth) => [truth.file, truth] as const))('%s', (file, truth) => {
  const page = readReal(truth, ADDRESSES[file] ?? `http://www.wuan.gov.cn/moban/${file}`);
  test('charset, kind, date', () => {
    expect(page.charset).toBe(truth.charset_actual);
    expect(page.kind).toBe(/^\w+/.exec(truth.kind)?.[0]);
    expect(page.latestDate?.value ?? null).toBe(truth.latest_content_date);
  });
  test('entries', () => {
    if (truth.list_items !== null) expect(page.items).toHaveLength(truth.list_items);
    else if (page.kind !== 'home') expect(page.items).toEqual([]);
    for (const item of page.items) expect(item.title).not.toMatch(/20\d\d-\d\d-\d\d|^[·\s]/);
  });
  test('foot', () => {
    const { footer } = truth;
    expect(page.footer).toMatchObject({
      siteCode: bare(footer.site_id_code),
      icp: bare(footer.icp),
      policeRecord: bare(footer.police_record),
    });
    expect(Boolean(page.footer.partyGovMark)).toBe(Boolean(footer.party_gov_mark));
    expect(Boolean(page.footer.findError)).toBe(Boolean(footer.jiucuo_entry));
    expect(page.footer.placeholder ?? false).toBe(/占位/.test(JSON.stringify(footer)));
  });
  test('the same under an address that tells nothing', () => {
    const other = readReal(truth, `http://www.example.gov.cn/a/${file}`);
    expect([other.kind, other.latestDate?.value]).toEqual([page.kind, page.latestDate?.value]);
  });
});

test('what was published later is not seen on an earlier day', () => {
  const column = pages.find(({ file }) => file === 'sh-wsjkw-yqtb-column.html')!;
  const page = readReal(column, ADDRESSES[column.file]!, '2022-04-20');
  expect(page.latestDate?.value).toBe('2022-04-20');
  expect(page.futureDates).toBeGreaterThan(5);
});
