import type { CalendarDate } from '../../../lib/pure/dates.ts';
import type { Post } from '../feeds/feed-plan.ts';

/** A publication of an official account. */
export interface WechatPost extends Post {
  /** Published without notice to followers: the freepublish list has it, and only then. */
  readonly quiet: boolean;
  /** The statistics list it; articles that hardly anybody read are missing there. */
  readonly counted: boolean;
  readonly deleted: boolean;
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
}
