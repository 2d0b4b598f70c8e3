import { setTimeout as wait } from 'node:timers/promises';
import { type Answered, ComponentClient } from '../gather/accounts/wechat/component-client.ts';
import { NOT_ASKED, refusal } from '../gather/accounts/wechat/wechat-answer.ts';
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
    const token = await componentToken(deps, client, false);
    if (!token.ok) return token;
    const answer = await errand(client, token.value);
    if (answer.ok || actionOf(answer.errcode) !== 'refresh-token') return answer;
    const another = await componentToken(deps, client, true);
    return another.ok ? await errand(client, another.value) : another;
  } finally {
    await fetcher.close();
  }
}

async function componentToken(
  deps: WechatDeps,
  client: ComponentClient,
  isRefused: boolean,
): Promise<Answered<Secret>> {
  const { appId } = platformOf(deps);
  const place = componentPlace(appId);
  const db = wechatDb(deps.store.db);
  const row = await db
    .selectFrom('wechat_component')
    .selectAll()
    .where('app_id', '=', appId)
    .executeTakeFirst();
  const now = deps.wechat.now();
  const isGood = row?.token_until && Date.parse(row.token_until) - now > MARGIN_MS;
  if (!isRefused && isGood && row.token)
    return { ok: true, value: deps.sealing.open(place, row.token) };
  if (!row?.ticket)
    return refusal(
      NOT_ASKED,
      '还没有收到微信推送的票据（每十分钟一次）；请检查开放平台上填的回调地址和消息校验是否与这里的设置相同',
    );
  const answer = await client.componentToken(deps.sealing.open(place, row.ticket));
  if (!answer.ok) return answer;
  const { token, expiresInSeconds } = answer.value;
  await db
    .updateTable('wechat_component')
    .set({
      token: deps.sealing.seal(place, token),
      token_until: new Date(now + expiresInSeconds * 1000).toISOString(),
    })
    .where('app_id', '=', appId)
    .execute();
  return { ok: true, value: token };
}
