import { type CalendarDate, calendarDate } from '../../lib/pure/dates.ts';
import type { TextRun } from '../site/linear-text.ts';

/** A block of published figures as a page prints it. */
export interface StatisticsReading {
  readonly about: 'service' | 'messages';
  readonly period: string | null;
  readonly latestOn: CalendarDate | null;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}

const SERVICE = /办件|办理|办事|办结|受理|接件|审批|事项|按时|按期|网办|好评|满意/u;
const MESSAGES =
  /留言|互动|信箱|问政|来信|信件|写信|咨询|投诉|建议|求助|网民|提问|诉求|答复|回复|公开信/u;
const HEAD = /(统计|情况|数据|公示|通报)/u;
/** `受理总数：123件`, `办结率 98.5%`: a label of a few characters and a number. */
const FIGURE =
  /([\p{Script=Han}（）()]{2,14}?)\s{0,3}[:：]?\s{0,3}(\d{1,9}(?:[.,]\d{1,4})?\s{0,2}(?:件|条|封|个|次|项|人次|宗|%|％)?)/gu;
const LABEL =
  /总|数|量|率|件|受理|办结|收到|回复|答复|留言|来信|咨询|投诉|建议|办理中|待办|本月|今日|昨日|本年|今年|累计/u;
const NO_LABEL =
  /电话|编号|邮编|备案|公网|浏览|访问|点击|版|第|共.{0,2}页|条记录|标识|年$|月$|日$/u;
const FIGURES_MIN = 2;
const FIGURES_MAX = 12;
const RUN_MAX = 300;
/** Runs of a page that are looked at. */
const RUNS_MAX = 600;

/** Blocks of figures about services and letters; dates after `today` count for nothing. */
export function readStatistics(
  runs: readonly TextRun[],
  title: string,
  today: CalendarDate,
): readonly StatisticsReading[] {
  const texts = runs.slice(0, RUNS_MAX).map((run) => run.text.slice(0, RUN_MAX));
  const blocks: StatisticsReading[] = [];
  for (const about of ['service', 'messages'] as const) {
    const figures = figuresOf(texts, about);
    const named =
      texts.find((text) => isHead(text, about)) ?? (isHead(title, about) ? title : undefined);
    if (figures.length < FIGURES_MIN || named === undefined) continue;
    const period = newestPeriod([title, ...texts], today);
    blocks.push({ about, figures: figures.slice(0, FIGURES_MAX), ...period });
  }
  return blocks;
}

const wordsOf = (about: StatisticsReading['about']): RegExp =>
  about === 'service' ? SERVICE : MESSAGES;

const isHead = (text: string, about: StatisticsReading['about']): boolean =>
  text.length <= 40 &&
  /统计/u.test(text) &&
  HEAD.test(text) &&
  wordsOf(about).test(text) &&
  (about === 'messages' || !MESSAGES.test(text));

/** Figures in one run, or a label and its number in two runs side by side. */
function figuresOf(
  texts: readonly string[],
  about: StatisticsReading['about'],
): StatisticsReading['figures'] {
  const found: { label: string; value: string }[] = [];
  const add = (label: string, value: string): void => {
    const bare = label.replace(/^[（()）]+|[（()）]+$/gu, '');
    if (found.length >= FIGURES_MAX || bare.length < 2 || NO_LABEL.test(bare) || !LABEL.test(bare))
      return;
    if (about === 'messages' && !MESSAGES.test(bare) && !/受理|办结|办理|满意/u.test(bare)) return;
    if (about === 'service' && (MESSAGES.test(bare) || !/办|受理|接件|事项|总|率|评/u.test(bare)))
      return;
    found.push({ label: bare, value: value.replace(/\s/gu, '') });
  };
  texts.forEach((text, index) => {
    for (const [, label, value] of text
      .replace(/20\d{2}\s?[-年/.]\s?\d{1,2}(\s?[-月/.]\s?\d{1,2}日?)?/gu, ' ')
      .matchAll(FIGURE))
      add(label!, value!);
    const next = texts[index + 1] ?? '';
    if (
      /^\d{1,9}(\.\d{1,4})?\s?(件|条|封|个|次|项|人次|宗|%|％)?$/u.test(next) &&
      text.length <= 14
    )
      add(text, next);
  });
  return found;
}

const DAY = /(20\d{2})\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})/gu;
const MONTH = /(20\d{2})\s?[年-]\s?(\d{1,2})(?:\s?月(?!\s?\d)|(?![^\S\n]?[\d月-]))/gu;
const QUARTER = /(20\d{2})\s?年?第?\s?([一二三四1-4])\s?季度/gu;
const YEAR = /(20\d{2})\s?年(?!\s?\d|第)/gu;

/** The newest period or date that the texts name, not after `today`. */
function newestPeriod(
  texts: readonly string[],
  today: CalendarDate,
): { period: string | null; latestOn: CalendarDate | null } {
  const text = texts.join('\n').slice(0, 20_000).normalize('NFKC');
  const found: { period: string | null; on: CalendarDate }[] = [];
  const add = (period: string | null, on: CalendarDate | null): void =>
    void (
      on &&
      on.slice(0, 7) <= today.slice(0, 7) &&
      found.push({ period, on: on > today ? today : on })
    );
  for (const [, year, month, day] of text.matchAll(DAY)) {
    const on = calendarDate(Number(year), Number(month), Number(day));
    if (on && on <= today) add(null, on);
  }
  for (const [, year, month] of text.matchAll(MONTH)) {
    if (Number(month) >= 1 && Number(month) <= 12)
      add(`${year}-${month!.padStart(2, '0')}`, lastDay(Number(year), Number(month)));
  }
  for (const [, year, quarter] of text.matchAll(QUARTER)) {
    const number = '一二三四'.indexOf(quarter!) + 1 || Number(quarter);
    add(`${year}Q${number}`, lastDay(Number(year), number * 3));
  }
  for (const [, year] of text.matchAll(YEAR)) add(year!, calendarDate(Number(year), 12, 31));
  const newest = [...found].sort((one, other) => (one.on < other.on ? 1 : -1))[0];
  const named = found
    .filter(({ period }) => period !== null)
    .sort((one, other) => (one.on < other.on ? 1 : -1))[0];
  return { period: named?.period ?? null, latestOn: newest?.on ?? null };
}

const lastDay = (year: number, month: number): CalendarDate =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
