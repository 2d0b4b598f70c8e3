import { pageDoubt } from '../../derive/links/page-doubt.ts';
import { servicePromises } from '../../derive/links/service-promises.ts';
import { urlKey } from '../../derive/scan/canonical-url.ts';
import { digestPage, type PageDigest } from '../../derive/scan/digest-page.ts';
import { packLinks } from '../../derive/scan/pack-links.ts';
import type { SeenKeys } from '../../derive/scan/seen-keys.ts';
import type { TextChecker } from '../../derive/text/check-text.ts';
import { checkPage } from '../../derive/text/page-findings.ts';
import { scanTerms, type TermAutomaton } from '../../derive/text/term-automaton.ts';
import type { LinkWords, PageNotes, PageWords, WalkedLink } from '../../domain/walk.ts';
import { packResponse } from '../../store/archive/pack-response.ts';
import { sha256 } from '../../store/archive/warc-record.ts';
import type { PageRequest, PageVisit, ThreadReading } from './page-message.ts';

/** Terms kept of one page; one with more is a list of them. */
const TERMS_MAX = 50;

/** What a thread reported of a walk already. */
export interface SeenInWalk {
  readonly links: SeenKeys;
  readonly words: SeenKeys;
}

/** What a thread reads pages with; null = nobody asked for it. */
export interface ReadingTools {
  readonly automaton: TermAutomaton | null;
  readonly checker: TextChecker | null;
}

/** Everything that is computed from one page: what it says, its links as keys, its terms, its hash, its archive record. */
export function readPage(
  request: PageRequest,
  seen: SeenInWalk,
  { automaton, checker }: ReadingTools,
): ThreadReading {
  const { response, url, contentType, today, seed, visit } = request;
  const digest = digestPage({ body: response.body, contentType, url, today });
  const { html: _html, text, metas: _metas, links, ...kept } = digest;
  const fresh: WalkedLink[] = [];
  const packed = links.map((link) => {
    const key = urlKey(link.url, seed);
    if (seen.links.add(key)) fresh.push(link);
    return { key, kind: link.kind, guessed: link.guessed ?? false };
  });
  const snapshot = sha256(response.body);
  return {
    ...kept,
    links: fresh,
    packedLinks: packLinks(packed),
    textLength: text.length,
    snapshot,
    terms: automaton === null ? null : termsIn(automaton, text),
    member: request.pack ? packResponse(response, snapshot) : null,
    notes: visit === null ? null : noteOf(digest, visit, response.body.byteLength, checker),
    linkWords: visit === null ? null : wordsOf(links, seed, seen.words),
  };
}

function noteOf(
  { html, text, title, links, publishedOn }: PageDigest,
  { url, linkText, isHome }: PageVisit,
  bytes: number,
  checker: TextChecker | null,
): PageNotes {
  return {
    doubt: pageDoubt({ url, linkText, title, text, html, bytes }),
    heldText: linkText,
    promises: servicePromises(links, html),
    words:
      checker === null || html === ''
        ? null
        : withoutPage(checkPage(checker, { url, html, publishedOn, home: isHome, snapshot: null })),
  };
}

/** Where a finding stands is the page's own row. */
const withoutPage = ({ findings, ...counts }: ReturnType<typeof checkPage>): PageWords => ({
  ...counts,
  findings: findings.map(({ url: _url, snapshot: _snapshot, ...finding }) => finding),
});

function wordsOf(links: readonly WalkedLink[], seed: number, seen: SeenKeys): LinkWords {
  const fresh: LinkWords['fresh'][number][] = [];
  const packed = links.map(({ text }) => {
    const key = urlKey(text, seed);
    if (seen.add(key) && text !== '') fresh.push({ key, words: text });
    return { key, kind: 'page', guessed: false } as const;
  });
  return { packed: packLinks(packed), fresh };
}

function termsIn(automaton: TermAutomaton, text: string): number[] {
  const found = new Set<number>();
  scanTerms(automaton, text, (term) => {
    if (found.size < TERMS_MAX) found.add(term);
  });
  return [...found];
}
