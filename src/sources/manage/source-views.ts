import type { EvidenceLevel, SourceKind } from '../../domain/account-sources.ts';
import {
  WECHAT_CAPABILITIES,
  type WechatCapabilities,
  type WechatCapability,
} from '../../gather/accounts/wechat/wechat-capabilities.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { SourceState } from '../../registry/index.ts';
import type { SourcesDb } from '../sources-db.ts';

/** A source as people see it: whether it has a credential, never which. */
export interface SourceItemView {
  readonly id: number;
  readonly position: number;
  readonly kind: SourceKind;
  readonly level: EvidenceLevel;
  readonly address: string;
  readonly identity: string;
  readonly hasCredential: boolean;
  readonly state: SourceState;
  readonly reason: string;
  readonly nextStep: string;
  readonly checkedAt: Instant | null;
  readonly newestOn: CalendarDate | null;
  readonly newestTitle: string;
  /** What the platform's interfaces were found to allow this account, by asking (接口权限); WeChat only. */
  readonly capabilities: SourceCapability[];
}

export interface SourceCapability {
  readonly name: WechatCapability;
  readonly has: boolean;
  /** With which it was refused; 0 when it is there. */
  readonly errcode: number;
  readonly checkedOn: CalendarDate;
}

/** The sources of an account, in their order. */
export async function listSourceViews(db: SourcesDb, accountId: number): Promise<SourceItemView[]> {
  const rows = await db
    .selectFrom('account_source')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, position: row.position, kind: row.kind, level: row.level },
    ...{ address: row.address, identity: row.identity, hasCredential: row.credential !== null },
    ...{ state: row.state, reason: row.state_reason, nextStep: row.next_step },
    checkedAt: row.checked_at && new Date(row.checked_at).toISOString(),
    ...{ newestOn: row.newest_on, newestTitle: row.newest_title },
    capabilities: row.kind === 'wechat' ? capabilitiesIn(row.capabilities as never) : [],
  }));
}

const capabilitiesIn = (known: WechatCapabilities): SourceCapability[] =>
  WECHAT_CAPABILITIES.flatMap((name) => {
    const found = known[name];
    if (found === undefined) return [];
    const { has, errcode, checkedOn } = found;
    return [{ name, has, errcode, checkedOn }];
  });
