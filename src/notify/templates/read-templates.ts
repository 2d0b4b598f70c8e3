import { sql } from 'kysely';
import { type Acting, assertMay } from '../../domain/acting.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type NotifyDb, notifyDb } from '../notify-db.ts';
import { faultWords } from './in-force.ts';
import { type NamedSubject, type TemplateExample, templateSubjects } from './subjects.ts';
import {
  compileTemplate,
  type FieldValues,
  type TemplateContent,
  type TemplateFault,
  type Worded,
  wordTemplate,
} from './template.ts';

/** A kind of letter or notice, and what words it has now. */
export interface ListedTemplate {
  readonly kind: string;
  readonly name: string;
  readonly form: NamedSubject['form'];
  readonly versions: number;
  /** The version in force; null = the program's own words. */
  readonly version: number | null;
  readonly since: Instant | null;
  /** How often the version in force had no words for a case. */
  readonly failures: number;
}

export interface TemplateVersion {
  readonly id: number;
  readonly version: number;
  readonly content: TemplateContent;
  readonly note: string;
  readonly by: string;
  readonly byId: number | null;
  readonly at: Instant;
}

/** What held since when; no version = the program's own words. */
export interface TemplateForce {
  readonly id: number;
  readonly version: number | null;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
}

export interface ShownFailure {
  readonly version: number;
  readonly problem: string;
  readonly times: number;
  readonly lastAt: Instant;
  readonly lastOf: string;
}

export interface TemplateView {
  readonly kind: string;
  readonly subject: NamedSubject;
  /** The newest first. */
  readonly versions: readonly TemplateVersion[];
  /** The newest first: the first holds. */
  readonly force: readonly TemplateForce[];
  readonly failures: readonly ShownFailure[];
  readonly examples: readonly TemplateExample[];
}

/** Versions of a kind; further ones are refused (`template.too-many`). */
export const VERSIONS_MAX = 200;
/** Changes of what holds, failures, and real cases that are shown. */
const SHOWN_MAX = 50;
const EXAMPLES_MAX = 20;

/** Whoever sends the notices of the whole register decides their words. */
export const WORDS_ABILITY = 'rectification.open';

/** Throws {@link UserError} `template.unknown`. */
export function subjectOf(kind: string): NamedSubject {
  const subject = templateSubjects().get(kind);
  if (subject === undefined)
    throw new UserError('template.unknown', '没有这种文书或通知。', { field: 'kind' });
  return subject;
}

/** Every kind, by its name. Throws {@link UserError} `identity.forbidden`. */
export async function listTemplates(
  { store }: StoreDeps,
  acting: Acting,
): Promise<ListedTemplate[]> {
  assertMay(acting, WORDS_ABILITY);
  const { rows } = await sql<Omit<ListedTemplate, 'name' | 'form'>>`
    with held as (
      select distinct on (kind) kind, version_id, at from notice_template_force order by kind, id desc)
    select v.kind, count(*)::int as versions,
           max(case when v.id = held.version_id then v.version end) as version,
           max(case when v.id = held.version_id then held.at end) as since,
           coalesce(sum(case when v.id = held.version_id then failed.times end), 0)::int as failures
      from notice_template_version v left join held on held.kind = v.kind
      left join (select version_id, sum(times)::int as times from notice_template_failure group by version_id) failed
             on failed.version_id = v.id
     group by v.kind`.execute(store.db);
  const known = new Map(rows.map((row) => [row.kind, row]));
  const none = { versions: 0, version: null, since: null, failures: 0 };
  return [...templateSubjects()].map(([kind, { name, form }]) => ({
    ...{ ...none, ...known.get(kind), kind, name, form },
  }));
}

/** One kind with its versions, and where they failed. Throws {@link UserError} `template.unknown`, `identity.forbidden`. */
export async function readTemplate(
  { store }: StoreDeps,
  acting: Acting,
  kind: string,
): Promise<TemplateView> {
  assertMay(acting, WORDS_ABILITY);
  const subject = subjectOf(kind);
  const db = notifyDb(store.db);
  const failures = await sql<ShownFailure>`
    select v.version, f.problem, f.times, f.last_at as "lastAt", f.last_of as "lastOf"
      from notice_template_failure f join notice_template_version v on v.id = f.version_id
     where v.kind = ${kind} order by f.last_at desc, f.id limit ${SHOWN_MAX}`.execute(db);
  return {
    ...{ kind, subject, versions: await versionsOf(db, kind), force: await forceOf(db, kind) },
    ...{ failures: failures.rows, examples: await examplesOf(db, kind, subject) },
  };
}

export async function versionsOf(db: NotifyDb, kind: string): Promise<TemplateVersion[]> {
  const { rows } = await sql<TemplateVersion>`
    select id, version, content, note, made_by as by, made_by_id as "byId", made_at as at
      from notice_template_version where kind = ${kind} order by version desc limit ${VERSIONS_MAX}`.execute(
    db,
  );
  return rows;
}

export async function forceOf(db: NotifyDb, kind: string): Promise<TemplateForce[]> {
  const { rows } = await sql<TemplateForce>`
    select f.id, v.version, f.reason, f.by_name as by, f.at
      from notice_template_force f left join notice_template_version v on v.id = f.version_id
     where f.kind = ${kind} order by f.id desc limit ${SHOWN_MAX}`.execute(db);
  return rows;
}

/** The newest real cases: of a message the notices that were told, of a letter what its feature knows. */
async function examplesOf(
  db: NotifyDb,
  kind: string,
  { examples, fields }: NamedSubject,
): Promise<TemplateExample[]> {
  if (examples !== undefined) return examples(db, EXAMPLES_MAX);
  const { rows } = await sql<{
    readonly id: number;
    readonly title: string;
    readonly text: string;
    readonly values: FieldValues | null;
  }>`
    select id, title, text, worded_with as values from notice where kind = ${kind}
     order by id desc limit ${EXAMPLES_MAX}`.execute(db);
  const isPlain = 'title' in fields && 'text' in fields;
  return rows.flatMap(({ id, title, text, values }) => {
    const given = values ?? (isPlain ? { title, text } : null);
    return given === null ? [] : [{ key: String(id), label: title, values: given }];
  });
}

export interface TemplatePreview {
  readonly faults: readonly (TemplateFault & { readonly words: string })[];
  /** Null while there are faults. */
  readonly worded: Worded | null;
  /** Why these words would not be used for this case; null = they would. */
  readonly problem: string | null;
  /** On what it was tried; null = on made-up values, there is no real case yet. */
  readonly example: string | null;
}

/**
 * Tries words on a real case (`example`, the newest without), changes nothing. Throws {@link UserError} `template.unknown`,
 * `template.example`, `identity.forbidden`.
 */
export async function previewTemplate(
  { store }: StoreDeps,
  acting: Acting,
  given: {
    readonly kind: string;
    readonly content: TemplateContent;
    readonly example: string | null;
  },
): Promise<TemplatePreview> {
  assertMay(acting, WORDS_ABILITY);
  const { kind, content, example: key } = given;
  const subject = subjectOf(kind);
  const examples = await examplesOf(notifyDb(store.db), kind, subject);
  const example = key === null ? examples[0] : examples.find((each) => each.key === key);
  if (key !== null && example === undefined)
    throw new UserError('template.example', '没有这件事可以试用，请刷新后另选。', {
      field: 'example',
    });
  const label = example?.label ?? null;
  const compiled = compileTemplate(subject, content);
  if ('faults' in compiled) {
    const faults = compiled.faults.map((fault) => ({ ...fault, words: faultWords(fault) }));
    return { faults, worded: null, problem: null, example: label };
  }
  const { words, problem } = wordTemplate(subject, compiled, example?.values ?? samplesOf(subject));
  return { faults: [], worded: words, problem, example: label };
}

const samplesOf = ({ fields }: NamedSubject): FieldValues =>
  Object.fromEntries(Object.entries(fields).map(([name, { sample }]) => [name, sample]));
