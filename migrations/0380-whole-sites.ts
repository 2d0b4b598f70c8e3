import { type Kysely, sql } from 'kysely';

/** Rounds that walk whole sites, and what their surveys keep so that links and words are judged from rows. */
const STATEMENTS = [
  // Which sites a round walks whole (none, portals, all), and how many addresses of each at the most.
  `alter table round
     add column whole_sites text not null default 'none',
     add column pages_per_site integer`,
  // How pages were read (lexicons, rules): of a survey that read them otherwise nothing is taken over.
  `alter table survey
     add column reading text not null default '',
     add column purged_at timestamptz`,
  // Why an address of the site was not visited (a trap, robots.txt): the same is said of its links.
  'alter table survey_url add column refused text',
  `alter table survey_page
     -- The words of each link in eight bytes, in the order of "links"; null where nobody judges links.
     add column link_words bytea,
     -- What is odd about the page as the target of its link; null = nothing, or not looked for.
     add column doubt text,
     -- The words that were held against the page, where those are not survey_url.link_text.
     add column held_text text,
     -- Home addresses that the page's words promise to be a service.
     add column promises jsonb,
     -- Characters whose words were checked; null = not checked.
     add column checked_characters integer,
     add column check_cut boolean,
     add column findings jsonb`,
  `create table survey_words (
     survey_id integer not null,
     key bigint not null,
     words text not null,
     primary key (survey_id, key)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
