import type { LookedAtRole, TagCell } from '../../domain/facts/guideline-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { isCalendarDate } from '../../lib/pure/dates.ts';
import { isEmptyTag } from '../page/read-tags.ts';
import { readableHost } from './government-host.ts';

/** Page tags by level (国办发〔2017〕47号 附件; SiteName, SiteIDCode and ColumnName verified, the other names from memory). */
const SITE_TAGS = ['SiteName', 'SiteDomain', 'SiteIDCode'] as const;
const SECTION_TAGS = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'] as const;
const CONTENT_TAGS = ['ArticleTitle', 'PubDate', 'ContentSource'] as const;

const TAGS_OF: Readonly<Record<LookedAtRole, readonly string[]>> = {
  home: SITE_TAGS,
  section: [...SITE_TAGS, ...SECTION_TAGS],
  article: [...SITE_TAGS, 'ColumnName', 'ColumnType', ...CONTENT_TAGS],
};
const VALUE_MAX = 200;

export interface TaggedSource {
  readonly url: string;
  /** By lower-cased name, as they stand. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The cells of one page's row in the matrix. `siteCode` as the register has it. */
export function tagCells(role: LookedAtRole, page: TaggedSource, siteCode: string): TagCell[] {
  return TAGS_OF[role].map((name): TagCell => {
    const content = page.tags[name.toLowerCase()];
    if (content === undefined) return { name, state: 'missing', value: null };
    const value = cutText(content, VALUE_MAX);
    if (isEmptyTag(content)) return { name, state: 'empty', value };
    const reason = faultOf(name, content.trim(), page.url, siteCode);
    return reason === null
      ? { name, state: 'filled', value }
      : { name, state: 'invalid', value, reason };
  });
}

/** Chinese: why the content cannot be meant, or null. */
function faultOf(name: string, content: string, url: string, siteCode: string): string | null {
  if (name === 'SiteIDCode') return siteCodeFault(content, siteCode);
  if (name === 'SiteDomain') return domainFault(content, url);
  return name === 'PubDate' ? dateFault(content) : null;
}

function siteCodeFault(content: string, siteCode: string): string | null {
  if (!/^(?:\d{10}|bm\d{8})$/i.test(content)) return '不是网站标识码的写法';
  if (siteCode === '' || content.toLowerCase() === siteCode.toLowerCase()) return null;
  return `与台账的 ${siteCode} 不同`;
}

function domainFault(content: string, url: string): string | null {
  const bare = (host: string): string => host.replace(/^www\./, '');
  const said = readableHost(/^https?:/i.test(content) ? content : `http://${content}`);
  const host = readableHost(url);
  if (said === null || said === '') return '不是域名';
  if (host === null || bare(host) === bare(said)) return null;
  // Sections may stand on a host below the site's own.
  return bare(host).endsWith(`.${bare(said)}`) ? null : `页面在 ${host} 上`;
}

/** `YYYY-MM-DD HH:MM`, with or without seconds. */
function dateFault(content: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(content);
  if (!parts) return '应写成“YYYY-MM-DD HH:MM”';
  const [, date, hour, minute, second = '0'] = parts;
  if (!isCalendarDate(date!)) return '没有这一天';
  if (hour === undefined || minute === undefined) return '没有写时分';
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 ? null : '没有这个时刻';
}
