import type { Element } from 'domhandler';
import type { LeavingLink } from '../../domain/facts/guideline-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { absolute } from '../page/page-dom.ts';
import { isOutsideHost, readableHost } from './government-host.ts';

export interface OutsideLink extends Pick<LeavingLink, 'url' | 'text' | 'notice'> {
  readonly host: string;
}

export interface LeavingSource {
  readonly elements: Iterable<Element>;
  readonly base: string;
  /** Texts of the page's own inline scripts. */
  readonly inlineScripts: readonly string[];
  /** Script files that were not read, and are no well-known library. */
  readonly hasOwnScripts: boolean;
  readonly textOf: (element: Element) => string;
}

/** Hosts kept of one page; a wall of friend links is longer, but says the same. */
const HOSTS_MAX = 50;
const URL_MAX = 300;
const TEXT_MAX = 60;
const SAYS_LEAVING =
  /即将离开|离开本(?:网|站)|您(?:将|正)(?:要)?离开|离站提示|将(?:跳转|链接|访问)(?:到|至)?(?:外部|站外|第三方)/;
/** Libraries of others that know nothing of a site's links. */
const LIBRARY =
  /(?:jquery|swiper|bootstrap|echarts|vue|react|layui|respond|html5shiv|slide|superslide|polyfill|lazyload|conac|jiucuo|baidu|cnzz|tongji|analytics|jsbridge|axios|lodash|qrcode)[^/]{0,40}$/i;

/** Whether a script file may be the site's own work. */
export const isOwnScript = (url: string): boolean => !LIBRARY.test(url.split(/[?#]/)[0]!);

/** Links from a page to hosts outside the public offices, one for each host, and whether the page says that one leaves. */
export function findLeaving(source: LeavingSource): OutsideLink[] {
  const saysSo = source.inlineScripts.some((script) => SAYS_LEAVING.test(script));
  const byHost = new Map<string, OutsideLink>();
  for (const element of source.elements) {
    if (element.name !== 'a' || byHost.size >= HOSTS_MAX) continue;
    const url = absolute(element.attribs.href, source.base);
    const host = url === null ? null : readableHost(url);
    if (url === null || host === null || !isOutsideHost(host) || byHost.has(host)) continue;
    const own = `${element.attribs.onclick ?? ''}`.slice(0, 500);
    const notice =
      saysSo || SAYS_LEAVING.test(own) || /confirm\s{0,3}\(/.test(own)
        ? 'shown'
        : source.hasOwnScripts || own !== ''
          ? 'unsure'
          : 'none';
    const text = cutText(source.textOf(element), TEXT_MAX);
    byHost.set(host, { host, url: cutText(url, URL_MAX), text, notice });
  }
  return [...byHost.values()];
}
