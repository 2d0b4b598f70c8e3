import { randomBytes } from 'node:crypto';
import type { Answer } from './answer-call.ts';
import { type Pushed, pushCallback } from './push-callback.ts';
import { refuse } from './refuse.ts';
import type { Session, TokenBook } from './token-book.ts';
import type { ComponentPlan } from './wechat-plan.ts';

const TOKEN_MS = 7_200_000;
const TICKET_MS = 12 * 3_600_000;
const PRE_AUTH_MS = 1_800_000;
const CODE_MS = 3_600_000;

interface Authorisation {
  readonly session: Session;
  readonly sets: readonly number[];
  refreshToken: string;
}

type Refused = Answer & { readonly errcode: number };

/**
 * The platform's side of a third-party platform: tickets that it pushes, authorisations that administrators give by scanning and
 * take back, and the tokens of both (new-media-apis §2.1; names as in the platform's documents, codes 61003 to 61023 from memory).
 */
export class SimulatedComponent {
  readonly #plan: ComponentPlan;
  readonly #accounts: ReadonlyMap<string, Session>;
  readonly #tokens: TokenBook;
  readonly #now: () => number;
  #ticket = { text: '', until: 0 };
  #token = { text: '', until: 0 };
  readonly #preAuthCodes = new Map<string, number>();
  readonly #codes = new Map<string, { readonly appId: string; readonly until: number }>();
  readonly #authorisations = new Map<string, Authorisation>();

  constructor(
    plan: ComponentPlan,
    accounts: ReadonlyMap<string, Session>,
    tokens: TokenBook,
    now: () => number,
  ) {
    this.#plan = plan;
    this.#accounts = accounts;
    this.#tokens = tokens;
    this.#now = now;
  }

  /** Every ten minutes: the ticket without which there is no token. Earlier ones stay good for their twelve hours. */
  pushTicket(): Pushed {
    this.#ticket = { text: `ticket@@@${newCode()}`, until: this.#now() + TICKET_MS };
    return this.#push('component_verify_ticket', {
      ComponentVerifyTicket: this.#ticket.text,
    });
  }

  /** An account's administrator scans the authorisation page and confirms: what the browser brings back, and what is pushed. */
  scan(
    preAuthCode: string,
    appId: string,
    sets: readonly number[],
  ): { readonly code: string; readonly pushed: Pushed } | null {
    const session = this.#accounts.get(appId);
    if (!session || (this.#preAuthCodes.get(preAuthCode) ?? 0) <= this.#now()) return null;
    this.#preAuthCodes.delete(preAuthCode);
    const code = `queryauthcode@@@${newCode()}`;
    this.#codes.set(code, { appId, until: this.#now() + CODE_MS });
    const isNew = !this.#authorisations.has(appId);
    this.#authorisations.set(appId, { session, sets, refreshToken: '' });
    const pushed = this.#push(isNew ? 'authorized' : 'updateauthorized', {
      AuthorizerAppid: appId,
      AuthorizationCode: code,
      AuthorizationCodeExpiredTime: String(Math.floor((this.#now() + CODE_MS) / 1000)),
      PreAuthCode: preAuthCode,
    });
    return { code, pushed };
  }

  /** The administrator takes the authorisation back on the platform. */
  withdraw(appId: string): Pushed {
    const authorisation = this.#authorisations.get(appId);
    if (authorisation) this.#tokens.revoke(authorisation.session);
    this.#authorisations.delete(appId);
    return this.#push('unauthorized', { AuthorizerAppid: appId });
  }

  /** A message or event of one account, as it comes to `…/$APPID$`: encrypted for the third-party platform. */
  pushMessage(message: string): Pushed {
    return pushCallback(message, this.#plan, { now: this.#now(), wrap: 'ToUserName' });
  }

  answer(path: string, query: URLSearchParams, body: Answer): Answer {
    if ('errcode' in body) return body;
    if (path === '/cgi-bin/component/api_component_token') return this.#componentToken(body);
    const token = query.get('component_access_token');
    if (!token) return refuse(41001, 'access_token missing');
    if (token !== this.#token.text) return refuse(40001, 'invalid credential');
    if (this.#token.until <= this.#now()) return refuse(42001, 'access_token expired');
    if (body.component_appid !== this.#plan.appId) return refuse(40013, 'invalid appid');
    switch (path) {
      case '/cgi-bin/component/api_create_preauthcode':
        return this.#preAuthCode();
      case '/cgi-bin/component/api_query_auth':
        return this.#queryAuth(String(body.authorization_code));
      case '/cgi-bin/component/api_authorizer_token':
        return this.#authorizerToken(body);
      case '/cgi-bin/component/api_get_authorizer_info':
        return this.#authorizerInfo(String(body.authorizer_appid));
      default:
        return refuse(40066, 'invalid url');
    }
  }

  #componentToken(body: Answer): Answer {
    if (body.component_appid !== this.#plan.appId) return refuse(40013, 'invalid appid');
    if (body.component_appsecret !== this.#plan.appSecret)
      return refuse(40125, 'invalid appsecret');
    const isKnown = this.#ticket.text !== '' && body.component_verify_ticket === this.#ticket.text;
    if (!isKnown) return refuse(61006, 'component ticket is invalid');
    if (this.#ticket.until <= this.#now()) return refuse(61005, 'component ticket is expired');
    this.#token = { text: `c_${newCode()}${newCode()}`, until: this.#now() + TOKEN_MS };
    return { component_access_token: this.#token.text, expires_in: TOKEN_MS / 1000 };
  }

  #preAuthCode(): Answer {
    const code = `preauthcode@@@${newCode()}`;
    this.#preAuthCodes.set(code, this.#now() + PRE_AUTH_MS);
    return { pre_auth_code: code, expires_in: PRE_AUTH_MS / 1000 };
  }

  /** A code is good once. */
  #queryAuth(text: string): Answer {
    const code = this.#codes.get(text);
    if (!code) return refuse(61009, 'code is invalid');
    this.#codes.delete(text);
    if (code.until <= this.#now()) return refuse(61010, 'code is expired');
    const authorisation = this.#authorisations.get(code.appId);
    if (!authorisation) return refuse(61003, 'component is not authorized by this account');
    return {
      authorization_info: {
        authorizer_appid: code.appId,
        ...this.#renewed(authorisation),
        func_info: funcInfo(authorisation),
      },
    };
  }

  #authorizerToken(body: Answer): Answer {
    const authorisation = this.#authorisations.get(String(body.authorizer_appid));
    if (!authorisation) return refuse(61003, 'component is not authorized by this account');
    const given = body.authorizer_refresh_token;
    if (authorisation.refreshToken === '' || given !== authorisation.refreshToken)
      return refuse(61023, 'refresh_token is invalid');
    return this.#renewed(authorisation);
  }

  /** The refresh token changes too: whoever does not keep the new one has lost the authorisation. */
  #renewed(authorisation: Authorisation): Answer {
    authorisation.refreshToken = `refreshtoken@@@${newCode()}`;
    return {
      authorizer_access_token: this.#tokens.grant(
        authorisation.session,
        new Set(authorisation.sets),
      ),
      expires_in: TOKEN_MS / 1000,
      authorizer_refresh_token: authorisation.refreshToken,
    };
  }

  #authorizerInfo(appId: string): Answer | Refused {
    const authorisation = this.#authorisations.get(appId);
    if (!authorisation) return refuse(61003, 'component is not authorized by this account');
    return {
      authorizer_info: {
        nick_name: `账号 ${appId}`,
        user_name: `gh_${appId.slice(-12)}`,
        principal_name: '某单位',
        service_type_info: { id: 0 },
        verify_type_info: { id: 0 },
      },
      authorization_info: { authorizer_appid: appId, func_info: funcInfo(authorisation) },
    };
  }

  #push(infoType: string, fields: Readonly<Record<string, string>>): Pushed {
    const now = this.#now();
    const inner = Object.entries({
      AppId: this.#plan.appId,
      CreateTime: String(Math.floor(now / 1000)),
      InfoType: infoType,
      ...fields,
    }).map(([name, text]) => `<${name}><![CDATA[${text}]]></${name}>`);
    return pushCallback(`<xml>${inner.join('')}</xml>`, this.#plan, { now });
  }
}

const funcInfo = ({ sets }: Authorisation): readonly Answer[] =>
  sets.map((id) => ({ funcscope_category: { id } }));

const newCode = (): string => randomBytes(24).toString('base64url');
