import type { LinkClass } from '../../domain/facts/link-facts.ts';
import type { LinkObservation, LinkSight, LinkVerdict } from '../../domain/link-check.ts';
import { pageSays } from './page-says.ts';
import { readSight } from './read-sight.ts';
import { readAnswer, statementVerdict } from './sight-answer.ts';

/**
 * What a link is of which our own agent got no content. An accusation (`dead`) needs every look to agree; a single look that was
 * refused, or another agent that got through, means that the refusal is ours.
 */
export function judgeAbsence(observation: LinkObservation): LinkVerdict {
  const { sights } = observation;
  const last = sights.findLast((sight) => sight.status !== null);
  const status = last?.status ?? null;
  const forbidden = sights.find((sight) => sight.failure?.class === 'forbidden-address');
  if (forbidden !== undefined)
    return { class: 'unobserved', status, reason: forbidden.failure?.message ?? '地址不允许访问' };
  const encrypted = judgeEncryption(observation);
  if (encrypted !== null) return encrypted;
  const answers = sights.map(readAnswer);
  const through = sights.find((sight) => sight.kind === 'agent' && readAnswer(sight) === 'content');
  if (through !== undefined) return judgeOtherAgent(sights, through);
  // A frame is often there for its border or its sound only (rows="0,*"): nothing in it misses nothing.
  const isFrame = observation.link.use === 'frame' && status !== null && status < 300;
  if (isFrame && answers.every((answer) => answer === 'empty'))
    return { class: 'ok', status, reason: '内嵌页是空的' };
  const barredAt = answers.indexOf('barred');
  if (barredAt >= 0) return barredVerdict(sights[barredAt]!);
  const maintenance = answers.indexOf('maintenance');
  if (maintenance >= 0) {
    const said = statementOf(sights[maintenance]!);
    if (said !== null) return said;
  }
  return answers.includes('none')
    ? judgeSilence(observation, status)
    : judgeRefusals(answers, status);
}

type Sights = readonly LinkSight[];

function barredVerdict(sight: LinkSight): LinkVerdict {
  const said = statementOf(sight);
  if (said?.class === 'blocked') return said;
  return {
    class: 'blocked',
    status: sight.status,
    reason: `对方拒绝我们访问（${sight.status}），不能说明链接已失效`,
  };
}

function statementOf(sight: LinkSight): LinkVerdict | null {
  const page = readSight(sight);
  const said = page === null ? null : pageSays(page);
  return said === null ? null : statementVerdict(said, sight.status);
}

/** Our agent got nothing, another honest one got the page. */
function judgeOtherAgent(sights: Sights, through: LinkSight): LinkVerdict {
  const own = sights.findLast((sight) => sight.kind !== 'agent');
  const slow = own?.failure?.class === 'timeout' || own?.failure?.class === 'refused';
  if (slow) return { class: 'ok', status: through.status, reason: '第一次没有打开，再次访问正常' };
  return {
    class: 'blocked',
    status: own?.status ?? null,
    reason: `只对程序不开放（${own?.status ?? '没有应答'}），换一种用户代理可以打开`,
  };
}

/** Every look was answered, none with content. */
function judgeRefusals(answers: readonly string[], status: number | null): LinkVerdict {
  const all = (...kinds: readonly string[]): boolean =>
    answers.every((answer) => kinds.includes(answer));
  const verdict = (found: LinkClass, reason: string): LinkVerdict => ({
    class: found,
    status,
    reason,
  });
  if (answers.includes('later'))
    return status === 429
      ? verdict('blocked', '对方说访问太频繁（429），等候之后仍然如此')
      : verdict('unobserved', `对方请稍后再来（${status}，Retry-After）`);
  if (all('missing')) return verdict('dead', `${answers.length} 次都返回 ${status}：没有这个页面`);
  if (all('failing', 'missing') && answers.length > 1)
    return verdict('dead', `${answers.length} 次都出错，最后返回 ${status}`);
  if (all('empty', 'missing', 'failing') && answers.length > 1)
    return verdict('soft404', `返回 ${status}，但没有内容`);
  return verdict('unobserved', `只看到一次 ${status}，没有复看`);
}

/** At least one look got no answer at all. */
function judgeSilence(observation: LinkObservation, status: number | null): LinkVerdict {
  const { sights, host, ownNetworkDown } = observation;
  const failures = sights.flatMap(({ failure }) => failure ?? []);
  const classes = new Set(failures.map((failure) => failure.class));
  const outside = sights.some((sight) => sight.outside);
  const verdict = (found: LinkClass, reason: string): LinkVerdict => ({
    class: found,
    status,
    reason,
  });
  const unresolved = failures.find((failure) => failure.class === 'dns');
  if (unresolved !== undefined && isReservedName(observation.link.url))
    return verdict('dead', '域名是保留的名字，不可能存在（RFC 6761）');
  if (outside && ownNetworkDown) return verdict('unobserved', '本机到外网不通，没能看');
  const settled = failures.length === sights.length && sights.length > 1 && classes.size === 1;
  const only = settled ? failures[0]! : null;
  if (only?.class === 'dns')
    return failures.every(({ code }) => code === 'ENOTFOUND' || code === 'ENODATA')
      ? verdict('dead', '域名不存在（两次解析都没有结果）')
      : verdict('unobserved', `域名没能解析（${only.code}），不能说明链接已失效`);
  if (only?.class === 'refused') return verdict('dead', `${sights.length} 次连接都被拒绝`);
  if (only?.class === 'redirect-loop') return verdict('dead', '循环跳转，打不开');
  if (only?.class === 'reset' || only?.class === 'protocol')
    return host.answered
      ? verdict('dead', `同一网站其他页面正常，这个地址 ${sights.length} 次都中断`)
      : verdict('blocked', '每次连接都被对方中断，可能是被拦截');
  if (classes.has('timeout')) return verdict('timeout', timeoutReason(sights));
  if (failures.some((failure) => failure.class === 'dns'))
    return verdict('unobserved', '域名时而能解析时而不能');
  return settledMix(sights, verdict);
}

/** Names that no DNS will ever have (RFC 6761 §6.2, §6.4, §6.5): no line of ours is needed to know that. */
const isReservedName = (url: string): boolean =>
  /\.(?:invalid|test|example)\.?$/i.test(URL.parse(url)?.hostname ?? '');

/** Different failures, all of them a visitor's too. */
function settledMix(
  sights: Sights,
  verdict: (found: LinkClass, reason: string) => LinkVerdict,
): LinkVerdict {
  const answers = sights.map(readAnswer);
  const failing = answers.every((answer) => /^(?:none|missing|failing)$/.test(answer));
  if (failing && sights.length > 1)
    return verdict('dead', `${sights.length} 次都没有打开（${sights.map(wordOf).join('、')}）`);
  return verdict('unobserved', `几次结果不一致（${sights.map(wordOf).join('、')}）`);
}

const FAILURE_WORDS: Readonly<Record<string, string>> = {
  dns: '域名解析失败',
  refused: '连接被拒绝',
  reset: '连接被中断',
  timeout: '超时',
  tls: '加密连接有误',
  'redirect-loop': '循环跳转',
  protocol: '应答不合协议',
  'forbidden-address': '地址不允许访问',
};

/** One look in a few Chinese words. */
export function wordOf(sight: LinkSight): string {
  if (sight.failure !== null) return FAILURE_WORDS[sight.failure.class] ?? '没有应答';
  const answer = readAnswer(sight);
  return answer === 'empty' ? `${sight.status}，没有内容` : `${sight.status}`;
}

function timeoutReason(sights: Sights): string {
  const times = sights.filter((sight) => sight.failure?.class === 'timeout').length;
  return `${sights.length} 次访问，${times} 次在时限内没有打开`;
}

const CERTIFICATE_WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: '证书已过期',
  CERT_NOT_YET_VALID: '证书还没有生效',
  DEPTH_ZERO_SELF_SIGNED_CERT: '证书是自签的',
  SELF_SIGNED_CERT_IN_CHAIN: '证书链里有自签的证书',
  ERR_TLS_CERT_ALTNAME_INVALID: '证书不是这个域名的',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '证书链不完整',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '证书的签发者不在信任列表里',
  UNABLE_TO_GET_ISSUER_CERT: '证书的签发者不在信任列表里',
  CERT_REVOKED: '证书已吊销',
};

/** Only the encryption fails: what stands behind it decides whether there is anything more to say. Null when that is not the case. */
function judgeEncryption({ sights }: LinkObservation): LinkVerdict | null {
  const refusal = sights.find((sight) => sight.failure?.class === 'tls');
  if (refusal === undefined) return null;
  const behind = sights.find((sight) => sight.kind === 'certificate' || sight.kind === 'plain');
  const cause = CERTIFICATE_WORDS[refusal.failure?.code ?? ''] ?? '加密连接建立不了';
  const seen = sights
    .filter((sight) => sight.kind === 'certificate' || sight.kind === 'plain')
    .findLast((sight) => sight.status !== null);
  const answer = seen === undefined ? null : readAnswer(seen);
  if (answer === 'missing' && seen !== undefined)
    return {
      class: 'dead',
      status: seen.status,
      reason: `${cause}；不管证书看，也返回 ${seen.status}`,
    };
  const said = seen === undefined ? null : statementOf(seen);
  if (said?.class === 'soft404') return { ...said, reason: `${cause}；${said.reason}` };
  const how = behind === undefined || answer !== 'content' ? '' : '；内容还在';
  return { class: 'tls', status: seen?.status ?? null, reason: `${cause}${how}` };
}
