import { sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { FailingLink, LinkClass, SiteLinks } from '../../domain/facts/link-facts.ts';
import type { PageTextFinding, SiteText } from '../../domain/facts/text-facts.ts';
import { otherRoundOf, type SurveyRecord, surveyOfRound } from '../../survey/index.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { requireRoundById } from '../round.repository.ts';
import { requireRoundSubject } from './require-round-subject.ts';

/** What one round's look at all the links and words of a site came to; lists are read apart, page by page. */
export interface SiteSurvey {
  /** Null: the round did not walk the site whole. */
  readonly walk: SurveyRecord | null;
  /** Where it did not: the newest other round that did. */
  readonly other: { readonly period: string; readonly label: string } | null;
  readonly links: Seen<Omit<SiteLinks, 'failing'>> | null;
  readonly words: Seen<Omit<SiteText, 'findings'>> | null;
}

/** A fact without its list; `value` null: nobody could look, and `reason` says why. */
interface Seen<Value> {
  readonly value: Value | null;
  readonly reason: string | null;
  readonly gatheredAt: string;
  /** How long the list is. */
  readonly listed: number;
}

export interface AskedSite {
  readonly id: number;
  readonly period: string;
}

/** Throws what {@link requireRoundSubject} throws. */
export async function readSiteSurvey(
  db: InspectionDb,
  scope: Scope,
  { id, period }: AskedSite,
): Promise<SiteSurvey> {
  const { round } = await requireRoundSubject(db, scope, { kind: 'site', id, period });
  const walk = await surveyOfRound(db, round.id, id);
  return {
    walk,
    other: walk === null ? await otherOf(db, round.id, id) : null,
    links: await seenOf<Omit<SiteLinks, 'failing'>>(db, round.id, id, LINKS),
    words: await seenOf<Omit<SiteText, 'findings'>>(db, round.id, id, WORDS),
  };
}

async function otherOf(
  db: InspectionDb,
  roundId: number,
  siteId: number,
): Promise<SiteSurvey['other']> {
  const other = await otherRoundOf(db, roundId, siteId);
  if (other === null) return null;
  const { period, label } = await requireRoundById(db, other);
  return { period, label };
}

interface FactList {
  readonly key: string;
  readonly list: string;
}
const LINKS: FactList = { key: 'site.links', list: 'failing' };
const WORDS: FactList = { key: 'site.text', list: 'findings' };

async function seenOf<Value>(
  db: InspectionDb,
  roundId: number,
  siteId: number,
  { key, list }: FactList,
): Promise<Seen<Value> | null> {
  const { rows } = await sql<Seen<Value>>`
    select value - ${list}::text as value, reason, gathered_at as "gatheredAt",
           coalesce(jsonb_array_length(value->${list}::text), 0) as listed
      from fact where round_id = ${roundId} and kind = 'site' and subject_id = ${siteId} and key = ${key}`.execute(
    db,
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { ...row, gatheredAt: new Date(row.gatheredAt).toISOString(), listed: Number(row.listed) };
}

export interface ListedPart<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export interface AskedList extends AskedSite {
  readonly class: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Links that did not lead where they should, in the fact's order: what nobody can dispute first. */
export async function listFailingLinks(
  db: InspectionDb,
  scope: Scope,
  asked: AskedList & { readonly class: LinkClass | undefined },
): Promise<ListedPart<FailingLink>> {
  return listOfFact<FailingLink>(db, scope, asked, LINKS);
}

/** Suspected wrong words, worst first. */
export async function listSuspectedWords(
  db: InspectionDb,
  scope: Scope,
  asked: AskedList,
): Promise<ListedPart<PageTextFinding>> {
  return listOfFact<PageTextFinding>(db, scope, asked, WORDS);
}

async function listOfFact<Item>(
  db: InspectionDb,
  scope: Scope,
  { id, period, limit, offset, class: wanted = '' }: AskedList,
  { key, list }: FactList,
): Promise<ListedPart<Item>> {
  const { round } = await requireRoundSubject(db, scope, { kind: 'site', id, period });
  const matching = sql`
    from fact cross join lateral jsonb_array_elements(coalesce(fact.value->${list}::text, '[]')) with ordinality as each (item, place)
     where round_id = ${round.id} and kind = 'site' and subject_id = ${id} and key = ${key}
       and (${wanted} = '' or item->>'class' = ${wanted})`;
  const { rows } = await sql<{ item: Item }>`
    select item ${matching} order by place limit ${limit} offset ${offset}`.execute(db);
  const counted = await sql<{ count: number }>`select count(*)::int as count ${matching}`.execute(
    db,
  );
  return { items: rows.map(({ item }) => item), total: counted.rows[0]?.count ?? 0 };
}
