import type { CalendarDate } from '../../../lib/pure/dates.ts';
import type { Post } from '../../province/feeds/feed-plan.ts';

/** A publication of an official account. */
export interface WechatPost extends Post {
  /** Published without notice to followers: the freepublish list has it, and only then. */
  readonly quiet: boolean;
  /** The statistics list it; articles that hardly anybody read are missing there. */
  readonly counted: boolean;
  readonly deleted: boolean;
  readonly comments?: readonly CommentPlan[];
}

export interface CommentPlan {
  readonly content: string;
  /** `YYYY-MM-DD HH:mm` in Shanghai. */
  readonly at: string;
  readonly reply?: { readonly content: string; readonly at: string };
}

/** What one account's owner interfaces know and grant. */
export interface WechatPlan {
  /** Base URL in place of the public host. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  /** The day on which the province stands: statistics reach to the day before. */
  readonly today: CalendarDate;
  readonly posts: readonly WechatPost[];
  /** Days that getarticletotaldetail takes at once. */
  readonly spanDays: number;
  /** Statistics say that they are late. */
  readonly isDelayed: boolean;
  /** Interfaces that the account lacks (48001). */
  readonly withheld: readonly ('getarticletotaldetail' | 'freepublish')[];
  readonly menu: boolean;
  readonly autoReply: boolean;
  readonly comments: boolean;
  /** The first token expires after so many calls; null = it lives on. */
  readonly tokenCalls: number | null;
  /** One call is answered "system busy". */
  readonly busyOnce: boolean;
  /** The secret is frozen: no token is given. */
  readonly frozen: boolean;
  /** Addresses that may ask for a token (40164); absent = every one. */
  readonly allowedAddresses?: readonly string[];
  /** The platform has banned the account's interfaces (48004), or limited the account (50002). */
  readonly limited?: 48004 | 50002;
  /** Calls of one interface a minute, by path; beyond it 45011. */
  readonly perMinute?: Readonly<Record<string, number>>;
  /** Calls of one interface a day in place of the documented number. */
  readonly perDay?: Readonly<Record<string, number>>;
  /** How the quiet list spells that an article was deleted. */
  readonly deletedField?: 'is_deleted' | 'is_delete';
}

/** A third-party platform (第三方平台) to which accounts give authorisations. */
export interface ComponentPlan {
  readonly appId: string;
  readonly appSecret: string;
  /** The callback's token and key, as set on the platform's console. */
  readonly token: string;
  readonly encodingKey: string;
}
