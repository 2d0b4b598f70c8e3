import { accountOfAddress, isShortLink } from '../../derive/accounts/account-of-address.ts';
import type { AccountKey } from '../../domain/discovered-account.ts';
import type { Fetcher, FetchOptions, FetchResult } from '../../lib/node/http/create-fetcher.ts';
import { ASK_MS } from './look-budget.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The account that a short link leads to: one HEAD to the short link's own host, which must be in the table; its target is read from
 * the answer and never visited. Null when it is not such a link, does not lead on, or leads to no account.
 */
export async function resolveShortLink(
  address: string,
  { fetcher, signal }: { readonly fetcher: Fetcher; readonly signal: AbortSignal },
): Promise<AccountKey | null> {
  if (!isShortLink(address)) return null;
  const answer = await askEither({ fetcher }, address, {
    ...{ method: 'HEAD', maxRedirects: 0, timeoutMs: ASK_MS, signal },
  });
  const first = answer.received[0];
  if (first === undefined || !REDIRECTS.has(first.status)) return null;
  const { rawHeaders } = first;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    if (rawHeaders[at]!.toLowerCase() !== 'location') continue;
    const target = URL.parse(rawHeaders[at + 1]!, address)?.href;
    const reading = target === undefined ? null : accountOfAddress(target);
    return reading?.kind === 'account' && reading.key.idKind !== 'short' ? reading.key : null;
  }
  return null;
}

/** Asks once; where nobody listens at the https port, at the plain one: platforms serve both, and pages name either. */
export async function askEither(
  { fetcher }: { readonly fetcher: Fetcher },
  address: string,
  options: FetchOptions,
): Promise<FetchResult> {
  const url = address.startsWith('//') ? `https:${address}` : address;
  const answer = await fetcher.fetch(url, options);
  const isUnheard = answer.kind === 'error' && answer.received.length === 0;
  if (!isUnheard || !/^https:/i.test(url) || answer.errorClass === 'forbidden-address')
    return answer;
  return fetcher.fetch(url.replace(/^https:/i, 'http:'), options);
}
