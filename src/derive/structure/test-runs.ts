import { parseMarkup } from '../page/parse-markup.ts';
import { linearText, type TextRun } from '../site/linear-text.ts';
import { type PageLink, pageLinks } from '../site/page-links.ts';

export const PAGE_URL = 'http://www.x.gov.cn/a/index.html';

/** The runs of a hand-written page. */
export const runsOf = (body: string): readonly TextRun[] =>
  linearText(parseMarkup(`<body>${body}</body>`).document, new Set());

export const linksOf = (body: string): readonly PageLink[] =>
  pageLinks(parseMarkup(`<body>${body}</body>`).document, PAGE_URL);
