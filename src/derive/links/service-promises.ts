import type { PageNotes, WalkedLink } from '../../domain/walk.ts';
import { isHomeAddress } from './home-address.ts';
import { promisesService } from './wrong-target.ts';

/** Promises kept of one page; menus have one or two. */
const PROMISES_MAX = 20;
const TAG_MAX = 600;

/** Links of a page whose words name a service and whose address is a home page: such an address would else be judged by its first words, 首页. */
export function servicePromises(
  links: readonly WalkedLink[],
  html: string,
): PageNotes['promises'][number][] {
  const promises: PageNotes['promises'][number][] = [];
  for (const { url, kind, text, guessed } of links) {
    if (promises.length >= PROMISES_MAX) break;
    if (kind !== 'page' || guessed || !promisesService(text) || !isHomeAddress(url)) continue;
    if (!leadsToPlace(html, text)) promises.push({ url, text });
  }
  return promises;
}

/** Whether the link names a place on the home page (`/#service`), which the canonical address no longer shows; in doubt, it does. */
function leadsToPlace(html: string, text: string): boolean {
  const at = html.indexOf(text);
  const before = html.slice(Math.max(0, at - TAG_MAX), Math.max(0, at));
  const tag = before.slice(before.lastIndexOf('<a'));
  return at < 0 || !tag.startsWith('<a') || tag.includes('#');
}
