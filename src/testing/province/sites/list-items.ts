import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import { ARTICLES_PER_SECTION, articlePath } from './address.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { Section } from './section.ts';
import type { SitePlan } from './site-plan.ts';
import type { DateForm, ListForm, SiteTraits } from './traits.ts';
import { makeTitle } from './words.ts';

/** One listed article. */
export interface ListItem {
  readonly id: number;
  readonly title: string;
  readonly date: CalendarDate;
  /** `HH:MM:SS` of publication, Asia/Shanghai. */
  readonly time: string;
  readonly path: string;
  /** Where the list leads instead of the article's own page; null = to `path`. */
  readonly href: string | null;
}

/** Forms whose lists print every date themselves, so that no item need be opened. */
const PRINTED: readonly ListForm[] = [
  'span',
  'inline',
  'before',
  'wrapped',
  'definition',
  'heading',
];

const pad = (value: number): string => String(value).padStart(2, '0');

function timeOf(id: number): string {
  return `${pad(8 + (id % 9))}:${pad((id * 7) % 60)}:${pad((id * 13) % 60)}`;
}

/** Titles carry dates that are not the day of publication (page-patterns §3, easily mistaken dates). */
function decorate(draw: Draw, title: string, date: CalendarDate, deadlines: boolean): string {
  const [year, month, day] = addDays(date, -draw.int(1, 3)).split('-').map(Number);
  if (draw.chance(0.05)) return `${month}月${day}日${title}`;
  if (draw.chance(0.03)) return `${year}年${month}月${day}日（0-24时）情况通报`;
  if (!deadlines || !draw.chance(0.06)) return title;
  const [endYear, endMonth, endDay] = addDays(date, draw.int(40, 150)).split('-').map(Number);
  return `${title}（截止${endYear}年${endMonth}月${endDay}日）`;
}

function reportTitle(plan: SitePlan, date: CalendarDate): string {
  return `${plan.sponsor}${Number(date.slice(0, 4)) - 1}年政府信息公开工作年度报告`;
}

/** The dates of a list in the order in which it shows them; pinned ones stand first, out of order. */
function datesOf(plan: SitePlan, traits: SiteTraits, section: Section, draw: Draw): CalendarDate[] {
  const dates: CalendarDate[] = [];
  const kept = !section.stale && section.pace !== 'report';
  if (kept && traits.pinnedFuture && section.pace === 'notice') {
    dates.push(addDays(plan.monitoredOn, draw.int(6, 45)));
  }
  if (kept && traits.pinnedOld && draw.chance(0.4)) {
    dates.push(addDays(section.newest, -draw.int(150, 500)));
  }
  let day = section.newest;
  while (dates.length < section.count) {
    dates.push(day);
    const yearly = section.pace === 'report';
    day = addDays(day, yearly ? -364 : -draw.int(0, section.gapDays * 2));
  }
  return dates;
}

/** Some offices list what their account published (page-patterns §4.5). */
function wechatLink(draw: Draw): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
  const name = Array.from({ length: 22 }, () => draw.pick([...letters])).join('');
  return `https://mp.weixin.qq.com/s/${name}`;
}

/** The articles of a section, in the order of its list. */
export function itemsOf(plan: SitePlan, traits: SiteTraits, section: Section): ListItem[] {
  if (section.mode !== 'list') return [];
  const draw = drawFrom(plan.seed, `items/${section.slug}`);
  const scene = { place: plan.place, org: plan.sponsor };
  const deadlines = plan.problems.length === 0 && section.pace === 'notice';
  const outside =
    traits.wechatNews &&
    section.pace === 'news' &&
    PRINTED.includes(section.form) &&
    PRINTED.includes(traits.forms[0]!);
  return datesOf(plan, traits, section, draw).map((date, at) => {
    const id = section.index * ARTICLES_PER_SECTION + at;
    const title =
      section.pace === 'report'
        ? reportTitle(plan, date)
        : decorate(draw, makeTitle(draw, section.titles, scene), date, deadlines);
    const path = articlePath(traits.system, section, id, date);
    const href = outside && at % 3 === 1 ? wechatLink(draw) : null;
    return { id, title, date, time: timeOf(id), path, href };
  });
}

/** A date as the site writes it (page-patterns §2). */
export function writeDate(form: DateForm, item: { date: CalendarDate; time: string }): string {
  const [year, month, day] = item.date.split('-') as [string, string, string];
  const minute = item.time.slice(0, 5);
  switch (form) {
    case 'iso':
      return item.date;
    case 'minute':
      return `${item.date} ${minute}`;
    case 'second':
      return `${item.date} ${item.time}`;
    case 'chinese':
      return `${year}年${Number(month)}月${Number(day)}日`;
    case 'slash':
      return `${year}/${Number(month)}/${Number(day)}`;
    case 'dot':
      return `${year}.${month}.${day}`;
    case 'square':
      return `[${item.date}]`;
    case 'lens':
      return `【${item.date}】`;
    case 'paren':
      return `( ${item.date})`;
    case 'round':
      return `（${item.date}）`;
    case 'gap':
      return `${item.date}     ${minute}`;
  }
}
