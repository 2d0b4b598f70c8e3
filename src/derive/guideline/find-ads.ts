import type { Element } from 'domhandler';
import type { AdSign } from '../../domain/facts/guideline-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { absolute, ancestorsOf, namesOf } from '../page/page-dom.ts';
import { readableHost } from './government-host.ts';

/**
 * Hosts that exist to serve or settle advertising; a shop's or a portal's own host proves nothing. Named by their operators'
 * published integration pages.
 */
const NETWORKS: Readonly<Record<string, readonly string[]>> = {
  百度联盟: [
    'pos.baidu.com',
    'cpro.baidu.com',
    'cpro.baidustatic.com',
    'dup.baidustatic.com',
    'ubmcmm.baidustatic.com',
  ],
  阿里妈妈: ['tanx.com', 'alimama.com', 'alimama.cn', 's.click.taobao.com'],
  腾讯广告: ['gdt.qq.com', 'mi.gdt.qq.com'],
  京东联盟: ['union-click.jd.com', 'u.jd.com'],
  谷歌广告: [
    'googlesyndication.com',
    'googleadservices.com',
    'doubleclick.net',
    'adservice.google.com',
  ],
  聚胜万合: ['mediav.com'],
  海外广告联盟: [
    'taboola.com',
    'outbrain.com',
    'criteo.com',
    'popads.net',
    'propellerads.com',
    'exoclick.com',
    'juicyads.com',
    'adsterra.com',
  ],
};
const KINDS = { script: 'script', iframe: 'frame', a: 'link', img: 'image' } as const;
/** Signs kept of one page: more say nothing more. */
const SIGNS_MAX = 5;
const EXCERPT_MAX = 120;
const SCRIPT_MAX = 200_000;

export type PageAdSign = Omit<AdSign, 'page' | 'snapshot'>;

/** Signs of commercial advertising among a page's elements (scripts and frames among them). */
export function findAds(elements: Iterable<Element>, base: string): PageAdSign[] {
  const signs = new Map<string, PageAdSign>();
  for (const element of elements) {
    if (signs.size >= SIGNS_MAX) break;
    const kind = KINDS[element.name as keyof typeof KINDS];
    if (kind === undefined) continue;
    const hit = hitOf(element, base);
    if (hit === null || signs.has(`${kind} ${hit.host}`)) continue;
    signs.set(`${kind} ${hit.host}`, { kind, floating: isFloating(element), ...hit });
  }
  return [...signs.values()];
}

function hitOf(
  element: Element,
  base: string,
): Pick<AdSign, 'host' | 'network' | 'excerpt'> | null {
  const { src, href } = element.attribs;
  const url = absolute(element.name === 'a' ? href : src, base);
  const host = url === null ? null : readableHost(url);
  const network = host === null ? null : networkOf(host);
  if (url !== null && host !== null && network !== null)
    return { host, network, excerpt: cutText(url, EXCERPT_MAX) };
  return element.name === 'script' ? hitInScript(element) : null;
}

const HOST_IN_SCRIPT = /\/\/([a-z\d][a-z\d.-]{3,60})[/'"?]/gi;

/** A script that loads another one names the network's host. */
function hitInScript(element: Element): Pick<AdSign, 'host' | 'network' | 'excerpt'> | null {
  const [child] = element.children;
  if (child?.type !== 'text') return null;
  for (const match of child.data.slice(0, SCRIPT_MAX).matchAll(HOST_IN_SCRIPT)) {
    const host = match[1]!.toLowerCase();
    const network = networkOf(host);
    if (network === null) continue;
    const from = Math.max(0, match.index - 40);
    return {
      host,
      network,
      excerpt: cutText(child.data.slice(from, from + EXCERPT_MAX), EXCERPT_MAX),
    };
  }
  return null;
}

function networkOf(host: string): string | null {
  for (const [network, hosts] of Object.entries(NETWORKS)) {
    if (hosts.some((each) => host === each || host.endsWith(`.${each}`))) return network;
  }
  return null;
}

const FLOATING_STYLE = /position\s{0,3}:\s{0,3}fixed/i;
const FLOATING_NAME = /(?:^|[\s_-])(?:float\w{0,12}|duilian|piaofu|couplet|popup)(?=$|[\s_\d-])/;

function isFloating(element: Element): boolean {
  return [element, ...ancestorsOf(element)].some(
    (each) =>
      FLOATING_STYLE.test((each.attribs.style ?? '').slice(0, 500)) ||
      FLOATING_NAME.test(namesOf(each)),
  );
}
