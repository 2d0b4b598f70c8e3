import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import { templateSubjects, wordsOf } from './subjects.ts';
import {
  compileTemplate,
  type FieldValues,
  type TemplateContent,
  type TemplateFault,
  type Worded,
  wordTemplate,
} from './template.ts';

/** The version that holds for a kind, and its words for a case, or why it has none for it. */
export interface TemplateInForce {
  readonly versionId: number;
  readonly word: (values: FieldValues) => { readonly words: Worded } | { readonly problem: string };
}

/** Where a template in force had no words for a case, and the program's own were taken. */
export interface TemplateFailure {
  readonly versionId: number;
  readonly problem: string;
  /** The key of the notice, the number of the letter. */
  readonly of: string;
}

/** The versions in force of some kinds; a kind without one has the program's own words. */
export async function templatesInForce<Tables>(
  trx: Kysely<Tables>,
  kinds: readonly string[],
): Promise<ReadonlyMap<string, TemplateInForce>> {
  const { rows } = await sql<{
    readonly kind: string;
    readonly versionId: number;
    readonly content: TemplateContent;
  }>`
    select v.kind, v.id as "versionId", v.content
      from (select distinct on (kind) kind, version_id from notice_template_force order by kind, id desc) f
      join notice_template_version v on v.id = f.version_id
     where v.kind = any(array(select jsonb_array_elements_text(${JSON.stringify(kinds)}::jsonb)))`.execute(
    trx,
  );
  return new Map(
    rows.map(({ kind, versionId, content }) => [
      kind,
      { versionId, word: wordingBy(kind, content) },
    ]),
  );
}

/** A field that a later program no longer has is found here. */
function wordingBy(kind: string, content: TemplateContent): TemplateInForce['word'] {
  const subject = templateSubjects().get(kind);
  if (subject === undefined) return () => ({ problem: '程序已没有这种文书' });
  const template = compileTemplate(subject, content);
  if (!('faults' in template))
    return (values) => {
      const { words, problem } = wordTemplate(subject, template, values);
      return problem === null ? { words } : { problem };
    };
  const problem = template.faults.map(faultWords).join('；');
  return () => ({ problem });
}

const PLACES = { title: '标题', body: '正文' };
const PARTS = { when: '条件', lead: '引语', text: '文字' };

/** `正文第2段的条件：……` */
export const faultWords = ({ in: where, part, of, problem }: TemplateFault): string =>
  `${PLACES[where]}第${part}段的${PARTS[of]}：${problem}`;

const PROBLEM_MAX = 500;

/** Records failures: one row a version and problem, counted. */
export async function recordFailures<Tables>(
  trx: Kysely<Tables>,
  failures: readonly TemplateFailure[],
  at: Instant,
): Promise<void> {
  const same = new Map<string, { readonly failure: TemplateFailure; times: number }>();
  for (const failure of failures) {
    const problem = failure.problem.slice(0, PROBLEM_MAX);
    const key = `${failure.versionId} ${problem}`;
    const times = (same.get(key)?.times ?? 0) + 1;
    same.set(key, { failure: { ...failure, problem }, times });
  }
  for (const { failure, times } of same.values())
    await sql`
      insert into notice_template_failure (version_id, problem, times, first_at, last_at, last_of)
      values (${failure.versionId}, ${failure.problem}, ${times}, ${at}::timestamptz, ${at}::timestamptz, ${failure.of})
      on conflict (version_id, problem) do update
         set times = notice_template_failure.times + excluded.times, last_at = excluded.last_at, last_of = excluded.last_of`.execute(
      trx,
    );
}

/** Letters of one kind, worded by the version in force, in the program's own words where it fails; failures are recorded. */
export async function wordLetters<Tables>(
  trx: Kysely<Tables>,
  kind: string,
  letters: readonly { readonly of: string; readonly values: FieldValues }[],
  at: Instant,
): Promise<Worded[]> {
  const force = (await templatesInForce(trx, [kind])).get(kind);
  const failures: TemplateFailure[] = [];
  const worded = letters.map(({ of, values }) => {
    const worded = force?.word(values);
    if (force === undefined || worded === undefined) return wordsOf(kind, values);
    if ('words' in worded) return worded.words;
    failures.push({ versionId: force.versionId, problem: worded.problem, of });
    return wordsOf(kind, values);
  });
  await recordFailures(trx, failures, at);
  return worded;
}
