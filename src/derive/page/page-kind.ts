import type { FoundDate } from '../../domain/site-facts.ts';
import type { MainBlock } from './main-text.ts';
import type { PageList } from './page-list.ts';
import { isEmptyTag } from './read-tags.ts';

export type PageKind =
  | 'home'
  | 'column'
  | 'article'
  | 'guide'
  | 'service-guide'
  | 'board'
  | 'search'
  | 'jump'
  | 'frameset'
  | 'error'
  | 'unknown';

export interface KindReading {
  readonly kind: PageKind;
  /** 0–100. */
  readonly confidence: number;
}

export interface KindSigns {
  readonly url: string;
  readonly title: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Content lists that a visitor can see. */
  readonly lists: readonly PageList[];
  readonly linkTexts: readonly string[];
  readonly headings: readonly string[];
  readonly text: string;
  readonly main: MainBlock | null;
  readonly published: FoundDate | null;
  readonly redirect: string | null;
  readonly isQuery: boolean;
  readonly hasFrameset: boolean;
}

const ARTICLE_PATH =
  /\/(?:t\d{8}_\d+|content_\d+|post_\d+|art_[\d_]+|[0-9a-f]{32}|\d{5,}|article[_-]?\d*|p\d{4,}|c\d{5,}|Content-\d+|\d+_\d+)\.(?:s?html?|jhtml|aspx|jspx?|htm)$|\/art\/\d{4}\/\d{1,2}\/\d{1,2}\/|\/info\/\d+\/\d+\.htm|\/gkmlpt\/content\//i;
const LIST_PATH =
  /\/(?:index|list|more|channel)(?:_\d+)?\.(?:s?html?|jhtml|aspx?|jspx?|php|do)$|\/$|\/col\/col\d+\/|\/channels?\/|[?&](?:cat_id|channelid|columnid)=\d+/i;
const BODY_LONG = 300;
const BODY_SHORT = 80;

/** Which kind of page this is: what it is technically, then its declared tags, then its address and what stands on it. */
export function pageKind(signs: KindSigns): KindReading {
  return technicalKind(signs) ?? declaredKind(signs) ?? structuralKind(signs);
}

function technicalKind(signs: KindSigns): KindReading | null {
  if (signs.redirect !== null) return { kind: 'jump', confidence: 90 };
  if (signs.hasFrameset) return { kind: 'frameset', confidence: 95 };
  const isShort = signs.text.length < 400 && countItems(signs) === 0;
  if (
    isShort &&
    /404|not found|页面(?:不存在|未找到|找不到)|(?:无法|不能)(?:访问|找到)|您访问的页面|服务器(?:错误|内部错误)/i.test(
      `${signs.title} ${signs.text.slice(0, 200)}`,
    )
  )
    return { kind: 'error', confidence: 80 };
  return null;
}

function declaredKind(signs: KindSigns): KindReading | null {
  const { tags, url } = signs;
  const dated = countDated(signs);
  if (isRootPath(pathOf(url)) || /^(?:首页|网站首页)$/.test(tags.columntype ?? ''))
    return { kind: 'home', confidence: 95 };
  const named = `${signs.title} ${tags.columnname ?? ''} ${tags.columntype ?? ''} ${tags.articletitle ?? ''}`;
  if (/公开指南/.test(named) && dated < 3) return { kind: 'guide', confidence: 90 };
  if (signs.isQuery && dated < 3) return { kind: 'search', confidence: 80 };
  if (isServiceGuide(signs)) return { kind: 'service-guide', confidence: 80 };
  const isArticle = !isEmptyTag(tags.articletitle) || !isEmptyTag(tags.pubdate);
  if (isArticle && (dated < 5 || bodyWords(signs) > BODY_LONG))
    return { kind: 'article', confidence: 90 };
  return null;
}

/** Titles or headings of a guide to one matter: several of the elements of the standard. */
const GUIDE_WORDS = [
  /设定依据|办理依据|法定依据|实施依据/,
  /申请条件|受理条件|办理条件/,
  /办理材料|申请材料|申报材料|所需材料|提交材料/,
  /办理地点|受理地点|办公地址|办理地址/,
  /办理时间|办公时间|受理时间/,
  /咨询电话|联系电话|监督电话/,
  /办理流程|办事流程|办理程序/,
  /办理时限|承诺时限|法定时限|办结时限/,
  /收费标准|是否收费|收费依据/,
];

function isServiceGuide(signs: KindSigns): boolean {
  const met = GUIDE_WORDS.filter((word) => word.test(signs.text)).length;
  return met >= 5 || (met >= 3 && /办事指南|服务指南|事项/.test(signs.title));
}

function structuralKind(signs: KindSigns): KindReading {
  const items = countItems(signs);
  const dated = countDated(signs);
  const body = bodyWords(signs);
  const path = pathOf(signs.url);
  const isHome = looksHome(signs, dated);
  if (ARTICLE_PATH.test(path) && body >= BODY_SHORT && body > linkedWords(signs))
    return { kind: 'article', confidence: 85 };
  if (isHome) return { kind: 'home', confidence: 65 };
  const isListPath = LIST_PATH.test(path);
  if (items > 0 && dated >= (isListPath ? 1 : 2) && body < BODY_LONG * 2) return listKind(signs);
  if (body >= BODY_LONG || (body >= BODY_SHORT && items < 3)) {
    if (signs.published === null)
      return items >= 3 ? listKind(signs) : { kind: 'guide', confidence: 50 };
    const fromUrlOnly = signs.published.source === 'page-url' && isListPath;
    return { kind: fromUrlOnly && items > 0 ? 'column' : 'article', confidence: 60 };
  }
  if (items > 0) return listKind(signs);
  if (signs.published && !isListPath) return { kind: 'article', confidence: 40 };
  if (!isEmptyTag(signs.tags.columnname) || isListPath) return { kind: 'column', confidence: 40 };
  return { kind: 'unknown', confidence: 0 };
}

function listKind(signs: KindSigns): KindReading {
  const named = `${signs.title} ${signs.tags.columnname ?? ''} ${signs.headings.join(' ')}`;
  const isBoard =
    /留言|来信|信箱|问政|咨询|热线/.test(named) &&
    /已?回复|已?答复|已?办结|处理中|受理中|待办/.test(signs.text);
  return isBoard ? { kind: 'board', confidence: 75 } : { kind: 'column', confidence: 75 };
}

/** A column has its one list, perhaps a side bar; so many lists under their own headings make an entry page. */
const HOME_LISTS_MIN = 4;
const MORE = /^[[【(（<>»+\s]*(?:更多|more|查看更多)[\]】)）<>»＞+.…\s]*$/i;

function looksHome(signs: KindSigns, dated: number): boolean {
  const lists = signs.lists.filter((list) => !list.aside && list.items.length > 0).length;
  const more = signs.linkTexts.filter((text) => MORE.test(text)).length;
  const isColumnPath = signs.lists.some((list) => list.items.length >= 12);
  if (isColumnPath && more < 3) return false;
  if (lists >= HOME_LISTS_MIN && (dated >= HOME_LISTS_MIN || more >= 2)) return true;
  if (more >= 3 && lists >= 2) return true;
  const isEntry = /门户|人民政府$|信息公开(?:平台|专栏|网)?$|委员会$|局$|厅$/.test(
    signs.title.trim(),
  );
  return isEntry && more >= 1 && lists >= 2 && dated >= 1 && !/[_|-]/.test(signs.title.trim());
}

const countItems = (signs: KindSigns): number =>
  signs.lists.reduce((sum, list) => sum + (list.aside ? 0 : list.items.length), 0);

const countDated = (signs: KindSigns): number =>
  signs.lists.reduce(
    (sum, list) => sum + (list.aside ? 0 : list.items.filter((item) => item.date !== null).length),
    0,
  );

const bodyWords = (signs: KindSigns): number => signs.main?.words ?? 0;

const linkedWords = (signs: KindSigns): number =>
  signs.lists.reduce(
    (sum, list) =>
      sum + (list.aside ? 0 : list.items.reduce((all, item) => all + item.title.length, 0)),
    0,
  );

function isRootPath(path: string): boolean {
  return (
    path === '/' ||
    /^\/(?:index|default|main|home)(?:\.(?:s?html?|jspx?|aspx?|php|do|jhtml))?$/i.test(path)
  );
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}
