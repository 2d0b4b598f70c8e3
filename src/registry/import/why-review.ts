import type { ExpectedCounts } from '../import-registry.ts';
import type { ChangedRow } from '../register-changes.ts';
import type { RegistryPolicy } from '../registry-policy.ts';

const GONE: ReadonlySet<unknown> = new Set(['closed', 'deregistered']);

/** Whether a changed row closes or deregisters its subject, or puts another identity in the place of one. */
function takesAway({ fields }: ChangedRow): boolean {
  return fields.some(({ field, before, after }) => {
    if (field === 'status') return GONE.has(after) && !GONE.has(before);
    const isIdentity = field === 'account_id' || field.startsWith('id.');
    return isIdentity && before !== '' && before !== null && before !== undefined;
  });
}

export interface TriedImport {
  readonly counts: ExpectedCounts;
  readonly changed: readonly ChangedRow[];
  /** Whether nothing was registered before: then nothing that stands is touched, and there may be nobody else yet. */
  readonly isFirst: boolean;
}

/** Why an import needs a second person, in Chinese; empty = it does not (decision 0050). */
export function whyReview(
  { reviewChanges, reviewRemovals }: RegistryPolicy,
  { counts, changed, isFirst }: TriedImport,
): string[] {
  if (isFirst) return [];
  const touched = [counts.units, counts.sites, counts.accounts].reduce(
    (sum, { added, changed: altered }) => sum + added + altered,
    0,
  );
  const removals = changed.filter(takesAway).length;
  const why: string[] = [];
  if (reviewChanges > 0 && touched >= reviewChanges)
    why.push(`新增和变更共 ${touched} 处，达到 ${reviewChanges} 处`);
  if (reviewRemovals > 0 && removals >= reviewRemovals)
    why.push(`关停、注销或更换标识 ${removals} 处，达到 ${reviewRemovals} 处`);
  return why;
}
