import type { FoundDate } from '../../domain/site-facts.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { MainBlock } from './main-text.ts';
import { isOtherDate, parseDates, type WrittenDate } from './page-dates.ts';
import { asElement, namesOf } from './page-dom.ts';
import { firstAtOrAfter, type PageText } from './page-text.ts';
import type { DatedPage, Span } from './row-date.ts';
import { dateInUrl } from './url-dates.ts';

export interface PublicationSource extends DatedPage {
  readonly tags: Readonly<Record<string, string>>;
  readonly url: string;
  readonly main: MainBlock | null;
  /** Rows of lists: their dates are their own. */
  readonly rowSpans: readonly Span[];
}

const TAGS = ['pubdate', 'firstpublishedtime', 'publishdate', 'maketime'];

/** An article's date of publication: meta PubDate in all its faulty forms, then a printed one, then the address's. Never a future one. */
export function publishedOn(source: PublicationSource): FoundDate | null {
  for (const name of TAGS) {
    const tagged = parseDates((source.tags[name] ?? '').slice(0, 60)).find(
      (date) => !date.yearUnknown,
    );
    if (tagged && tagged.value <= source.today) return { value: tagged.value, source: 'meta' };
  }
  const printed = printedDate(source);
  if (printed !== null) return { value: printed, source: 'article' };
  const inUrl = dateInUrl(source.url);
  return inUrl !== null && inUrl <= source.today ? { value: inUrl, source: 'page-url' } : null;
}

/** Labels in order of trust; 成文日期, 生效日期, 截止时间 and a meeting's 时间 are none. */
const LABELS = [
  /(?:发布|公布|发表|刊发|刊登|公开|发稿|上网|挂网)(?:时间|日期|于|日)?\s?[:：]?\s{0,3}$/,
  /(?:更新|上传|录入|添加|编辑|信息生成|生成|转载)(?:时间|日期|于)?\s?[:：]?\s{0,3}$/,
  /(?:^|[\s|｜【[(（>])(?:时\s{0,4}间|日\s{0,4}期|发文日期)\s?[:：]\s{0,3}$/,
];
const LONE_SCORE = LABELS.length;
const NAMED_SCORE = LONE_SCORE + 1;
const NONE = 99;

/** The printed date of the surest label; without label a date alone on its line in front of the words. */
function printedDate(source: PublicationSource): CalendarDate | null {
  let best: { value: CalendarDate; rank: number } | null = null;
  for (const date of source.dates) {
    if (date.yearUnknown || date.future) continue;
    const rank = rankOf(source, date);
    if (rank < (best?.rank ?? NONE)) best = { value: date.value, rank };
    if (rank === 0) break;
  }
  return best?.value ?? null;
}

function rankOf(source: PublicationSource, date: WrittenDate): number {
  const { page } = source;
  if (
    isOtherDate(page.seamed, date) ||
    inRow(source.rowSpans, date.index) ||
    isUnseenAt(page, date.index)
  )
    return NONE;
  const before = page.text.slice(Math.max(0, date.index - 16), date.index).replaceAll('\n', ' ');
  const labelled = LABELS.findIndex((label) => label.test(before));
  const { start, end } = source.main?.place ?? { start: page.text.length, end: page.text.length };
  const inBody = date.index > start + (end - start) * 0.5 && date.index < end;
  // Inside the words a plain 时间： belongs to what they tell of.
  if (labelled >= 0)
    return labelled === 2 && date.index > start + 200 && date.index < end ? NONE : labelled;
  const line = lineAround(page.text, date);
  if (!isLoneLine(line) || inBody) return NONE;
  if (date.index < start + 200) return LONE_SCORE;
  return DATE_NAMES.test(namesAt(page, date.index)) ? NAMED_SCORE : NONE;
}

function inRow(spans: readonly Span[], at: number): boolean {
  const next = firstAtOrAfter(spans, at + 1, (span) => span.start);
  // Rows do not nest deeply: a few in front are enough.
  for (let index = next - 1; index >= 0 && index >= next - 4; index -= 1)
    if (spans[index]!.end > at) return true;
  return false;
}

const DATE_NAMES =
  /(?:^|[\s_-])(?:pub\w*|date\w*|time\w*|info\w*|source\w*|ly|fbsj|fbrq|ivs_date|sj|rq)(?=$|[\s_\d-])/;

function chunkAt(page: PageText, at: number): PageText['chunks'][number] | undefined {
  return page.chunks[firstAtOrAfter(page.chunks, at + 1, (chunk) => chunk.start) - 1];
}

function namesAt(page: PageText, at: number): string {
  const parent = asElement(chunkAt(page, at)?.parent);
  const outer = parent && asElement(parent.parent);
  return `${parent ? namesOf(parent) : ''} ${outer ? namesOf(outer) : ''}`;
}

function isUnseenAt(page: PageText, at: number): boolean {
  const parent = asElement(chunkAt(page, at)?.parent);
  return parent !== null && (page.places.get(parent)?.hidden ?? false);
}

/** The line around a date without it: at most 120 characters either side. */
function lineAround(text: string, date: WrittenDate): string {
  const from = Math.max(0, date.index - 120);
  const end = date.index + date.length;
  const before = text.slice(from, date.index);
  const after = text.slice(end, end + 120);
  const until = after.indexOf('\n');
  return `${before.slice(before.lastIndexOf('\n') + 1)} ${until < 0 ? after : after.slice(0, until)}`;
}

/** Nothing else on the line, or only words about the article (来源, 作者, 浏览次数, 字体). */
function isLoneLine(line: string): boolean {
  const rest = line.replace(/[\s()（）[\]【】:：|｜/·-]/g, '');
  if (rest.length <= 2) return true;
  return (
    rest.length < 80 &&
    /来源|作者|编辑|浏览|阅读|点击|字体|字号|打印|访问|分享|稿源|责编|文章/.test(rest) &&
    !/[，。；！？]/.test(rest)
  );
}
