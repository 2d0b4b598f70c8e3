import { sql } from 'kysely';
import { type Acting, assertMay, isSamePerson, may, personOf } from '../../domain/acting.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { within } from '../within.ts';
import { ADDRESSED, BELOW, READER } from './readers.ts';
import type { RegulationKind, VersionState } from './regulation.ts';
import { seenDrafts, seenVersions, unknownRegulation } from './sight.ts';

export interface RegulationVersion {
  readonly versionId: number;
  /** Null: a draft. */
  readonly number: number | null;
  readonly state: VersionState;
  readonly title: string;
  readonly kind: RegulationKind;
  readonly documentNumber: string;
  readonly changeNote: string;
  readonly addresseeId: number | null;
  readonly addresseeName: string | null;
  readonly effectiveOn: CalendarDate;
  readonly readBy: CalendarDate | null;
  readonly revision: number;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly decidedBy: string | null;
  readonly publishedOn: CalendarDate | null;
  readonly fileName: string | null;
  readonly fileBytes: number | null;
}

export interface RegulationView {
  readonly id: number;
  readonly issuerName: string;
  readonly repealedOn: CalendarDate | null;
  readonly repealedBy: string | null;
  readonly repealReason: string;
  /** The draft first, then the published ones, the last one first. */
  readonly versions: readonly RegulationVersion[];
  /** The one whose words are given: the one asked for, else the one in force, else the draft. */
  readonly shown: RegulationVersion & { readonly body: string };
  /** The version in force, if any. */
  readonly currentId: number | null;
  /** Whether oneself is asked to confirm the version in force, and when one did. */
  readonly isAsked: boolean;
  readonly readAt: Instant | null;
  /** Whether one may write drafts of it. */
  readonly mayEdit: boolean;
  /** One wrote the draft last oneself: another person publishes it. */
  readonly isOwnDraft: boolean;
}

type Row = RegulationVersion & {
  readonly body: string;
  readonly draftedById: number | null;
  readonly issuerName: string;
  readonly repealedOn: CalendarDate | null;
  readonly repealedBy: string | null;
  readonly repealReason: string;
  readonly isAsked: boolean;
  readonly readAt: Instant | null;
  readonly mayEdit: boolean;
  /** The last one published, whether or not it is repealed. */
  readonly isLast: boolean;
};

/** One regulation with its versions. Throws {@link UserError} `identity.forbidden`, `regulation.unknown`, also for what one may not see. */
export async function readRegulation(
  { store }: StoreDeps,
  acting: Acting,
  { id, versionId }: { readonly id: number; readonly versionId?: number | undefined },
): Promise<RegulationView> {
  assertMay(acting, 'duty.read');
  const userId = typeof acting === 'string' ? null : acting.userId;
  const { rows } = await sql<Row>`
    with recursive ${BELOW}, ${READER}
    select v.id as "versionId", v.number, v.state, v.title, v.kind, v.document_number as "documentNumber", v.change_note as "changeNote",
           v.addressee_id as "addresseeId", a.name as "addresseeName", v.effective_on as "effectiveOn", v.read_by as "readBy",
           v.revision, v.drafted_by as "draftedBy", v.drafted_by_id as "draftedById", v.drafted_at as "draftedAt",
           v.decided_by as "decidedBy", v.published_on as "publishedOn", f.name as "fileName", f.bytes as "fileBytes", v.body,
           i.name as "issuerName", r.repealed_on as "repealedOn", r.repealed_by as "repealedBy", r.repeal_reason as "repealReason",
           v.number is not null and not exists (select 1 from regulation_version l
             where l.regulation_id = r.id and l.number > v.number) as "isLast",
           ${within(acting, 'r.issuer_id')} as "mayEdit", d.read_at as "readAt",
           v.number is not null and exists (select 1 from reader p where p.id = ${userId}::int and ${ADDRESSED}) as "isAsked"
      from regulation r join unit i on i.id = r.issuer_id
      join regulation_version v on v.regulation_id = r.id
       and (v.state = 'published' and ${seenVersions(acting)} or v.state = 'draft' and ${seenDrafts(acting)})
      left join unit a on a.id = v.addressee_id left join regulation_file f on f.version_id = v.id
      left join regulation_reader d on d.version_id = v.id and d.user_id = ${userId}::int
     where r.id = ${id} order by v.number desc nulls first`.execute(store.db);
  const current = rows.find(({ isLast }) => isLast);
  // Former versions are history of what one sees now, no way round who it is addressed to today.
  if (current === undefined && rows.some(({ number }) => number !== null))
    throw unknownRegulation();
  const shown =
    versionId === undefined
      ? (current ?? rows[0])
      : rows.find((each) => each.versionId === versionId);
  if (shown === undefined) throw unknownRegulation();
  const { issuerName, repealedOn, repealedBy, repealReason } = shown;
  const draft = rows.find(({ state }) => state === 'draft');
  const isInForce = current !== undefined && repealedOn === null;
  return {
    ...{ id, issuerName, repealedOn, repealedBy, repealReason },
    versions: rows.map(versionOf),
    shown: { ...versionOf(shown), body: shown.body },
    currentId: isInForce ? current.versionId : null,
    isAsked: isInForce && current.isAsked,
    readAt: current?.readAt ?? null,
    mayEdit: shown.mayEdit && may(acting, 'duty.edit'),
    isOwnDraft:
      draft !== undefined &&
      isSamePerson({ name: draft.draftedBy, userId: draft.draftedById }, personOf(acting)),
  };
}

function versionOf(row: Row): RegulationVersion {
  const { versionId, number, state, title, kind, documentNumber, changeNote } = row;
  const { addresseeId, addresseeName, effectiveOn, readBy, revision, draftedBy, draftedAt } = row;
  const { decidedBy, publishedOn, fileName, fileBytes } = row;
  return {
    ...{ versionId, number, state, title, kind, documentNumber, changeNote, addresseeId },
    ...{ addresseeName, effectiveOn, readBy, revision, draftedBy, draftedAt, decidedBy },
    ...{ publishedOn, fileName, fileBytes },
  };
}
