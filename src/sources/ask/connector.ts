import type {
  CommentsView,
  FeedView,
  WechatInteraction,
  WechatPublished,
} from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import { type Fact, unobserved } from '../../domain/fact.ts';
import type { CountedFollowers, SourceStanding } from '../../gather/accounts/source-gathered.ts';
import type { QuotaCounter } from '../../gather/accounts/wechat/wechat-quotas.ts';
import type { AuthorisationKeeper } from '../../gather/accounts/wechat/wechat-tokens.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import type { Source } from '../source.ts';

/** An account, as pages name it. */
export interface Owner {
  readonly name: string;
  /** Original id of a WeChat account (原始ID); null where the register has another. */
  readonly ghId: string | null;
}

export const ownerOf = (name: string, accountId: string): Owner => ({
  name,
  ghId: accountId.toLowerCase().startsWith('gh_') ? accountId : null,
});

/** What a connector is told. */
export interface Asking {
  readonly source: Source;
  /** Whose it is, for sources that show others' posts too. */
  readonly account: Owner;
  /** Null where the source has none; a connector that needs one says so. */
  readonly credential: Secret | null;
  /** Tokens of accounts that authorised our WeChat platform; absent = only accounts' own secrets. */
  readonly authorisations?: AuthorisationKeeper | undefined;
  /** The day's calls of all accounts, counted by all processes together. */
  readonly quotas: QuotaCounter;
  /** What was published later is the future. */
  readonly monitoredAt: Instant;
  readonly now: Instant;
  /** Days before the monitoring day that are looked at. */
  readonly windowDays: number;
  readonly fetcher: Fetcher;
  /** Rounds also ask how the account can be reached; sweeps do not. */
  readonly wantsInteraction: boolean;
}

/** What asking one source gave, in one shape for all kinds. */
export interface Outcome {
  readonly view: Fact<SourceView>;
  readonly standing: SourceStanding;
  readonly calls: number;
  /** For the archive; no secret is in it. */
  readonly received: readonly ReceivedResponse[];
  /** A new credential that takes the place of the old one; null = unchanged. */
  readonly renewed: Secret | null;
  /** Interfaces by name, whether the account may use them; null = nothing was learned. */
  readonly capabilities: Readonly<Record<string, unknown>> | null;
  /** The account's name as the platform shows it; null or absent = it does not tell. */
  readonly shownName?: string | null | undefined;
  /** How many followed the account on which days; absent = the source does not tell. */
  readonly followers?: readonly CountedFollowers[] | undefined;
  /** What only this kind tells, for the facts of a round. */
  readonly feed?: Fact<FeedView>;
  readonly wechat?: Fact<WechatPublished>;
  readonly interaction?: Fact<WechatInteraction>;
  readonly comments?: Fact<CommentsView>;
}

export type Connector = (asking: Asking) => Promise<Outcome>;

/** What most outcomes do not have. */
export const nothingNew = { calls: 0, received: [], renewed: null, capabilities: null } as const;

/** The source needs a credential and has none. */
export function withoutCredential(what: string): Outcome {
  const message = `信源里没有${what}；请账号管理员在账号的“信源”里填写。`;
  return {
    ...nothingNew,
    view: unobserved(message),
    standing: {
      state: 'stopped',
      parkUntil: null,
      alarm: { errcode: 0, audience: 'owner', message },
    },
  };
}
