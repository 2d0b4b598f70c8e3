import { sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import { REPLY_WORKDAYS } from '../../domain/reply-clock.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { loadFacts } from '../fact.repository.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { listPages } from '../page.repository.ts';
import { type FindingItem, listFindingItems } from '../queue/list-findings.ts';
import type { RoundSubject } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { listNotices, type NoticeItem } from './list-notices.ts';
import { type AskedSubject, requireRoundSubject } from './require-round-subject.ts';
import { type ScoreView, viewScore } from './score-view.ts';
import { viewVerdict } from './verdict-views.ts';

/** What one round saw and said of one subject. */
export interface SubjectRound {
  readonly verdict: ReturnType<typeof viewVerdict> | null;
  /** Portals only. */
  readonly score: ScoreView | null;
  readonly monitoredAt: string;
  readonly stage: string;
  readonly pages: readonly {
    readonly url: string;
    readonly role: string;
    readonly outcome: string;
    readonly status: number | null;
    readonly bytes: number;
    readonly fetchedAt: string;
    readonly snapshot: string | null;
    readonly reason: string | null;
  }[];
  readonly facts: readonly FactRow[];
  readonly findings: readonly FindingItem[];
  /** Working days for an answer to a test question, as the round's ruleset has it. */
  readonly replyWorkdays: number;
  readonly notices: readonly NoticeItem[];
}

export interface FactRow {
  readonly key: string;
  readonly state: 'observed' | 'absent' | 'unobserved';
  readonly value: unknown;
  readonly reason: string | null;
  readonly gatheredAt: string;
  readonly gatherer: string;
}

/** A visit of the availability strip, in order of its schedule. */
export interface ProbeRow {
  readonly scheduledAt: string;
  readonly happenedAt: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly totalMs: number | null;
  readonly errorClass: string | null;
}

/** A subject is judged under some thirty rules; more findings than this are persons'. */
const FINDINGS_MAX = 200;

/** Throws what {@link requireRoundSubject} throws. */
export async function readSubjectRound(
  db: InspectionDb,
  scope: Scope,
  asked: AskedSubject,
): Promise<SubjectRound & { readonly roundId: number }> {
  const { round, ...found } = await requireRoundSubject(db, scope, asked);
  return { roundId: round.id, ...(await viewOf(db, round, found)) };
}

async function viewOf(
  db: InspectionDb,
  round: Round,
  { subject, monitoredAt, stage, verdict }: RoundSubject,
): Promise<SubjectRound> {
  const labels = new Map(round.ruleset.rules.map((rule) => [rule.id, rule.printedLabel]));
  const pages = await listPages(db, round.id, subject.kind, subject.id);
  const { items } = await listFindingItems(
    db,
    round,
    {
      roundId: round.id,
      scope: 'all',
      statuses: ['breached', 'undetermined', 'met', 'notApplicable'],
      subject: { kind: subject.kind, id: subject.id },
    },
    { limit: FINDINGS_MAX, offset: 0, order: { by: 'id', descending: false } },
  );
  return {
    verdict: verdict === null ? null : viewVerdict(verdict, labels),
    score: viewScore(round.ruleset, subject.kind === 'site' && subject.isPortal, verdict),
    monitoredAt,
    stage,
    pages: pages.map(({ url, role, outcome, status, bytes, fetchedAt, snapshot, reason }) => ({
      ...{ url, role, outcome, status, bytes, fetchedAt, snapshot, reason },
    })),
    facts: await factsOf(db, round.id, subject),
    findings: items,
    notices: await noticesOf(db, round, subject),
    replyWorkdays: replyWorkdaysOf(round),
  };
}

const replyWorkdaysOf = ({ ruleset }: Round): number =>
  ruleset.rules.find(({ id }) => id === 'media.veto.interaction.none')?.parameters.replyWorkdays ??
  REPLY_WORKDAYS;

async function noticesOf(
  db: InspectionDb,
  round: Round,
  { kind, id }: { readonly kind: SubjectKind; readonly id: number },
): Promise<NoticeItem[]> {
  const facts = await loadFacts(db, round.id, kind, [id]);
  return listNotices(round, facts.get(id) ?? {}, kind);
}

async function factsOf(
  db: InspectionDb,
  roundId: number,
  { kind, id }: { readonly kind: SubjectKind; readonly id: number },
): Promise<FactRow[]> {
  const rows = await db
    .selectFrom('fact')
    .select(['key', 'state', 'value', 'reason', 'gathered_at', 'gatherer'])
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('subject_id', '=', id)
    .orderBy('key')
    .execute();
  return rows.map(({ gathered_at, ...row }) => ({
    ...row,
    value: withoutLists(row.key, row.value),
    gatheredAt: new Date(gathered_at).toISOString(),
  }));
}

/** Lists of thousands that are read page by page (site-survey.ts), and how many of each a page of facts shows. */
const LONG_LISTS: Readonly<Record<string, string>> = {
  'site.links': 'failing',
  'site.text': 'findings',
};
const LISTED_MAX = 20;

function withoutLists(key: string, value: unknown): unknown {
  const name = LONG_LISTS[key];
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const list = (value as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(list) && list.length > LISTED_MAX
    ? { ...value, [name]: list.slice(0, LISTED_MAX), [`${name}NotShown`]: list.length - LISTED_MAX }
    : value;
}

/** All visits of one site in a round. */
export async function listProbes(
  db: InspectionDb,
  roundId: number,
  siteId: number,
): Promise<ProbeRow[]> {
  const { rows } = await sql<ProbeRow>`
    select scheduled_at as "scheduledAt", happened_at as "happenedAt", outcome, status, total_ms as "totalMs",
           error_class as "errorClass"
      from probe where round_id = ${roundId} and subject_id = ${siteId} order by slot`.execute(db);
  return rows.map((row) => ({
    ...row,
    scheduledAt: new Date(row.scheduledAt).toISOString(),
    happenedAt: new Date(row.happenedAt).toISOString(),
  }));
}
