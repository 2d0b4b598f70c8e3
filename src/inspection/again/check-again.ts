import { sql } from 'kysely';
import type { FactSet } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import type { Rule } from '../../domain/ruleset.ts';
import type { Account, Site, SubjectKind } from '../../domain/subject.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { storableJson } from '../../lib/pure/storable-json.ts';
import { findAccount } from '../../registry/index.ts';
import { judgeSubject } from '../../scoring/index.ts';
import type { Store } from '../../store/store.ts';
import { loadFacts, type NewFact } from '../fact.repository.ts';
import { type InspectionDb, inspectionDb, inTransaction } from '../inspection-db.ts';
import { factsOf, payloadsOf } from '../read-evidence.ts';
import { findRoundSubjects, requireRoundById } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { accountRegisterFacts } from '../work/account-register.ts';
import { commonFacts } from '../work/judge-task.ts';
import type { LookAgain } from './look-again.ts';

export interface CheckInput {
  readonly roundId: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly ruleId: string;
  readonly at: Instant;
  readonly signal: AbortSignal;
}

/** What one look again said of one rule. `id` null: nothing was looked at, for no machine can judge it. */
export interface SubjectCheck {
  readonly id: number | null;
  readonly judgement: Judgement;
}

/** A week of visits was the round's own: a single look takes over what they said, but for the rule that rests on them alone. */
const OF_THE_WEEK = ['site.visits', 'site.sharedOutage'] as const;
const REACHABILITY = 'site.veto.unreachable';

/**
 * Looks at one subject of a closed round again and judges it by one rule of that round's own ruleset: the indicator, its parameters and
 * the ruleset's version are those of the finding. Keeps what was judged; the round's facts, findings and verdicts stay as they are.
 * Throws {@link UserError} `round.unknown`, `subject.unknown`, and what `look` throws.
 */
export async function checkSubjectAgain(
  { store, look }: { readonly store: Store; readonly look: LookAgain },
  input: CheckInput,
): Promise<SubjectCheck> {
  const db = inspectionDb(store);
  const { roundId, kind, subjectId, ruleId, at, signal } = input;
  const round = await requireRoundById(db, roundId);
  const [found] = await findRoundSubjects(db, roundId, kind, [subjectId]);
  if (!found) throw new UserError('subject.unknown', '该对象不在本批次的检查范围内。');
  const rule = round.ruleset.rules.find(({ id }) => id === ruleId);
  if (rule === undefined || rule.judgedBy === 'person' || ruleId === REACHABILITY)
    return { id: null, judgement: unjudged(rule) };
  const subject = await withPresentAddress(store, found.subject);
  const looked = await look({ round, subject, at, signal });
  const facts = await factsAround(db, round, { ...found, subject, monitoredAt: at }, looked.facts);
  const judged = judgeSubject(round.ruleset, INDICATORS, facts, kind);
  const judgement = judged.find((each) => each.ruleId === ruleId)?.judgement ?? unjudged(rule);
  const id = await keepCheck(store, { input, judgement, facts, index: looked.index });
  return { id, judgement };
}

const unjudged = (rule: Rule | undefined): Judgement => ({
  status: 'undetermined',
  reason:
    rule?.id === REACHABILITY
      ? '这一条要连续监测一周才能判定，一次复看不够；请人工多次访问确认，或在下一批次里再看'
      : '这一条由人判定，系统不能复核；请打开对象，人工核对',
  missing: [],
});

/** Whoever moved a site to another address mended it there. */
async function withPresentAddress(store: Store, subject: Site | Account): Promise<Site | Account> {
  if (subject.kind === 'account') {
    const now = await findAccount(store.db, subject.id);
    return now === null ? subject : { ...subject, name: now.name, accountId: now.accountId };
  }
  const { rows } = await sql<{ homeUrl: string }>`
    select home_url as "homeUrl" from site where id = ${subject.id}`.execute(store.db);
  return { ...subject, ...rows[0] };
}

async function factsAround(
  db: InspectionDb,
  round: Round,
  target: Parameters<typeof commonFacts>[0],
  looked: readonly NewFact[],
): Promise<FactSet> {
  const { subject, monitoredAt: at } = target;
  const register =
    subject.kind === 'account'
      ? ((await accountRegisterFacts(db, round.id, [subject], at)).get(subject.id) ?? [])
      : [];
  const before = (await loadFacts(db, round.id, subject.kind, [subject.id])).get(subject.id) ?? {};
  const week = OF_THE_WEEK.flatMap((key) => (before[key] ? [[key, before[key]] as const] : []));
  const now = [...commonFacts(target, at), ...register, ...looked].map(
    ({ key, ...fact }) => [key, fact] as const,
  );
  return Object.fromEntries([...week, ...now]) as FactSet;
}

/** Only what the rule read is kept: that is what it can be judged by again. */
async function keepCheck(
  store: Store,
  {
    input: { roundId, kind, subjectId, ruleId, at },
    judgement,
    facts,
    index,
  }: {
    readonly input: CheckInput;
    readonly judgement: Judgement;
    readonly facts: FactSet;
    readonly index: (trx: unknown) => Promise<void>;
  },
): Promise<number> {
  const finding = {
    id: 0,
    kind,
    subjectId,
    ruleId,
    judgement,
    source: 'machine',
    review: 'open',
  } as const;
  const read = factsOf(finding, facts);
  return inTransaction(store, async (trx) => {
    await index(trx);
    const row = await trx
      .insertInto('subject_check')
      .values({
        ...{ round_id: roundId, kind, subject_id: subjectId, rule_id: ruleId, looked_at: at },
        ...{ status: judgement.status, judgement: storableJson(judgement) },
        ...{
          facts: storableJson(read),
          payloads: JSON.stringify(payloadsOf(finding, read, facts)),
        },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

/** Payloads of looks again at subjects of a round: retention keeps them as it keeps those of findings. */
export async function checkedPayloads(db: InspectionDb, roundId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('subject_check')
    .select('payloads')
    .where('round_id', '=', roundId)
    .execute();
  return rows.flatMap(({ payloads }) => payloads as unknown as string[]);
}
