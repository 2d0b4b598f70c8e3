import { z } from 'zod';
import { ROBOT_KINDS } from '../connectors/send-robot.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import type { Sealing } from '../identity/index.ts';
import type { Fetcher } from '../lib/node/http/create-fetcher.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { Secret } from '../lib/pure/secret.ts';
import type { StoreDeps } from '../store/store.ts';
import { type NotifyDb, notifyDb } from './notify-db.ts';

export const CHANNEL_KINDS = ['email', 'webhook', ...ROBOT_KINDS] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const CHANNEL_WORDS: Readonly<Record<ChannelKind, string>> = {
  email: '邮件',
  webhook: '接口（webhook）',
  wecom: '企业微信群机器人',
  dingtalk: '钉钉群机器人',
  feishu: '飞书群机器人',
};

/** What is open of a channel. */
export interface ChannelSettings {
  /** E-mail: the server and the sender. */
  readonly host?: string;
  readonly port?: number;
  readonly secure?: boolean;
  readonly allowsPlain?: boolean;
  readonly user?: string | null;
  readonly from?: string;
  /** Private addresses that this channel may post to; only the command line sets them. */
  readonly innerAddresses?: readonly string[];
}

/** What is sealed of a channel: the password of the mail server, or an address with its key. */
const ChannelSecret = z
  .object({ password: z.string(), url: z.string(), key: z.string() })
  .partial();
export interface ChannelSecret {
  readonly password?: string | undefined;
  readonly url?: string | undefined;
  readonly key?: string | undefined;
}

/** A way out of the console. */
export interface Channel {
  readonly id: number;
  readonly kind: ChannelKind;
  readonly name: string;
  /** The unit whose group or system it is; null = the supervisors'. E-mail serves everybody. */
  readonly unitId: number | null;
  readonly settings: ChannelSettings;
  readonly secret: string | null;
  readonly enabled: boolean;
  /** Kinds of notices that go by it; null = all. */
  readonly kinds: readonly string[] | null;
  readonly quiet: QuietHours;
  readonly workdaysOnly: boolean;
  readonly resendsUncertain: boolean;
  readonly pausedUntil: Instant | null;
  readonly pausedWhy: string | null;
}

export interface NotifyDeps extends StoreDeps {
  readonly sealing: Sealing;
  readonly notify: {
    /** Where people reach the console; null = links cannot be written. */
    readonly publicOrigin: string | null;
    /** A guarded way out; `inner`: private addresses that may be asked. */
    readonly openFetcher: (inner: readonly string[]) => Fetcher;
  };
}

export const channelPlace = (id: number): string => `notice-channel:${id}`;

/** Opens a channel's secret. Throws what {@link Sealing.open} throws. */
export function openSecret(sealing: Sealing, { id, secret }: Channel): ChannelSecret {
  if (secret === null) return {};
  return ChannelSecret.parse(JSON.parse(sealing.open(channelPlace(id), secret).reveal()));
}

export const sealSecret = (sealing: Sealing, id: number, secret: ChannelSecret): string =>
  sealing.seal(channelPlace(id), new Secret(JSON.stringify(secret)));

const readJson = <T>(value: unknown): T =>
  (typeof value === 'string' ? JSON.parse(value) : value) as T;

/** Every channel, the oldest first. */
export async function allChannels(db: NotifyDb): Promise<Channel[]> {
  const rows = await db.selectFrom('notice_channel').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, name: row.name, unitId: row.unit_id, secret: row.secret },
    settings: readJson<ChannelSettings>(row.settings),
    ...{ enabled: row.enabled, kinds: readJson<readonly string[] | null>(row.kinds) },
    quiet: { from: row.quiet_from, to: row.quiet_to },
    ...{ workdaysOnly: row.workdays_only, resendsUncertain: row.resends_uncertain },
    ...{ pausedUntil: row.paused_until, pausedWhy: row.paused_why },
  }));
}

/** Seals by the present key what an earlier one sealed; returns how many, and how many no key of ours opens. */
export async function resealChannels({
  store,
  sealing,
}: Pick<NotifyDeps, 'store' | 'sealing'>): Promise<{ sealed: number; unopened: number }> {
  return store.transaction(async (trx) => {
    const db = notifyDb(trx);
    let [sealed, unopened] = [0, 0];
    for (const channel of await allChannels(db)) {
      const { id, secret } = channel;
      if (secret === null || sealing.isCurrent(secret)) continue;
      const opened = openOrNull(sealing, channel);
      if (opened === null) unopened += 1;
      else {
        const anew = sealSecret(sealing, id, opened);
        await db.updateTable('notice_channel').set({ secret: anew }).where('id', '=', id).execute();
        sealed += 1;
      }
    }
    return { sealed, unopened };
  });
}

/** What cannot be opened is a state of the channel, told where it is used: the secret has to be given anew. */
export function openOrNull(sealing: Sealing, channel: Channel): ChannelSecret | null {
  try {
    return openSecret(sealing, channel);
  } catch {
    return null;
  }
}
