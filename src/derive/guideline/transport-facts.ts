import { absent, type Fact, observed, unobserved } from '../../domain/fact.ts';
import type { Ipv6View, SchemeLook, TransportView } from '../../domain/facts/guideline-facts.ts';
import type { HandshakeLook, PageLook, TransportLook } from '../../domain/transport-look.ts';
import { likenessPercent } from './likeness.ts';

/** Pages whose visible words agree this much are the same page: clocks, counters and rotating pictures differ from visit to visit. */
const SAME_PERCENT = 60;
/** Below this they are surely not. Between the two nobody can say. */
const DIFFERENT_PERCENT = 30;

/** What a look at the transport says (https, redirect, certificate, load time of the home document). */
export function transportFact(look: TransportLook | null): Fact<TransportView> {
  if (look === null) return unobserved('登记的首页网址无法识别');
  const isSecure = look.home.url.startsWith('https:');
  const [secure, plain] = isSecure ? [look.home, look.other] : [look.other, look.home];
  const { handshake } = look;
  return observed({
    host: look.host,
    https: httpsLook(secure, handshake, look.otherReason),
    http: schemeLook(plain, look.otherReason),
    httpGoesToHttps: goesToHttps(plain),
    tlsVersion: handshake.state === 'done' ? handshake.version : null,
    certificate: handshake.state === 'done' ? handshake.certificate : null,
    load: {
      documentMs: isAnswer(look.home) ? look.home.milliseconds : null,
      documentBytes: isAnswer(look.home) ? look.home.body.byteLength : null,
    },
  });
}

const isAnswer = ({ status }: PageLook): boolean => status !== null && status < 400;

/** Statuses with which something in front of the site refuses us in particular. */
const REFUSED = new Set([401, 403, 412, 429, 521]);

function schemeLook(look: PageLook | null, otherReason: string): SchemeLook {
  if (look === null) return { state: 'unobserved', status: null, reason: otherReason };
  const { status, errorClass, message } = look;
  if (status !== null) {
    if (REFUSED.has(status))
      return { state: 'unobserved', status, reason: `拒绝了我们（${status}）` };
    if (status >= 400) return { state: 'failed', status, reason: `返回 ${status}` };
    return { state: 'ok', status };
  }
  // A closed port is the site's own word; silence may be a wall on the way that only we meet.
  return errorClass === 'refused'
    ? { state: 'failed', status, reason: '端口没有开放' }
    : { state: 'unobserved', status, reason: message };
}

/** Faults of a certificate that every visitor meets; a chain that our store cannot complete is not among them. */
const VISITORS_MEET = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

function httpsLook(
  secure: PageLook | null,
  handshake: HandshakeLook,
  otherReason: string,
): SchemeLook {
  const seen = schemeLook(secure, otherReason);
  if (secure === null || seen.state !== 'unobserved' || secure.errorClass !== 'tls') return seen;
  if (handshake.state !== 'done')
    return {
      state: 'unobserved',
      status: null,
      reason: `加密握手没有完成（可能只支持国密算法）：${secure.message}`,
    };
  const { certificate } = handshake;
  const isTheirs =
    certificate !== null &&
    (!certificate.hostMatches || VISITORS_MEET.has(certificate.chainError ?? ''));
  return isTheirs
    ? { state: 'failed', status: null, reason: `证书有误：${certificate.chainError ?? '域名不符'}` }
    : { state: 'unobserved', status: null, reason: '证书链在本机不能验证，浏览器可能可以' };
}

function goesToHttps(plain: PageLook | null): boolean | null {
  if (plain === null) return null;
  if ([...plain.hops, plain.finalUrl].some((url) => url.startsWith('https:'))) return true;
  return isAnswer(plain) ? false : null;
}

/** Whether the home page answers over IPv6, and is the same page. */
export function ipv6Fact(look: TransportLook | null): Fact<Ipv6View> {
  if (look === null) return unobserved('登记的首页网址无法识别');
  const { ipv6, host, home } = look;
  if (ipv6.state === 'noRecord')
    // A name that could not be looked up at all says nothing of its records.
    return home.errorClass === 'dns' ? unobserved('域名没有解析出来') : absent;
  const records = ipv6.addresses.length > 0 ? `（有 AAAA 记录：${ipv6.addresses[0]}）` : '';
  if (ipv6.state === 'notTried') return unobserved(`${ipv6.reason}${records}`);
  const { page, addresses } = ipv6;
  if (page.status === null && ipv6.othersReachable !== true)
    return unobserved(`探测端的 IPv6 不通${records}`);
  const seen = schemeLook(page, '');
  const likeness = isAnswer(page) && isAnswer(home) ? likenessPercent(home, page) : null;
  return observed({
    host,
    addresses,
    reach: isAnswer(page) || REFUSED.has(page.status ?? 0) ? 'ok' : 'failed',
    ...(seen.state === 'ok' ? {} : { reason: seen.reason ?? page.message }),
    status: page.status,
    milliseconds: page.milliseconds,
    samePage: samePage(likeness),
    likenessPercent: likeness,
  });
}

function samePage(likeness: number | null): Ipv6View['samePage'] {
  if (likeness === null) return 'unknown';
  if (likeness >= SAME_PERCENT) return 'same';
  return likeness < DIFFERENT_PERCENT ? 'different' : 'unknown';
}
