import { setTimeout as wait } from 'node:timers/promises';
import { type Answered, ComponentClient } from '../gather/accounts/wechat/component-client.ts';
import { NOT_ASKED, refusal, type WechatRefusal } from '../gather/accounts/wechat/wechat-answer.ts';
import { actionOf } from '../gather/accounts/wechat/wechat-errors.ts';
import { WechatExchange } from '../gather/accounts/wechat/wechat-exchange.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { componentPlace, type WechatDeps, type WechatPlatform, wechatDb } from './wechat-db.ts';

/** Calls of one errand, all tries together. */
const CALLS_MAX = 12;
/** A token is not begun with when it ends so soon. */
const MARGIN_MS = 300_000;

/** The settings; throws {@link UserError} `wechat.not-set` where there are none. */
export function platformOf({ wechat }: WechatDeps): WechatPlatform {
  if (wechat.platform !== null) return wechat.platform;
  throw new UserError(
    'wechat.not-set',
    '没有设置微信第三方平台；请先设置 XUNJIAN_WECHAT_APPID 等几项，见部署手册。',
    { family: 'state' },
  );
}

/**
 * Does one errand with the third-party platform's token: the kept one while it is good, a new one by the newest ticket otherwise;
 * one that is called bad is replaced once.
 */
export async function withComponent<T>(
  deps: WechatDeps,
  errand: (client: ComponentClient, token: Secret) => Promise<Answered<T>>,
): Promise<Answered<T>> {
  const platform = platformOf(deps);
  const fetcher = deps.wechat.openFetcher();
  try {
    const exchange = new WechatExchange({
      fetcher,
      baseUrl: platform.baseUrl,
      callsMax: CALLS_MAX,
      pause: wait,
    });
    const client = new ComponentClient(exchange, platform);
    const token = await componentToken(deps, client, null);
    if (!token.ok) return token;
    const answer = await errand(client, token.value);
    if (answer.ok || actionOf(answer.errcode) !== 'refresh-token') return answer;
    const another = await componentToken(deps, client, token.value);
    return another.ok ? await errand(client, another.value) : another;
  } finally {
    await fetcher.close();
  }
}

/** Renewals under way, and the last one that was refused, by the process's settings. */
const renewing = new WeakMap<object, Promise<Answered<Secret>>>();
const refusals = new WeakMap<object, { ticket: string; until: number; said: WechatRefusal }>();
/** A ticket that was refused is refused to every account of a sweep: until a new one comes, it is tried once a minute. */
const REFUSED_MS = 60_000;
/** Longer than a renewal takes: who died on the way gives way to the next. */
const LEASE_MS = 60_000;
/** Looks at what another process renews. */
const [LOOKS, LOOK_MS] = [20, 500];

/**
 * The token that is kept while it is good; another one once where the platform called it bad (`refused`). A new token ends the one
 * before, so there is one renewal at a time: within the process the others wait for it, and other processes wait until it is kept.
 */
async function componentToken(
  deps: WechatDeps,
  client: ComponentClient,
  refused: Secret | null,
): Promise<Answered<Secret>> {
  const kept = await keptToken(deps, refused);
  if (kept) return { ok: true, value: kept };
  const running = renewing.get(deps.wechat);
  if (running) return running;
  const renewal = renewToken(deps, client, refused).finally(() => renewing.delete(deps.wechat));
  renewing.set(deps.wechat, renewal);
  return renewal;
}

async function readComponent(deps: WechatDeps) {
  return wechatDb(deps.store.db)
    .selectFrom('wechat_component')
    .selectAll()
    .where('app_id', '=', platformOf(deps).appId)
    .executeTakeFirst();
}

async function keptToken(deps: WechatDeps, refused: Secret | null): Promise<Secret | null> {
  const row = await readComponent(deps);
  const isGood =
    row?.token_until && Date.parse(row.token_until) - deps.wechat.now() > MARGIN_MS && row.token;
  if (!isGood) return null;
  const token = deps.sealing.open(componentPlace(row.app_id), isGood);
  return token.reveal() === refused?.reveal() ? null : token;
}

async function renewToken(
  deps: WechatDeps,
  client: ComponentClient,
  refused: Secret | null,
): Promise<Answered<Secret>> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await wait(LOOK_MS);
    // Somebody may just have been done with it.
    const kept = await keptToken(deps, refused);
    if (kept) return { ok: true, value: kept };
    const ticket = await leaseTicket(deps);
    if (ticket !== null) return askToken(deps, client, ticket);
    if (!(await readComponent(deps))?.ticket) return refusal(NOT_ASKED, NO_TICKET);
  }
  return refusal(NOT_ASKED, '另一个进程正在换第三方平台的凭据，稍后会再试');
}

const NO_TICKET =
  '还没有收到微信推送的票据（每十分钟一次）；请检查开放平台上填的回调地址和消息校验是否与这里的设置相同';

/** The newest ticket, sealed; null where there is none, or another process renews by it. */
async function leaseTicket(deps: WechatDeps): Promise<string | null> {
  const now = deps.wechat.now();
  const leased = await wechatDb(deps.store.db)
    .updateTable('wechat_component')
    .set({ leased_until: new Date(now + LEASE_MS).toISOString() })
    .where('app_id', '=', platformOf(deps).appId)
    .where('ticket', 'is not', null)
    .where((on) =>
      on.or([on('leased_until', 'is', null), on('leased_until', '<', new Date(now).toISOString())]),
    )
    .returning('ticket')
    .executeTakeFirst();
  return leased?.ticket ?? null;
}

async function askToken(
  deps: WechatDeps,
  client: ComponentClient,
  ticket: string,
): Promise<Answered<Secret>> {
  const now = deps.wechat.now();
  const place = componentPlace(platformOf(deps).appId);
  const last = refusals.get(deps.wechat);
  const isRefused = last !== undefined && last.ticket === ticket && last.until > now;
  const answer = isRefused
    ? last.said
    : await client.componentToken(deps.sealing.open(place, ticket));
  if (!isRefused && !answer.ok && actionOf(answer.errcode) === 'stop-operations')
    refusals.set(deps.wechat, { ticket, until: now + REFUSED_MS, said: answer });
  await wechatDb(deps.store.db)
    .updateTable('wechat_component')
    .set({
      leased_until: null,
      ...(answer.ok
        ? {
            token: deps.sealing.seal(place, answer.value.token),
            token_until: new Date(now + answer.value.expiresInSeconds * 1000).toISOString(),
          }
        : {}),
    })
    .where('app_id', '=', platformOf(deps).appId)
    .execute();
  return answer.ok ? { ok: true, value: answer.value.token } : answer;
}
