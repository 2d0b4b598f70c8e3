import { urlKey } from '../../derive/scan/canonical-url.ts';
import { digestPage } from '../../derive/scan/digest-page.ts';
import { packLinks } from '../../derive/scan/pack-links.ts';
import type { SeenKeys } from '../../derive/scan/seen-keys.ts';
import { scanTerms, type TermAutomaton } from '../../derive/text/term-automaton.ts';
import type { WalkedLink } from '../../domain/walk.ts';
import { packResponse } from '../../store/archive/pack-response.ts';
import { sha256 } from '../../store/archive/warc-record.ts';
import type { PageReading, PageRequest } from './page-message.ts';

/** Terms kept of one page; one with more is a list of them. */
const TERMS_MAX = 50;

/** Everything that is computed from one page: what it says, its links as keys, its terms, its hash, its archive record. */
export function readPage(
  request: PageRequest,
  seen: SeenKeys,
  automaton: TermAutomaton | null,
): PageReading {
  const { response, url, contentType, today, seed } = request;
  const {
    html: _html,
    text,
    metas: _metas,
    links,
    ...digest
  } = digestPage({
    body: response.body,
    contentType,
    url,
    today,
  });
  const fresh: WalkedLink[] = [];
  const packed = links.map((link) => {
    const key = urlKey(link.url, seed);
    if (seen.add(key)) fresh.push(link);
    return { key, kind: link.kind, guessed: link.guessed ?? false };
  });
  const snapshot = sha256(response.body);
  return {
    ...digest,
    links: fresh,
    packedLinks: packLinks(packed),
    textLength: text.length,
    snapshot,
    terms: automaton === null ? null : termsIn(automaton, text),
    member: request.pack ? packResponse(response, snapshot) : null,
  };
}

function termsIn(automaton: TermAutomaton, text: string): string[] {
  const found = new Set<number>();
  scanTerms(automaton, text, (term) => {
    if (found.size < TERMS_MAX) found.add(term);
  });
  return [...found].map((term) => automaton.terms[term]!);
}
