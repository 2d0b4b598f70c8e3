import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';

/** What an account's owner interfaces can do for us; which of them an account has is found out by asking. */
export const WECHAT_CAPABILITIES = [
  'statistics',
  'quietList',
  'menu',
  'autoReply',
  'comments',
] as const;
export type WechatCapability = (typeof WECHAT_CAPABILITIES)[number];

/** What is known of one; `errcode` is why it is missing, 0 when it is there. */
export interface KnownCapability {
  readonly has: boolean;
  readonly errcode: number;
  readonly checkedOn: CalendarDate;
  /** Only of `statistics`: days that may be asked for at once, as refusals taught. The platform documents no number. */
  readonly spanDays?: number;
}

/** Stored by the caller (plain JSON) and given back at the next visit; what is not in it is not known. */
export type WechatCapabilities = Readonly<Partial<Record<WechatCapability, KnownCapability>>>;

/** A missing interface is asked for again after so many days: accounts are verified, and rights are given back. */
const RECHECK_DAYS = 7;

/** Why not to ask for it now: the errcode it was refused with not long ago. Null = ask. */
export function knownLack(
  capabilities: WechatCapabilities,
  name: WechatCapability,
  today: CalendarDate,
): number | null {
  const known = capabilities[name];
  if (!known || known.has || known.checkedOn <= addDays(today, -RECHECK_DAYS)) return null;
  return known.errcode;
}
