import { createHash } from 'node:crypto';
import { shanghaiDate } from '../../../lib/pure/dates.ts';
import type { Answer } from './answer-call.ts';
import { refuse } from './refuse.ts';
import type { WechatPlan } from './wechat-plan.ts';

/** What the platform remembers of one account. */
export interface Session {
  readonly plan: WechatPlan;
  /** Tokens given so far, of every kind. */
  issued: number;
  stable: { readonly token: string; readonly until: number } | null;
  ordinary: string | null;
  forced: { readonly day: string; readonly count: number; readonly at: number };
  calls: number;
  busyLeft: number;
}

/** A token's account, how long it is good, and to which permission sets it is bound (null = the owner's own: all). */
export interface Granted {
  readonly session: Session;
  until: number;
  readonly sets: ReadonlySet<number> | null;
}

const TOKEN_MS = 7_200_000;
/** Before a stable token ends another is given; for that long both are good (new-media-apis §2.1). */
const OVERLAP_MS = 300_000;
const FORCED_MAX = 20;
const FORCED_APART_MS = 30_000;

export const newSession = (plan: WechatPlan): Session => ({
  plan,
  issued: 0,
  stable: null,
  ordinary: null,
  forced: { day: '', count: 0, at: Number.NEGATIVE_INFINITY },
  calls: 0,
  busyLeft: plan.busyOnce ? 1 : 0,
});

/** Tokens of all accounts: the stable one, the ordinary one, and those of authorisations. */
export class TokenBook {
  readonly #now: () => number;
  readonly #granted = new Map<string, Granted>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The same until five minutes before its end; forced ones at most twenty a day and thirty seconds apart. */
  stable(session: Session, force: boolean): Answer {
    const now = this.#now();
    if (force && now - session.forced.at >= FORCED_APART_MS) {
      const day = shanghaiDate(now);
      const count = session.forced.day === day ? session.forced.count : 0;
      if (count >= FORCED_MAX) return refuse(45009, 'reach max api daily quota limit');
      session.forced = { day, count: count + 1, at: now };
      if (session.stable) this.#granted.delete(session.stable.token);
      session.stable = null;
    }
    const { stable } = session;
    if (stable === null || stable.until - now <= OVERLAP_MS || this.#isAged(session))
      session.stable = { token: this.grant(session, null), until: now + TOKEN_MS };
    const { token, until } = session.stable!;
    return { access_token: token, expires_in: Math.floor((until - now) / 1000) };
  }

  /** Another on every call; the one before lives five minutes more. */
  ordinary(session: Session): Answer {
    const before = session.ordinary === null ? undefined : this.#granted.get(session.ordinary);
    if (before) before.until = Math.min(before.until, this.#now() + OVERLAP_MS);
    session.ordinary = this.grant(session, null);
    return { access_token: session.ordinary, expires_in: TOKEN_MS / 1000 };
  }

  grant(session: Session, sets: ReadonlySet<number> | null): string {
    session.issued += 1;
    const mark = `${session.plan.appId} ${session.plan.appSecret} ${session.issued}`;
    // As long as the platform's own: 136 characters.
    const digest = createHash('sha512').update(mark).digest('base64url');
    const token = `${session.issued}_${digest}${digest}`.slice(0, 136);
    this.#granted.set(token, { session, until: this.#now() + TOKEN_MS, sets });
    return token;
  }

  revoke(session: Session): void {
    for (const [token, granted] of this.#granted)
      if (granted.session === session && granted.sets !== null) this.#granted.delete(token);
  }

  find(token: string | null): Granted | (Answer & { readonly errcode: number }) {
    if (!token) return refuse(41001, 'access_token missing');
    const granted = this.#granted.get(token);
    if (!granted) return refuse(40001, 'invalid credential, access_token is invalid or not latest');
    if (granted.until <= this.#now() || this.#isAged(granted.session))
      return refuse(42001, 'access_token expired');
    return granted;
  }

  /** Only the first token of an account ages by calls while a round is under way. */
  #isAged({ plan, issued, calls }: Session): boolean {
    return plan.tokenCalls !== null && issued === 1 && calls >= plan.tokenCalls;
  }
}
