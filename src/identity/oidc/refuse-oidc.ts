import * as oidc from 'openid-client';
import { log } from '../../lib/node/log.ts';
import { UserError } from '../../lib/pure/errors.ts';

/** Why a sign-in by the provider ends without one; the console has the words for people under the same codes. */
export const OIDC_PROBLEMS = {
  'oidc.off': '没有设统一身份登录',
  'oidc.unavailable': '连不上统一身份服务，或它没有按时回答',
  'oidc.metadata': '统一身份服务的描述与设置不符',
  'oidc.state': '这次登录已过期、已用过，或不是从这个浏览器开始的',
  'oidc.denied': '在统一身份那里取消了，或没有同意',
  'oidc.refused': '统一身份服务拒绝了这次登录',
  'oidc.token': '统一身份服务的回答没有通过核验',
  'oidc.clock': '统一身份服务与本机的时钟相差太多',
  'oidc.claim': '统一身份服务没有给出用来认人的那一项',
  'oidc.unlinked': '这个统一身份还没有绑定本平台的账户',
  'oidc.disabled': '绑定的账户已停用',
  'oidc.taken': '这个统一身份已经绑定了别的账户',
  'oidc.linked-already': '这个账户已经绑定了另一个统一身份',
} as const;

export type OidcProblem = keyof typeof OIDC_PROBLEMS;

export function refuseOidc(code: OidcProblem, cause?: unknown): UserError {
  return new UserError(code, `${OIDC_PROBLEMS[code]}。`, { family: 'state', cause });
}

/** By the codes of openid-client (oauth4webapi); what is not here is a token that did not pass. */
const BY_CODE: Readonly<Record<string, OidcProblem>> = {
  OAUTH_TIMEOUT: 'oidc.unavailable',
  OAUTH_ABORT: 'oidc.unavailable',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'oidc.unavailable',
  OAUTH_RESPONSE_IS_NOT_JSON: 'oidc.unavailable',
  OAUTH_PARSE_ERROR: 'oidc.unavailable',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'oidc.metadata',
  OAUTH_MISSING_SERVER_METADATA: 'oidc.metadata',
  OAUTH_INVALID_SERVER_METADATA: 'oidc.metadata',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'oidc.metadata',
  OAUTH_REQUEST_PROTOCOL_FORBIDDEN: 'oidc.metadata',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'oidc.clock',
};

function problemOf(error: unknown): OidcProblem {
  if (error instanceof oidc.AuthorizationResponseError)
    return error.error === 'access_denied' ? 'oidc.denied' : 'oidc.refused';
  if (error instanceof oidc.ResponseBodyError) return 'oidc.refused';
  // A status and a challenge instead of the promised answer.
  if (error instanceof oidc.WWWAuthenticateChallengeError) return 'oidc.refused';
  if (error instanceof oidc.ClientError && error.code !== undefined)
    return BY_CODE[error.code] ?? 'oidc.token';
  // fetch itself: no route, refused, a broken certificate.
  return 'oidc.unavailable';
}

/** What a failure of the provider means for the person who signs in; the whole of it goes to the log. */
export function worded(error: unknown, step: string): UserError {
  const refusal = error instanceof UserError ? error : refuseOidc(problemOf(error), error);
  log.warn('统一身份登录没有成功', { step, code: refusal.code, error });
  return refusal;
}
