import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { isElement } from './linear-text.ts';

const FOOT =
  /(^|[-_\s])(footer|foot|fot|copyright|copy|dibu|yejiao|bottom|bot|banquan|bq)([-_\s\d]|$)/iu;
const HEAD =
  /(^|[-_\s])(header|head|top|topbar|topnav|banner|nav|navbar|menu|mainnav|daohang|logo|search)([-_\s\d]|$)/iu;
const ASIDE =
  /(^|[-_\s])(breadcrumb|crumbs?|position|location|weizhi|dqwz|share|sharebox|links?|friend|yqlj|sidebar|aside|rightbar|hot|rank|paihang|tuijian)([-_\s\d]|$)/iu;
const FOOT_TEXT = /ICP备|公网安备|网站标识码|版权所有|Copyright|主办单位/iu;
/** Words that only a guide's own text has; 地址, 电话 and 时间 stand in footers too. */
const GUIDE_WORDS = /材料|依据|条件|流程|程序/u;
/** A footer's text is short; the limit keeps the climb from swallowing the page. */
const FOOT_TEXT_LIMIT = 600;
const MAX_FOOT_MARKS = 12;

const classOf = (element: Element): string =>
  `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`;

/** Elements that belong to the page's frame (header, navigation, breadcrumb, footer), not to its own text. */
export function pageChrome(document: Document): ReadonlySet<AnyNode> {
  const chrome = new Set<AnyNode>();
  const total = textLength(document);
  const visit = (node: AnyNode): void => {
    if (!isElement(node)) {
      if ('children' in node) node.children.forEach(visit);
      return;
    }
    if (isChromeElement(node) && isSmall(node, total)) chrome.add(node);
    else node.children.forEach(visit);
  };
  visit(document);
  for (const element of footerByText(document)) chrome.add(element);
  return chrome;
}

function isChromeElement(element: Element): boolean {
  const { name } = element;
  if (name === 'body' || name === 'html') return false;
  if (name === 'footer' || name === 'nav') return true;
  if (name === 'header') return !hasAncestor(element, /^(article|main)$/u);
  const words = classOf(element);
  return FOOT.test(words) || HEAD.test(words) || ASIDE.test(words);
}

function isSmall(element: Element, total: number): boolean {
  const text = DomUtils.textContent(element);
  if (GUIDE_WORDS.test(text) && countGuideWords(text) >= 3) return false;
  return total === 0 || textLength(element) <= total * 0.6 || FOOT.test(classOf(element));
}

function countGuideWords(text: string): number {
  return [/材料/u, /依据/u, /条件/u, /流程|程序/u].filter((word) => word.test(text)).length;
}

function textLength(node: AnyNode): number {
  return DomUtils.textContent(node).replace(/\s+/gu, '').length;
}

function hasAncestor(element: Element, name: RegExp): boolean {
  for (let up = element.parent; up; up = up.parent) {
    if (isElement(up) && name.test(up.name)) return true;
  }
  return false;
}

/** A footer without any telling class: the block around the ICP number, widened while it stays short. */
function footerByText(document: Document): readonly Element[] {
  const marks = DomUtils.filter(
    (node) => node.type === 'text' && FOOT_TEXT.test(node.data),
    document,
  );
  const found: Element[] = [];
  for (const mark of marks.slice(-MAX_FOOT_MARKS)) {
    let block: Element | null = null;
    for (
      let up = mark.parent;
      up && isElement(up) && !/^(body|html|script|style|title|head)$/u.test(up.name);
      up = up.parent
    ) {
      const text = DomUtils.textContent(up);
      if (text.replace(/\s+/gu, '').length > FOOT_TEXT_LIMIT || GUIDE_WORDS.test(text)) break;
      block = up;
    }
    if (block) found.push(block);
  }
  return found;
}
