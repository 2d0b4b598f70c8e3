import type { ListItem } from './list-items.ts';
import { writeDate } from './list-items.ts';
import type { DateForm, ListForm } from './traits.ts';
import { escapeHtml } from './words.ts';

/** How a list is to be written on one page. */
export interface ListSetting {
  readonly form: ListForm;
  readonly dateForm: DateForm;
  /** Prefix of the links: empty, or the site's origin. */
  readonly origin: string;
  /** The folder of the page itself: links below it are written relative to it; null = never relative. */
  readonly base: string | null;
  /** Issuing body, for tables. */
  readonly org: string;
  /** Number of all items, for scripts that page through them. */
  readonly total: number;
  /** A number that is the list's own on the page. */
  readonly unit: number;
  /** Address of the page or data file that holds the list, for `frame` and `source`. */
  readonly elsewhere: string;
}

type Writer = (items: readonly ListItem[], setting: ListSetting) => string;

function hrefOf(item: ListItem, setting: ListSetting): string {
  if (item.href !== null) return item.href;
  const { base } = setting;
  if (base !== null && item.path.startsWith(base)) return `./${item.path.slice(base.length)}`;
  return `${setting.origin}${item.path}`;
}

const anchor = (item: ListItem, setting: ListSetting): string =>
  `<a href="${hrefOf(item, setting)}" title="${escapeHtml(item.title)}" target="_blank">${escapeHtml(item.title)}</a>`;

const rows = (items: readonly ListItem[], row: (item: ListItem, at: number) => string): string =>
  `<ul class="list">\n${items.map((item, at) => `<li>${row(item, at)}</li>`).join('\n')}\n</ul>`;

const dayMonth = (item: ListItem): string => item.date.slice(5);

const TAGS = ['i', 'em', 'b', 'small', 'font'] as const;

function writeTable(items: readonly ListItem[], setting: ListSetting): string {
  const lines = items.map(
    (item) =>
      `<tr><td>${anchor(item, setting)}</td><td>${fileIndex(item)}</td><td>${setting.org}</td><td>${item.date}</td></tr>`,
  );
  return `<table class="tab" width="100%"><tr><th>名称</th><th>索引号</th><th>发布机构</th><th>发布日期</th></tr>
${lines.join('\n')}\n</table>`;
}

/** An index number (索引号): the year in it is no date. */
function fileIndex(item: ListItem): string {
  const year = Number(item.date.slice(0, 4)) - (item.id % 3);
  return `0${String(1_434_800 + (item.id % 997)).padStart(8, '0')}/${year}-${String(10_000 + item.id).slice(-5)}`;
}

/** 成文日期 and 生效日期 stand beside 发布日期; only the last says when the list was kept up. */
function writeThreeDates(items: readonly ListItem[], setting: ListSetting): string {
  const earlier = (item: ListItem): string =>
    `${Number(item.date.slice(0, 4)) - 1}-11-${item.date.slice(8) === '31' ? '30' : item.date.slice(8)}`;
  const lines = items.map(
    (item) =>
      `<tr><td>${anchor(item, setting)}</td><td>${earlier(item)}</td><td>${earlier(item)}</td><td>${item.date}</td></tr>`,
  );
  return `<table class="tab"><tr><th>文件名称</th><th>成文日期</th><th>生效日期</th><th>发布日期</th></tr>
${lines.join('\n')}\n</table>`;
}

function writeYears(items: readonly ListItem[], setting: ListSetting): string {
  const years = [...new Set(items.map((item) => item.date.slice(0, 4)))];
  return years
    .map((year) => {
      const own = items.filter((item) => item.date.startsWith(year));
      const list = rows(own, (item) => `${anchor(item, setting)}<span>${dayMonth(item)}</span>`);
      return `<h3>${year}年</h3>\n${list}`;
    })
    .join('\n');
}

function writeIsland(items: readonly ListItem[], setting: ListSetting): string {
  const records = items.map(
    (item) =>
      `<record><![CDATA[<li>${anchor(item, setting)}<span>${item.date}</span></li>]]></record>`,
  );
  const pages = Math.ceil(setting.total / 15);
  const next = `/module/web/jpage/dataproxy.jsp?page=1&webid=1&columnid=${setting.unit}&unitid=${setting.unit}`;
  return `<div id="${setting.unit}" class="default_pgContainer"><script type="text/xml"><datastore>
<totalrecord>${setting.total}</totalrecord><totalpage>${pages}</totalpage>
<nextgroup><![CDATA[<a href="${next}"></a>]]></nextgroup>
<recordset>${records.join('')}</recordset>
</datastore></script></div>`;
}

function writeArray(items: readonly ListItem[], setting: ListSetting): string {
  const lines = items.map((item) => {
    const [year, month, day] = item.date.split('-');
    return `urls[i]='${hrefOf(item, setting)}';headers[i]="${item.title}";year[i]='${year}';month[i]='${month}';day[i]='${day}';i++;`;
  });
  return `<ul id="list${setting.unit}"></ul>
<script>var urls=new Array(),headers=new Array(),year=new Array(),month=new Array(),day=new Array();
var i=0;
${lines.join('\n')}
showList("list${setting.unit}",urls,headers,year,month,day);</script>`;
}

const epochMillis = (item: ListItem): number => Date.parse(`${item.date}T${item.time}+08:00`);

/** The records that a page or a data file carries as JSON. */
export function writeRecords(
  items: readonly ListItem[],
  origin: string,
  time: 'text' | 'millis',
): string {
  const list = items.map((item) => ({
    title: item.title,
    url: item.href ?? `${origin}${item.path}`,
    ...(time === 'text'
      ? { pubtime: `${item.date} ${item.time}` }
      : { publishTime: epochMillis(item) }),
  }));
  return JSON.stringify({ code: 200, totalCount: items.length, list });
}

const embed =
  (time: 'text' | 'millis'): Writer =>
  (items, setting) =>
    `<div id="list${setting.unit}" class="list"></div>
<script>window.__DATA__=${writeRecords(items, setting.origin, time)};</script>
<script>renderList("list${setting.unit}", window.__DATA__.list);</script>`;

const titled: Writer = (items, setting) =>
  rows(
    items,
    (item) =>
      `<a href="${hrefOf(item, setting)}" title="${escapeHtml(item.title)}&#10;发布时间：${item.date}">${escapeHtml(item.title)}</a>`,
  );

const WRITERS: Readonly<Record<ListForm, Writer>> = {
  span: (items, setting) =>
    rows(
      items,
      (item) => `${anchor(item, setting)}<span>${writeDate(setting.dateForm, item)}</span>`,
    ),
  inline: (items, setting) => {
    const tag = TAGS[setting.unit % TAGS.length]!;
    return rows(
      items,
      (item) => `${anchor(item, setting)} <${tag}>${writeDate(setting.dateForm, item)}</${tag}>`,
    );
  },
  before: (items, setting) =>
    rows(
      items,
      (item) =>
        `<span class="date">${writeDate(setting.dateForm, item)}</span>${anchor(item, setting)}`,
    ),
  wrapped: (items, setting) =>
    rows(
      items,
      (item) =>
        `<a href="${hrefOf(item, setting)}" target="_blank"><span class="fl">${escapeHtml(item.title)}</span><span class="fr">${writeDate(setting.dateForm, item)}</span></a>`,
    ),
  table: writeTable,
  threeDates: writeThreeDates,
  block: (items, setting) =>
    rows(
      items,
      (item) =>
        `<div class="d">${item.date.slice(8)}</div><div class="ym">${item.date.slice(0, 7)}</div>${anchor(item, setting)}`,
    ),
  years: writeYears,
  heading: (items, setting) =>
    `<div class="news_box">${items
      .map(
        (item) =>
          `<h4>${anchor(item, setting)}<span class="date">${writeDate(setting.dateForm, item)}</span></h4>`,
      )
      .join('\n')}</div>`,
  definition: (items, setting) =>
    items
      .map(
        (item) =>
          `<dl><dt>${anchor(item, setting)}</dt><dd>${writeDate(setting.dateForm, item)}</dd></dl>`,
      )
      .join('\n'),
  short: (items, setting) =>
    rows(items, (item) => `${anchor(item, setting)}<span>${dayMonth(item)}</span>`),
  shortTitled: (items, setting) =>
    rows(
      items,
      (item) =>
        `${anchor(item, setting)}<span title="${item.date}">${Number(item.date.slice(5, 7))}月${Number(item.date.slice(8))}日</span>`,
    ),
  mixed: (items, setting) =>
    rows(
      items,
      (item, at) =>
        `${anchor(item, setting)}<span>${at % 3 === 2 ? dayMonth(item) : `[${item.date}]`}</span>`,
    ),
  urlOnly: (items, setting) => rows(items, (item) => anchor(item, setting)),
  articleOnly: (items, setting) => rows(items, (item) => anchor(item, setting)),
  tooltip: titled,
  island: writeIsland,
  array: writeArray,
  json: embed('text'),
  jsonMillis: embed('millis'),
  source: (_items, setting) =>
    `<ul id="showData0" class="list" data="datasource:${setting.elsewhere}"></ul>
<script src="/assets/js/datasource.js"></script>`,
  frame: (_items, setting) =>
    `<iframe src="${setting.elsewhere}" width="100%" height="560" frameborder="0" scrolling="no"></iframe>`,
};

/** Items as HTML in the setting's form. */
export function writeList(items: readonly ListItem[], setting: ListSetting): string {
  return WRITERS[setting.form](items, setting);
}
