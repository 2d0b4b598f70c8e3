import { type Kysely, sql } from 'kysely';

/**
 * What the lists of a province with millions of findings still walked through: the register as it was on a day (by sponsor, by
 * words), and a round's findings in their order or of some sponsors. Two indexes of findings that these make needless go.
 */
const STATEMENTS = [
  `alter table register_history
     add column sponsor_id integer generated always as ((value->>'sponsor_id')::integer) stored,
     add column words text[] generated always as (
       case kind when 'site' then word_pieces((value->>'name') || ' ' || (value->>'site_code') || ' ' || (value->>'home_url'))
                 when 'account' then word_pieces((value->>'name') || ' ' || (value->>'account_id')) end) stored`,
  'create index register_history_as_of on register_history (kind, subject_id, valid_from desc, id desc) include (sponsor_id)',
  'drop index register_history_by_subject',
  'create index register_history_of_sponsor on register_history (kind, sponsor_id, subject_id)',
  'create index register_history_words on register_history using gin (words)',
  // The sponsor stands in the round's copy of the register and never changes after it.
  'alter table finding add column sponsor_id integer',
  `update finding set sponsor_id = s.sponsor_id from round_subject s
    where s.round_id = finding.round_id and s.kind = finding.kind and s.subject_id = finding.subject_id`,
  'create index finding_of_sponsor on finding (round_id, sponsor_id, status, id)',
  'create index finding_of_round on finding (round_id, id)',
  'drop index finding_in_order',
  'drop index finding_by_status',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
