import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { isElement } from '../site/linear-text.ts';
import { absoluteUrl, type PageLink } from '../site/page-links.ts';

/** A search as the home page offers it. `template`: the address up to the value of the searched words; null = only by script. */
export interface SearchForm {
  readonly url: string;
  readonly template: string | null;
  /** Of the page that the form stands on: its value is sent in this charset. */
  readonly charset: string;
  /** Chinese: why it cannot be asked with a plain request. */
  readonly reason: string | null;
}

const SEARCH_WORDS = /search|sousuo|jiansuo|query|keyword|\bso\b|\bss\b|seach|souso|qt\b/iu;
const SEARCH_HINT = /搜|检索|关键(字|词)|查找/u;
const NO_SEARCH = /登录|用户名|密码|验证码|邮箱|订阅|手机号/u;
const HIDDEN_MAX = 20;

/** The site's search box, or its search link; null when the page has none. */
export function findSearch(
  document: Document,
  links: readonly PageLink[],
  { url: pageUrl, charset }: { readonly url: string; readonly charset: string },
): SearchForm | null {
  const found = searchOf(document, links, pageUrl);
  return found && { ...found, charset };
}

type Found = Omit<SearchForm, 'charset'>;

function searchOf(document: Document, links: readonly PageLink[], pageUrl: string): Found | null {
  for (const form of DomUtils.getElementsByTagName('form', document)) {
    const found = readForm(form, pageUrl);
    if (found) return found;
  }
  const box = DomUtils.getElementsByTagName('input', document).find(isSearchInput);
  if (box) return scriptedSearch(document, pageUrl);
  const link = links.find(
    ({ name, url }) => url !== null && /^(全站|站内|高级|智能|综合)?(搜索|检索)$/u.test(name),
  );
  if (link?.url)
    return { url: link.url, template: null, reason: '首页只有搜索页的链接，搜索页未试' };
  return hintOfSearch(document) ? scriptedSearch(document, pageUrl) : null;
}

/** Something called search, or a head that is written by a script: then a search may be there that this page does not show. */
function hintOfSearch(document: Document): boolean {
  const isHint = (element: Element): boolean => {
    const { attribs, name } = element;
    if (name === 'script')
      return /head|top|nav|common|public|include|search/iu.test(attribs.src ?? '');
    const words = `${attribs.class ?? ''} ${attribs.id ?? ''} ${attribs.href ?? ''}`;
    return /search|sousuo|jiansuo/iu.test(words);
  };
  return DomUtils.findOne(isHint, document) !== null;
}

const hintsOf = (element: Element): string =>
  ['placeholder', 'value', 'title', 'aria-label', 'alt', 'onfocus', 'onblur']
    .map((name) => element.attribs[name] ?? '')
    .join(' ');
const namesOf = ({ attribs }: Element): string =>
  `${attribs.name ?? ''} ${attribs.id ?? ''} ${attribs.class ?? ''} ${attribs.action ?? ''}`;

function isSearchInput(input: Element): boolean {
  if (!/^(text|search|)$/iu.test(input.attribs.type ?? '')) return false;
  const hints = hintsOf(input);
  if (NO_SEARCH.test(hints)) return false;
  return SEARCH_HINT.test(hints) || SEARCH_WORDS.test(namesOf(input));
}

function readForm(form: Element, pageUrl: string): Found | null {
  const inputs = DomUtils.getElementsByTagName('input', form);
  if (inputs.some(({ attribs }) => attribs.type?.toLowerCase() === 'password')) return null;
  const texts = inputs.filter(({ attribs }) => /^(text|search|)$/iu.test(attribs.type ?? ''));
  const field =
    texts.find(isSearchInput) ?? (texts.length === 1 && saysSearch(form) ? texts[0]! : null);
  if (!field || texts.length > 3) return null;
  const url = absoluteUrl(form.attribs.action ?? '', pageUrl);
  const base = url ?? pageUrl;
  const name = field.attribs.name ?? '';
  if (url === null) return scriptedSearch(form, pageUrl);
  if (name === '') return { url: base, template: null, reason: '搜索框没有名称，由脚本提交' };
  if ((form.attribs.method ?? 'get').toLowerCase() === 'post')
    return { url: base, template: null, reason: '搜索用 POST 方式提交，没有试' };
  const query = new URLSearchParams();
  for (const { attribs } of inputs.slice(0, HIDDEN_MAX)) {
    if (attribs.name && attribs.name !== name && attribs.type?.toLowerCase() === 'hidden')
      query.append(attribs.name, attribs.value ?? '');
  }
  const rest = query.size > 0 ? `${query}&` : '';
  return {
    url: base,
    template: `${base.split(/[?#]/u)[0]}?${rest}${encodeURIComponent(name)}=`,
    reason: null,
  };
}

const saysSearch = (form: Element): boolean =>
  SEARCH_WORDS.test(namesOf(form)) ||
  SEARCH_HINT.test(`${DomUtils.textContent(form)} ${buttonsOf(form)}`);
const buttonsOf = (form: Element): string =>
  DomUtils.getElementsByTagName('input', form)
    .filter(({ attribs }) => /^(submit|button|image)$/iu.test(attribs.type ?? ''))
    .map(hintsOf)
    .join(' ');

/** `location.href = '/search.html?q=' + …` somewhere in the page's scripts. */
const WRITTEN =
  /['"]([^'"\s]{0,150}(?:search|sousuo|jiansuo|query|\/so\b|\/ss\b)[^'"\s]{0,100}[?&][\w.-]{1,30}=)['"]\s{0,3}\+/iu;
const SCRIPT_MAX = 200_000;

function scriptedSearch(root: AnyNode | Document, pageUrl: string): Found {
  const whole = topOf(root);
  const scripts = DomUtils.getElementsByTagName('script', whole)
    .map((script) => DomUtils.textContent(script))
    .join('\n')
    .slice(0, SCRIPT_MAX);
  const template = absoluteUrl(WRITTEN.exec(scripts)?.[1] ?? '', pageUrl);
  return template === null
    ? { url: pageUrl, template: null, reason: '搜索由脚本提交，静态页面看不出地址' }
    : { url: template.split('?')[0]!, template, reason: null };
}

function topOf(node: AnyNode): AnyNode {
  let top = node;
  while (top.parent) top = top.parent as AnyNode;
  return top;
}

/** Whether a result page shows what was searched for. */
export interface SearchResult {
  readonly outcome: 'hit' | 'miss' | 'unclear';
  readonly sorted: boolean;
}

const NO_RESULT =
  /(没有|未|无法?)(能)?(找到|搜索到|搜到|检索到|查到|查询到|相关|符合).{0,12}|(结果|记录)(数)?(为空|为\s?0(?!\d))|共?.{0,8}[^\d]0\s?(条|个|项|篇)|无相关(结果|内容|信息)|暂无(数据|结果|内容|相关)/u;
const SORTED =
  /(新闻|文件|政策|解读|服务|公开|互动|问答|图片)\s{0,2}[(（]\s?\d{1,6}\s?[)）]|按(相关度|时间|日期)|相关度|(标题|全文)(搜索|检索)|栏目分类|全部\s{0,2}(新闻|资讯|文件|公开)/u;
/** So much of a title is enough to know it again: results cut long ones. */
const TITLE_KEY = 14;

const squeezed = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');

/** Reads a result page: a link of it carries the title (or leads to the article), or the page says that there is nothing. */
export function readSearchResult(
  page: {
    readonly text: string;
    readonly links: readonly PageLink[];
    readonly itemTitles: readonly string[];
    /** Values of its input fields: a page that answers a search shows what was sought. */
    readonly fields: readonly string[];
    /** Something of it may be written by a script: then what it does not show proves nothing. */
    readonly isScripted: boolean;
  },
  sought: { readonly title: string; readonly isArticle: (url: string) => boolean },
): SearchResult {
  const key = squeezed(sought.title).slice(0, TITLE_KEY);
  const sorted = SORTED.test(page.text);
  const isHit = page.links.some(
    ({ url, name, title, element }) =>
      (url !== null && sought.isArticle(url)) ||
      squeezed(name).includes(key) ||
      squeezed(title).includes(key) ||
      (isElement(element) && squeezed(DomUtils.textContent(element).slice(0, 400)).includes(key)),
  );
  if (isHit || page.itemTitles.some((each) => squeezed(each).includes(key)))
    return { outcome: 'hit', sorted };
  if (page.isScripted) return { outcome: 'unclear', sorted };
  // A list under another question is no answer to this one: the page must show what it was asked.
  const isAsked = [page.text, ...page.fields].some((each) => squeezed(each).includes(key));
  const isMiss = NO_RESULT.test(page.text) || (isAsked && page.itemTitles.length > 0);
  return { outcome: isMiss ? 'miss' : 'unclear', sorted };
}

const INTERFACE =
  /\.ajax\b|\baxios\b|\bfetch\s{0,3}\(|XMLHttpRequest|getJSON|new\s+Vue\b|createApp\s{0,3}\(|\$\.(post|get)\s{0,3}\(|layui\.|template\(/u;
const SCRIPT_FILE =
  /search|sousuo|vue|react|angular|app[.\w-]{0,20}\.js|main[.\w-]{0,20}\.js|chunk/iu;

/** Whether scripts of the page may fill in its results. */
export function mayFillResults(document: Document): boolean {
  return (
    asksForMore(document) ||
    DomUtils.getElementsByTagName('script', document).some((script) =>
      SCRIPT_FILE.test(script.attribs.src ?? ''),
    )
  );
}

/** Whether a script in the page asks the server for more. */
export function asksForMore(document: Document): boolean {
  return DomUtils.getElementsByTagName('script', document).some((script) =>
    INTERFACE.test(DomUtils.textContent(script).slice(0, SCRIPT_MAX)),
  );
}
