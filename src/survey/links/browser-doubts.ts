import { isAccused, judgeLink } from '../../derive/links/judge-link.ts';
import { judgePlain } from '../../derive/links/judge-plain.ts';
import type { LinkObservation, LinkVerdict } from '../../domain/link-check.ts';

/**
 * What a browser cleared although both agents would have accused it, by host and class: what it had no turn for on such a host may be
 * as sound, and is not accused of the same.
 */
export class BrowserDoubts {
  readonly #cleared = new Set<string>();
  readonly #unturned = new Set<string>();

  take(observation: LinkObservation): void {
    const { link, sights, notBrowsed } = observation;
    if (notBrowsed !== undefined) this.#unturned.add(link.url);
    if (!sights.some(({ kind }) => kind === 'browser')) return;
    const plain = judgePlain({
      ...observation,
      sights: sights.filter(({ kind }) => kind !== 'browser'),
    });
    if (isAccused(plain) && !isAccused(judgeLink(observation)))
      this.#cleared.add(keyOf(link.url, plain));
  }

  fairTo(url: string, verdict: LinkVerdict): LinkVerdict {
    if (!isAccused(verdict) || !this.#unturned.has(url) || !this.#cleared.has(keyOf(url, verdict)))
      return verdict;
    const reason = `同一主机的别的链接在浏览器里能打开，不作判断：${verdict.reason}`;
    return { ...verdict, class: 'unobserved', reason };
  }
}

const keyOf = (url: string, verdict: LinkVerdict): string =>
  `${verdict.class} ${URL.parse(url)?.host ?? ''}`;
