import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import type { Sealing } from '../identity/index.ts';
import type { RegisterChanges } from './register-changes.ts';
import type { SourceInput } from './register-rows.ts';
import type { RegistryDb } from './registry.repository.ts';
import { credentialPlace } from './tables.ts';

/** What a source of a kind proves at the best (new-media-apis §7). */
export const LEVEL_OF: Readonly<Record<SourceKind, EvidenceLevel>> = {
  wechat: 'A1',
  weibo: 'A1',
  douyin: 'A1',
  rss: 'B',
  atom: 'B',
  jsonfeed: 'B',
  article: 'C',
  submission: 'C',
  observation: 'D',
};

/** The sources that a register names of one account. */
export interface AccountSources {
  readonly accountId: number;
  /** For the trail: `account:微信公众号 gh_1`. */
  readonly subject: string;
  /** Whether these are all that the register names: one that is no longer among them may have become another. */
  readonly areAll: boolean;
  readonly sources: readonly SourceInput[];
}

export interface SavingSources {
  readonly sealing: Sealing;
  readonly changes: RegisterChanges;
  readonly actor: string;
}

/** Accounts whose sources are read at a time, and rows per insert: 8 parameters each, far below PostgreSQL's 65,535. */
const BATCH = 1000;

/**
 * Keeps the sources that a register names: new ones are added, changed ones changed. One that the register does not name
 * stays: people may have added it. Returns the accounts of which something changed.
 */
export async function saveSources(
  db: RegistryDb,
  named: readonly AccountSources[],
  saving: SavingSources,
): Promise<Set<number>> {
  const changed = new Set<number>();
  const given = named.filter(({ sources }) => sources.length > 0);
  for (let start = 0; start < given.length; start += BATCH) {
    const slice = given.slice(start, start + BATCH);
    const known = Map.groupBy(
      await liveSources(
        db,
        slice.map(({ accountId }) => accountId),
      ),
      ({ account_id }) => account_id,
    );
    const added: NewRow[] = [];
    for (const each of slice) {
      const steps = matchSources(each, known.get(each.accountId) ?? [], saving.sealing);
      for (const { row, source, position, before } of steps) {
        changed.add(each.accountId);
        tell(saving.changes, `${each.subject} 信源${position}`, source, before);
        if (row === null) added.push(newRow(each.accountId, source, position, saving));
        else await changeSource(db, row, source, saving.sealing);
      }
    }
    if (added.length > 0) await db.insertInto('account_source').values(added).execute();
  }
  return changed;
}

type KnownRow = Awaited<ReturnType<typeof liveSources>>[number];

const liveSources = (db: RegistryDb, accountIds: readonly number[]) =>
  db
    .selectFrom('account_source')
    .select(['id', 'account_id', 'position', 'origin', 'kind', 'address', 'identity', 'credential'])
    .where('account_id', 'in', [...accountIds])
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();

interface Step {
  /** Null = a new source. */
  readonly row: KnownRow | null;
  readonly source: SourceInput;
  readonly position: number;
  readonly before: KnownRow | undefined;
}

const isSame = (row: KnownRow, source: SourceInput): boolean =>
  row.kind === source.kind && row.address === source.address && row.identity === source.identity;

/**
 * What is to be done: a source is known by kind, address and identity; what is left of the register's own ones is changed in
 * their order, as an address that moved is.
 */
function matchSources(named: AccountSources, known: readonly KnownRow[], sealing: Sealing): Step[] {
  const steps: Step[] = [];
  const unknown = named.sources.filter((source) => !known.some((row) => isSame(row, source)));
  const left = known.filter(
    (row) =>
      named.areAll &&
      row.origin === 'register' &&
      !named.sources.some((source) => isSame(row, source)),
  );
  let last = known.at(-1)?.position ?? 0;
  for (const source of named.sources) {
    const same = known.find((row) => isSame(row, source));
    if (same && !isOtherSecret(same, source, sealing)) continue;
    const row = same ?? (unknown.includes(source) ? (left.shift() ?? null) : null);
    if (row === null) last += 1;
    steps.push({ row, source, position: row?.position ?? last, before: row ?? undefined });
  }
  return steps;
}

/** A secret that cannot be opened any more is another one. */
function isOtherSecret(row: KnownRow, { secret }: SourceInput, sealing: Sealing): boolean {
  if (secret === null) return false;
  if (row.credential === null) return true;
  try {
    return (
      sealing.open(credentialPlace(row.account_id), row.credential).reveal() !== secret.reveal()
    );
  } catch {
    return true;
  }
}

function newRow(accountId: number, source: SourceInput, position: number, saving: SavingSources) {
  const { kind, address, identity, secret } = source;
  return {
    account_id: accountId,
    position,
    origin: 'register' as const,
    ...{ kind, address, identity, level: LEVEL_OF[kind] },
    credential: secret && saving.sealing.seal(credentialPlace(accountId), secret),
    created_by: saving.actor,
  };
}
type NewRow = ReturnType<typeof newRow>;

/** Whoever is asked elsewhere, or with another secret, is asked anew: what was told of the old one says nothing of it. */
async function changeSource(
  db: RegistryDb,
  row: KnownRow,
  { kind, address, identity, secret }: SourceInput,
  sealing: Sealing,
): Promise<void> {
  await db
    .updateTable('account_source')
    .set({
      ...{ kind, address, identity, level: LEVEL_OF[kind] },
      ...{ state: 'new' as const, state_reason: '', next_step: '', failures: 0, park_until: null },
      ...{ complete_from: null, complete_to: null },
      ...(secret === null
        ? {}
        : { credential: sealing.seal(credentialPlace(row.account_id), secret) }),
    })
    .where('id', '=', row.id)
    .execute();
}

/** For the trail; a secret is named, never shown. */
function tell(
  changes: RegisterChanges,
  subject: string,
  { kind, address, identity, secret }: SourceInput,
  before: KnownRow | undefined,
): void {
  const known = before && {
    ...{ kind: before.kind, address: before.address, identity: before.identity },
    secret: before.credential === null ? null : '[secret]',
  };
  changes.add(subject, known, {
    ...{ kind, address, identity },
    secret: secret === null ? (known?.secret ?? null) : '[secret]（新）',
  });
}
