import type { AccountKey, SeenVia } from '../../domain/discovered-account.ts';
import { HOST_RULES, type HostRule, type NotAccount, SHORT_LINK_HOSTS } from './host-rules.ts';

/** What an address says of an account; null = nothing. */
export type AddressReading =
  | {
      readonly kind: 'account';
      readonly key: AccountKey;
      /** `widget` and `article` where the address itself shows it. */
      readonly via: Extract<SeenVia, 'link' | 'widget' | 'article'>;
    }
  | { readonly kind: NotAccount };

/** Longer addresses are no account's; share links with whole texts in them run to some thousand. */
const ADDRESS_MAX = 4_096;

/** The account that an address leads to, by the table of hosts. Pure, linear; never throws. */
export function accountOfAddress(address: string): AddressReading | null {
  if (address.length > ADDRESS_MAX) return null;
  const spoken = ofScheme(address);
  if (spoken !== null) return spoken;
  const url = parse(address);
  if (url === null) return null;
  for (const rule of rulesOf(url.hostname)) {
    const reading = read(rule, url);
    if (reading !== null) return reading;
  }
  return appFile(url);
}

/** Whether an address is a short link whose target may be asked for. */
export function isShortLink(address: string): boolean {
  const url = parse(address);
  if (url === null || url.pathname.length < 2) return false;
  const host = bare(url.hostname);
  return SHORT_LINK_HOSTS.has(host) && (host !== 'm.toutiao.com' || /^\/is\//.test(url.pathname));
}

function ofScheme(address: string): AddressReading | null {
  if (/^(?:wxp|alipays?):\/\//i.test(address)) return { kind: 'payment' };
  return null;
}

function parse(address: string): URL | null {
  const text = address.trim();
  const url = URL.parse(text.startsWith('//') ? `http:${text}` : text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

const bare = (host: string): string => {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name.startsWith('www.') ? name.slice(4) : name;
};

const NONE: readonly HostRule[] = [];
const rulesOf = (host: string): readonly HostRule[] => HOST_RULES.get(bare(host)) ?? NONE;

function read(rule: HostRule, url: URL): AddressReading | null {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : url.pathname;
  // Single-page stores keep the path behind the #.
  const hashed = url.hash.startsWith('#/') ? url.hash.slice(1) : '';
  const found = rule.path === undefined ? null : (rule.path.exec(path) ?? rule.path.exec(hashed));
  if (rule.path !== undefined && found === null) return null;
  const written = rule.parameter === undefined ? found?.[1] : parameterOf(url, rule.parameter);
  const id = written === undefined ? null : idOf(written);
  if (rule.value !== undefined && (id === null || !rule.value.test(id))) return null;
  const { gives } = rule;
  if (gives.kind !== 'account') return { kind: gives.kind };
  if (id === null || id === '') return null;
  const { platform, idKind, via = 'link' } = gives;
  const exact = idKind === 'custom' || idKind === 'wxid' || idKind === 'gh' ? id.toLowerCase() : id;
  return {
    kind: 'account',
    key: { platform, idKind, id: idKind === 'biz' ? paddedBiz(id) : exact },
    via: via === 'widget' || via === 'article' ? via : 'link',
  };
}

/** A parameter by its name in any letters; `__biz` may hold bare `=` signs and plus signs. */
function parameterOf(url: URL, name: string): string | undefined {
  // `&amp;` of pages that escape twice leaves `amp;` before the name.
  for (const part of `${url.search.slice(1)}&${queryInHash(url.hash)}`.split('&')) {
    const equals = part.indexOf('=');
    const key = part.slice(0, equals < 0 ? undefined : equals).replace(/^(?:amp;)+/i, '');
    if (equals > 0 && key.toLowerCase() === name) return part.slice(equals + 1);
  }
  return undefined;
}

const queryInHash = (hash: string): string => {
  const mark = hash.indexOf('?');
  return mark < 0 ? '' : hash.slice(mark + 1);
};

function idOf(written: string): string {
  try {
    return decodeURIComponent(written).trim();
  } catch {
    return written.trim();
  }
}

/** One spelling of a `__biz`: pages leave its `=` signs out or in. */
export const paddedBiz = (biz: string): string => {
  const bareBiz = biz.replace(/=+$/, '');
  return bareBiz.padEnd(Math.ceil(bareBiz.length / 4) * 4, '=');
};

/** An Android or Apple package offered as a file: the app is known by where its file lies. */
function appFile(url: URL): AddressReading | null {
  if (!/\.(?:apk|ipa)$/i.test(url.pathname)) return null;
  const id = `${bare(url.hostname)}${url.pathname}`;
  return { kind: 'account', key: { platform: 'app', idKind: 'apk', id }, via: 'link' };
}
