import type { Generated, Kysely } from 'kysely';
import type { Sealing } from '../identity/index.ts';
import type { Fetcher } from '../lib/node/http/create-fetcher.ts';
import type { Secret } from '../lib/pure/secret.ts';
import type { AccountSourceTable } from '../registry/index.ts';
import type { Store } from '../store/store.ts';

/** The feature's tables (migrations/0460-wechat.ts); sealed texts are opened where they are used. */
export interface WechatTables {
  wechat_component: {
    app_id: string;
    ticket: string | null;
    ticket_at: string | null;
    token: string | null;
    token_until: string | null;
    leased_until: Generated<string | null>;
  };
  wechat_authorisation: {
    app_id: string;
    account_id: number | null;
    /** Whose link led here; another account may have scanned. */
    asked_account_id: number | null;
    /** Who took it back here; null = the platform told, or nobody did. */
    ended_by: string | null;
    nick_name: string;
    user_name: string;
    principal_name: string;
    /** jsonb: goes in as text and comes back parsed. */
    permission_sets: string;
    access_token: string | null;
    access_until: string | null;
    refresh_token: string | null;
    state: 'authorised' | 'withdrawn' | 'broken';
    state_reason: Generated<string>;
    leased_until: string | null;
    authorised_at: string;
    changed_at: string;
  };
  wechat_invitation: {
    hash: string;
    account_id: number;
    made_by: string;
    made_at: string;
    expires_at: string;
    opened: Generated<number>;
  };
  wechat_pre_auth: { hash: string; account_id: number; made_by: string; expires_at: string };
  wechat_callback: { mark: string; taken_at: string; done: Generated<boolean> };
  account_source: AccountSourceTable;
}

export type WechatDb = Kysely<WechatTables>;

/** Any handle of the store seen through this feature's tables. */
export function wechatDb<Tables>(db: Kysely<Tables>): WechatDb {
  return db as unknown as WechatDb;
}

/** Our third-party platform, as the settings give it. */
export interface WechatPlatform {
  readonly appId: string;
  readonly appSecret: Secret;
  /** Of the callback address. */
  readonly token: Secret;
  /** The present EncodingAESKey, and the one before it while both are in use. */
  readonly encodingKeys: readonly Secret[];
  /** Of the interfaces: https://api.weixin.qq.com. */
  readonly baseUrl: string;
}

export interface WechatDeps {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly wechat: {
    /** Null = only accounts' own secrets. */
    readonly platform: WechatPlatform | null;
    /** `https://xunjian.example.gov.cn`, where administrators and the platform reach us; null = loopback only. */
    readonly publicOrigin: string | null;
    readonly openFetcher: () => Fetcher;
    readonly now: () => number;
  };
}

/** Where a sealed text is kept: what is moved elsewhere does not open. */
export const componentPlace = (appId: string): string => `wechat-component:${appId}`;
export const authorisationPlace = (appId: string): string => `wechat-authorisation:${appId}`;
