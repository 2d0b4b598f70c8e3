import { type Kysely, sql } from 'kysely';

/**
 * Yearly forms (年度报表): of each site's work, of each office's supervision. `form` is the form as it was, `known` what the platform
 * knew on `counted_on`, `written` what people wrote.
 */
const STATEMENTS = [
  `create table yearly_form (
     id integer generated always as identity primary key,
     kind text not null check (kind in ('site', 'office')),
     year integer not null,
     unit_id integer not null references unit (id),
     site_id integer references site (id),
     name text not null,
     form text not null,
     known text not null,
     written text not null default '{}',
     state text not null check (state in ('filling', 'submitted', 'signed', 'published')),
     counted_on date not null,
     due_on date not null,
     version integer not null default 1,
     return_reason text not null default '',
     submitted_at timestamptz,
     submitted_by text,
     signed_at timestamptz,
     signed_by text,
     published_url text not null default '',
     published_on date,
     check ((kind = 'site') = (site_id is not null))
   )`,
  'create unique index yearly_form_of_subject on yearly_form (year, kind, unit_id, coalesce(site_id, 0))',
  'create index yearly_form_by_unit on yearly_form (unit_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
