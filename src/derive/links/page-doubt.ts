import { alertWords, isBlankPage } from '../../lib/pure/html-text.ts';
import { pageSays } from './page-says.ts';
import type { SightPage } from './read-sight.ts';
import { wrongTargetReason } from './wrong-target.ts';

/** A page as a walk read it, and the words of the link that led to it. */
export interface PageInDoubt {
  readonly url: string;
  readonly linkText: string;
  readonly title: string;
  /** Blocks on lines of their own. */
  readonly text: string;
  readonly html: string;
  /** Of the body. */
  readonly bytes: number;
}

const JUMP_WORDS_MAX = 60;
const JUMP_HTML_MAX = 32 * 1024;

/**
 * What is odd about a page as the target of its link, in a word or two of Chinese; null when it is a page as it should be. A doubt
 * accuses nobody: it costs the link a closer look.
 */
export function pageDoubt(page: PageInDoubt): string | null {
  if (page.bytes === 0 || (page.text === '' && isBlankPage(page.html))) return '空';
  const view = viewOf(page);
  if (isJump(page)) return '跳转';
  if (pageSays(view) !== null) return '页面自称';
  const { linkText: text, url } = page;
  return wrongTargetReason({ text, url, endedAt: url, sameSite: true, page: view }) === null
    ? null
    : '与链接文字不符';
}

const isJump = ({ html, text }: PageInDoubt): boolean =>
  text.length <= JUMP_WORDS_MAX &&
  html.length <= JUMP_HTML_MAX &&
  /http-equiv\s?=\s?["']?refresh|\blocation\b/i.test(html);

/** The walk's reading in the shape in which statements are looked for; headings only ever clear a page of a doubt. */
const viewOf = ({ title, text, html }: PageInDoubt): SightPage => ({
  title,
  headings: [],
  lines: text === '' ? alertWords(html) : text.split('\n'),
  text: text.replace(/\s+/g, ''),
  html,
});
