import type {
  AccessibilityMark,
  AgeingEntry,
  AgeingSwitch,
  AgeingView,
} from '../../domain/facts/render-facts.ts';
import type { ControlUse, FloatingBox, PageControl } from '../../domain/rendering.ts';
import { addMonths, type CalendarDate, isCalendarDate } from '../../lib/pure/dates.ts';
import { siteOfHost } from '../../lib/pure/site-of-host.ts';

/** Height of the first screen, CSS pixels: an entry below it is not found without scrolling. */
const FIRST_SCREEN = 768;
const ENTRIES_MAX = 10;

/** Words of an entry or of a mark: what a browser is asked to look for. */
export const AGEING_WORDS = /适老|长者|关怀|长辈|敬老|老年|大字|大号字|无障碍|盲人|读屏/;

const VERSION =
  '(?:版|模式|版本|专版|通道|浏览|阅读|阅览|网页|辅助|工具条?|助手|服务|辅助工具|辅助浏览)';
const BEFORE =
  '(?:进入|切换(?:到|至)?|打开|开启|启用|返回|网站|网页|页面|政府网站|本站|信息|访问|[^\\p{Script=Han}])*';
const AFTER = '(?:入口|开关|切换)?[^\\p{Script=Han}]*';
/** 适老版, 长者模式, 关怀版, 大字版 … as a whole: a headline about 适老化改造 is none, nor is a service zone for the old. */
const AGEING = new RegExp(
  `^${BEFORE}(?:适老化?${VERSION}?(?:[/、和与及]?无障碍${VERSION}?)?|(?:长者|关怀|长辈|敬老|老年|老年人|大字|大字体|大号字)(?:版|模式|版本|专版|浏览|阅读|通道))${AFTER}$`,
  'u',
);
const ACCESS = new RegExp(
  `^${BEFORE}(?:无障碍|盲人|读屏)${VERSION}{0,2}(?:[/、和与及]?适老化?${VERSION}?|[/、和与及]?(?:长者|关怀)${VERSION})?${AFTER}$`,
  'u',
);

/** The entries among what one can press, those for the old first; of one kind the higher first. */
export function ageingEntries(controls: readonly PageControl[]): AgeingEntry[] {
  return controls
    .flatMap(({ words, url, selector, top }) => {
      const kind = entryKind(words);
      return kind === null ? [] : [{ words, kind, url, selector, isProminent: top < FIRST_SCREEN }];
    })
    .sort((one, other) => Number(one.kind === 'access') - Number(other.kind === 'access'))
    .slice(0, ENTRIES_MAX);
}

function entryKind(words: string): AgeingEntry['kind'] | null {
  if (AGEING.test(words)) return 'ageing';
  return ACCESS.test(words) ? (/适老|长者|关怀/.test(words) ? 'ageing' : 'access') : null;
}

/** Text that grew by less than this did not grow: rounding, another selection of text. */
const GROWN = 1.15;
const TOOL_WORDS =
  /放大|字号|大字|语音|朗读|读屏|配色|对比|指读|大鼠标|十字线|重置|退出(?:服务|适老|长者|关怀|无障碍)/;

/** What an entry does, from how the page looked before and after. When unsure: undetermined, with the reason. */
export function ageingSwitch({
  before,
  after,
  missed,
  isStopped,
}: ControlUse): Pick<AgeingSwitch, 'result' | 'reason' | 'url' | 'fontBefore' | 'fontAfter'> {
  const common = {
    url: after?.url ?? before?.url ?? '',
    fontBefore: before?.fontSize ?? null,
    fontAfter: after?.fontSize ?? null,
  };
  const unsure = (reason: string) => ({ ...common, result: 'undetermined' as const, reason });
  if (before === null || after === null) return unsure('使用入口之后的页面没有看到');
  const { fontBefore, fontAfter } = common;
  const isOther = addressOf(before.url) !== addressOf(after.url);
  if (fontBefore !== null && fontAfter !== null && fontAfter >= fontBefore * GROWN)
    return { ...common, result: isOther ? 'page' : 'font' };
  if (isOther && AGEING_WORDS.test(after.title)) return { ...common, result: 'page' };
  const isNew = (box: FloatingBox): boolean =>
    !before.boxes.some(({ selector, words }) => selector === box.selector && words === box.words);
  if (after.boxes.some((box) => isNew(box) && TOOL_WORDS.test(box.words)))
    return { ...common, result: 'tool' };
  if (isOther) return unsure('打开了另一个页面，字号没有变大，看不出是不是适老版');
  if (isStopped) return unsure('页面的脚本被停止');
  if (missed > 0) return unsure('入口所用的脚本或数据没有取到');
  return { ...common, result: 'none' };
}

const addressOf = (url: string): string => url.split('#', 1)[0]!;

const AD_HOSTS =
  /(^|\.)(pos\.baidu\.com|cpro\.baidustatic\.com|googlesyndication\.com|doubleclick\.net|tanx\.com|alimama\.com|gdt\.qq\.com|mediav\.com|adsame\.com)$/;
const EXCERPT_MAX = 200;

/**
 * Floating boxes that look like advertisements: they lead to a network for advertisements, or show a picture that leads to a
 * place that is neither the site's nor a government's. A floating notice of a government campaign is none.
 */
export function ageingAds(use: ControlUse): AgeingView['ads'] {
  if (use.after === null) return null;
  const own = URL.parse(use.after.url)?.hostname ?? '';
  const isForeign = (host: string): boolean =>
    siteOfHost(host) !== siteOfHost(own) && !/(^|\.)gov\.cn$/.test(host);
  return use.after.boxes
    .filter(
      ({ hosts, hasPicture }) =>
        hosts.some((host) => AD_HOSTS.test(host)) || (hasPicture && hosts.some(isForeign)),
    )
    .map(({ selector, words, hosts }) => ({
      selector,
      excerpt: `${words} → ${hosts.join('、')}`.slice(0, EXCERPT_MAX),
    }));
}

const MARK = /(?:无障碍|适老).{0,8}(?:标识|标志|认证|证书)/u;
const DATE = /(20\d{2})\s?[-年./]\s?(\d{1,2})\s?[-月./]\s?(\d{1,2})/gu;
const MARK_MONTHS = 24;

/** The 信息无障碍 mark that the page prints, with the dates beside it; valid two years from the day it was given. */
export function accessibilityMark(controls: readonly PageControl[]): AccessibilityMark | null {
  const mark = controls.find(({ words }) => MARK.test(words));
  if (!mark) return null;
  let awardedOn: CalendarDate | null = null;
  let validUntil: CalendarDate | null = null;
  for (const match of mark.around.matchAll(DATE)) {
    const [, year, month, day] = match;
    const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
    if (!isCalendarDate(date)) continue;
    const label = mark.around.slice(Math.max(0, match.index - 10), match.index);
    if (/有效|截止|到期|至/u.test(label)) validUntil ??= date;
    else if (/授予|颁发|发证|评测|认证|获得/u.test(label)) awardedOn ??= date;
  }
  const until = validUntil ?? (awardedOn === null ? null : addMonths(awardedOn, MARK_MONTHS));
  return { words: mark.words, url: mark.url, awardedOn, validUntil: until };
}
