import { STANDARD_KINDS, type StandardKind } from '../../domain/facts/structure-facts.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** What a person decided one section to be. */
export interface DecidedSection {
  readonly siteCode: string;
  readonly sectionKey: string;
  readonly url: string;
  readonly kind: StandardKind;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Instant;
}

/** Decisions kept of one site; a portal has some 150 sections. */
export const DECISIONS_MAX = 1_000;

/** Every decision of a site, by address. A kind that this version does not know is left out. */
export async function decidedSections(
  db: InspectionDb,
  siteCode: string,
): Promise<readonly DecidedSection[]> {
  const rows = await db
    .selectFrom('section_kind')
    .selectAll()
    .where('site_code', '=', siteCode)
    .orderBy('section_key')
    .limit(DECISIONS_MAX)
    .execute();
  return rows.flatMap((row) =>
    row.kind in STANDARD_KINDS
      ? [
          {
            siteCode: row.site_code,
            sectionKey: row.section_key,
            url: row.url,
            kind: row.kind as StandardKind,
            reason: row.reason,
            decidedBy: row.decided_by,
            decidedAt: new Date(row.decided_at).toISOString(),
          },
        ]
      : [],
  );
}

/** The decisions of a site as its reader takes them. */
export async function sectionOverrides(
  db: InspectionDb,
  siteCode: string,
): Promise<ReadonlyMap<string, StandardKind>> {
  const decided = await decidedSections(db, siteCode);
  return new Map(decided.map(({ sectionKey, kind }) => [sectionKey, kind]));
}
