import type { Kysely } from 'kysely';
import { type RulesetFile, resolveRuleset } from '../domain/resolve-ruleset.ts';
import type { Ruleset } from '../domain/ruleset.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { findVersion, listVersions, type VersionHead } from './ruleset.repository.ts';
import { readShipped, shippedIds } from './shipped-files.ts';

export interface RulesetDeps {
  readonly store: Store;
  /** Folder of the shipped files. */
  readonly rulesetsDir: string;
}

/** The version that a shipped file is. */
export const SHIPPED_VERSION = 1;

/** One version of a ruleset, with where it comes from. */
export interface RulesetVersion {
  readonly ruleset: Ruleset;
  readonly version: number;
  /** Id of the ruleset that the shipped file changes, or null. */
  readonly extends: string | null;
  /** Null for a shipped file. */
  readonly change: {
    readonly by: string;
    readonly at: Instant;
    readonly reason: string;
    readonly baseHash: string;
  } | null;
}

/** Finds `hunan-2020` (the newest version) or `hunan-2020@2`. Throws {@link UserError} `ruleset.unknown`. */
export async function loadRuleset(deps: RulesetDeps, reference: string): Promise<Ruleset> {
  const { id, version } = parseReference(reference);
  return (await loadVersion(deps, deps.store.db, { id, version })).ruleset;
}

/** Reads `id` or `id@version`; what is no version is no ruleset. */
export function parseReference(reference: string): { id: string; version: number | null } {
  const match = /^([^@]+)(?:@([1-9]\d{0,8}))?$/.exec(reference);
  if (!match)
    throw new UserError(
      'ruleset.unknown',
      `没有“${reference}”这个规则集；写法是 hunan-2020，或带版本 hunan-2020@2。`,
      { field: 'ruleset' },
    );
  return { id: match[1] ?? '', version: match[2] === undefined ? null : Number(match[2]) };
}

/** `db` may be a transaction: then the newest is the newest inside it. */
export async function loadVersion<Tables>(
  { rulesetsDir }: Pick<RulesetDeps, 'rulesetsDir'>,
  db: Kysely<Tables>,
  { id, version }: { readonly id: string; readonly version: number | null },
): Promise<RulesetVersion> {
  const shipped = await readShipped(rulesetsDir, id);
  const stored = version === SHIPPED_VERSION ? null : await findVersion(db, id, version);
  if (stored !== null) {
    const { content, version: number, hash, reason, changedBy, changedAt, baseHash } = stored;
    const ruleset = { ...resolveRuleset([asFile(content)]), version: number };
    if (ruleset.hash !== hash)
      throw new UserError(
        'ruleset.damaged',
        `规则集 ${id}@${number} 的内容与记下的校验和不符，不能使用。`,
        { family: 'state' },
      );
    const change = { by: changedBy, at: changedAt, reason, baseHash };
    return { ruleset, version: number, extends: shipped.extends, change };
  }
  if (version !== null && version !== SHIPPED_VERSION)
    throw new UserError('ruleset.unknown', `规则集 ${id} 没有第 ${version} 版。`, {
      field: 'ruleset',
    });
  return { ...shipped, version: SHIPPED_VERSION, change: null };
}

/** A resolved ruleset as a file that later changes are applied to. */
export function asFile({ id, title, percent, rules, scale }: Ruleset): RulesetFile {
  const content = { percent, rules: rules.map((rule) => ({ ...rule })) };
  return { id, title, source: title, ...content, ...(scale === undefined ? {} : { scale }) };
}

/** A version as lists show it. */
export interface ListedVersion {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly extends: string | null;
  readonly isShipped: boolean;
  readonly isNewest: boolean;
  readonly changedBy: string | null;
  readonly changedAt: Instant | null;
  readonly reason: string | null;
}

/** Every version of every ruleset, by ruleset, the newest first. */
export async function listRulesets({ store, rulesetsDir }: RulesetDeps): Promise<ListedVersion[]> {
  const made = await listVersions(store.db);
  const listed: ListedVersion[] = [];
  for (const id of await shippedIds(rulesetsDir)) {
    const { ruleset, extends: base } = await readShipped(rulesetsDir, id);
    const of = { id, name: ruleset.title, extends: base };
    const own = made.filter((head) => head.rulesetId === id);
    listed.push(
      ...own.map((head, index) => ({ ...of, ...listedOf(head), isNewest: index === 0 })),
      {
        ...of,
        version: SHIPPED_VERSION,
        hash: ruleset.hash,
        isShipped: true,
        isNewest: own.length === 0,
        changedBy: null,
        changedAt: null,
        reason: null,
      },
    );
  }
  return listed;
}

function listedOf({ version, hash, changedBy, changedAt, reason }: VersionHead) {
  return { version, hash, isShipped: false, changedBy, changedAt, reason };
}
