import { z } from 'zod';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { RowId } from '../../http/row-id.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import {
  allChannels,
  CHANNEL_KINDS,
  type Channel,
  type ChannelSecret,
  type NotifyDeps,
  openSecret,
  sealSecret,
} from '../channel.ts';
import { notifyDb } from '../notify-db.ts';

const CLOCK = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 08:00 这样');
const SECRET_MAX = 2_000;
const KINDS_MAX = 100;
const EMAIL = z.email().max(200);
/** A sender as RFC 5322 writes it, without what could end a header. */
const FROM = z
  .string()
  .max(200)
  .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/);

/** A channel as it is given. Secrets are given only to be set; one that is left out stays. */
export const ChannelInput = z.strictObject({
  kind: z.enum(CHANNEL_KINDS),
  name: z.string().trim().min(1).max(60),
  unitId: RowId.nullable().default(null),
  enabled: z.boolean().default(true),
  kinds: z.array(z.string().max(100)).max(KINDS_MAX).nullable().default(null),
  quietFrom: CLOCK.default('20:00'),
  quietTo: CLOCK.default('08:00'),
  workdaysOnly: z.boolean().default(true),
  resendsUncertain: z.boolean().default(false),
  host: z.hostname().max(253).optional(),
  port: z.int().min(1).max(65_535).optional(),
  secure: z.boolean().optional(),
  allowsPlain: z.boolean().optional(),
  user: z.string().max(200).optional(),
  from: FROM.optional(),
  password: z.string().min(1).max(SECRET_MAX).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(SECRET_MAX)
    .optional(),
  key: z.string().min(8).max(SECRET_MAX).optional(),
});
export type ChannelInput = z.infer<typeof ChannelInput>;

/**
 * Adds a channel, or changes the one of that id. Secrets are sealed and never come out again. Audited without them. Throws
 * {@link UserError} `identity.forbidden`, `channel.unknown`, `channel.fields`, `channel.name`.
 */
export async function keepChannel(
  { store, sealing }: NotifyDeps,
  acting: Acting,
  given: {
    readonly id: number | null;
    readonly channel: ChannelInput;
    /** Private addresses it may post to: the machine's owner only, by the command line. */
    readonly innerAddresses?: readonly string[];
    readonly at: Instant;
  },
): Promise<number> {
  assertMay(acting, 'system.manage');
  const { id, channel, at } = given;
  return store.transaction(async (trx) => {
    const db = notifyDb(trx);
    const all = await allChannels(db);
    const former = id === null ? null : (all.find((each) => each.id === id) ?? null);
    if (id !== null && former === null)
      throw new UserError('channel.unknown', '没有这个发送通道。');
    if (all.some((each) => each.name === channel.name && each.id !== id))
      throw new UserError('channel.name', '已经有同名的发送通道。', { field: 'name' });
    const secrets = { ...(former && openSecret(sealing, former)), ...secretOf(channel) };
    assertComplete(channel, secrets);
    const row = rowOf(channel, given.innerAddresses ?? former?.settings.innerAddresses);
    const kept =
      former ??
      (await db
        .insertInto('notice_channel')
        .values({ ...row, secret: null, made_at: at })
        .returning('id')
        .executeTakeFirstOrThrow());
    await db
      .updateTable('notice_channel')
      .set({
        ...row,
        ...{ secret: sealSecret(sealing, kept.id, secrets), paused_until: null, paused_why: null },
      })
      .where('id', '=', kept.id)
      .execute();
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'channel.keep', subject: `channel:${kept.id}` },
      detail: { name: channel.name, secret: Object.keys(secretOf(channel)).length > 0 },
      before: former && openPart(former),
      after: openPart({ ...channel, settings: row.settings }),
    });
    return kept.id;
  });
}

/** What of a channel the trail may show. */
function openPart(channel: Pick<Channel, 'kind' | 'name' | 'enabled'> & { settings: unknown }) {
  const { kind, name, enabled, settings } = channel;
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  return { kind, name, enabled, settings: text };
}

function secretOf({ password, url, key }: ChannelInput) {
  return {
    ...(password === undefined ? {} : { password }),
    ...(url === undefined ? {} : { url }),
    ...(key === undefined ? {} : { key }),
  };
}

function assertComplete(
  { kind, host, from, user }: ChannelInput,
  { url, key, password }: ChannelSecret,
): void {
  const missing = (field: string, message: string): never => {
    throw new UserError('channel.fields', message, { field });
  };
  if (kind === 'email') {
    if (host === undefined) missing('host', '请填邮件服务器的地址。');
    if (from === undefined) missing('from', '请填发件人的邮箱。');
    if (user !== undefined && password === undefined)
      missing('password', '填了登录名，就要填密码。');
  } else if (url === undefined) missing('url', '请填接口或机器人的网址。');
  if (kind === 'webhook' && key === undefined) missing('key', '请填签名的密钥，至少 8 个字符。');
}

function rowOf(channel: ChannelInput, innerAddresses: readonly string[] | undefined) {
  const { kind, name, host, port, secure, allowsPlain, user, from } = channel;
  const mail = { host, port, secure, allowsPlain, user, from };
  return {
    ...{ kind, name, unit_id: channel.unitId, enabled: channel.enabled },
    settings: JSON.stringify({ ...(kind === 'email' ? mail : {}), innerAddresses }),
    kinds: channel.kinds === null ? null : JSON.stringify(channel.kinds),
    ...{ quiet_from: channel.quietFrom, quiet_to: channel.quietTo },
    ...{ workdays_only: channel.workdaysOnly, resends_uncertain: channel.resendsUncertain },
  };
}

/** Where somebody gets his mail, and which kinds he does not want by it. */
export const Preferences = z.strictObject({
  email: EMAIL.nullable(),
  withoutKinds: z.array(z.string().max(100)).max(KINDS_MAX),
});
