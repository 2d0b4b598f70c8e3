import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPublicAddress } from './address-guard.ts';
import { matchResolveRule, type ResolveRule } from './resolve-rule.ts';

/** Where a URL's host is to be found, or why it is not visited. */
export type FoundAddress =
  | {
      readonly state: 'found';
      readonly address: string;
      readonly port: number;
      readonly byRule: boolean;
      readonly dnsMs: number;
    }
  | {
      readonly state: 'dns';
      readonly message: string;
      /** `ENOTFOUND`: the name does not exist; `EAI_AGAIN`, `ETIMEOUT`: nobody could say. */
      readonly code: string;
      readonly dnsMs: number;
    }
  | { readonly state: 'forbidden'; readonly message: string; readonly address: string | null };

export interface FindAddressOptions {
  readonly resolve: readonly ResolveRule[];
  /** Literal addresses that may be visited though private; each one explicit. */
  readonly allowAddresses: ReadonlySet<string>;
}

/** A resolver that says nothing for so long would use up the visit's 15 s. */
const DNS_LIMIT_MS = 10_000;

/** Finds the address of a URL without connecting. Every address that comes back from DNS passes the guard. */
export async function findAddress(url: URL, options: FindAddressOptions): Promise<FoundAddress> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const rule = matchResolveRule(options.resolve, host);
  if (rule)
    return {
      state: 'found',
      address: rule.address,
      port: rule.port ?? port,
      byRule: true,
      dnsMs: 0,
    };
  const allowed = (address: string): boolean =>
    options.allowAddresses.has(address) || isPublicAddress(address);
  if (isIP(host) !== 0) {
    if (allowed(host)) return { state: 'found', address: host, port, byRule: false, dnsMs: 0 };
    return { state: 'forbidden', message: `地址 ${host} 不是公网地址，不访问`, address: host };
  }
  const started = performance.now();
  try {
    const answers = await withLimit(lookup(host, { all: true, verbatim: true }), DNS_LIMIT_MS);
    const dnsMs = performance.now() - started;
    // One forbidden answer spoils all: a name that points both outward and inward is an attempt to get in.
    const forbidden = answers.find((answer) => !allowed(answer.address));
    if (forbidden)
      return {
        state: 'forbidden',
        message: `${host} 解析到非公网地址 ${forbidden.address}，不访问`,
        address: forbidden.address,
      };
    const chosen = answers.find((answer) => answer.family === 4) ?? answers[0];
    if (!chosen) return { state: 'dns', message: `${host} 没有地址`, code: 'ENODATA', dnsMs };
    return { state: 'found', address: chosen.address, port, byRule: false, dnsMs };
  } catch (error) {
    const code = codeOf(error);
    return {
      state: 'dns',
      message: `${host} 解析失败：${code}`,
      code,
      dnsMs: performance.now() - started,
    };
  }
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const abort = new AbortController();
  const timeout = sleep(limitMs, undefined, { signal: abort.signal }).then(() => {
    throw Object.assign(new Error('DNS timeout'), { code: 'ETIMEOUT' });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    abort.abort();
    timeout.catch(() => undefined);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
