import { sql } from 'kysely';
import { type Acting, assertMay, nameOf, personOf } from '../../domain/acting.ts';
import type { Judgement } from '../../domain/finding.ts';
import { recordAudit } from '../../identity/index.ts';
import { withRound } from '../../inspection/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import { caseRule } from '../cases/find-openings.ts';
import { topUnit } from '../cases/open-cases.ts';
import { keepPolicy } from '../cases/policies.ts';
import type { RectificationTrx } from '../cases/step-case.ts';
import { type Deadline, deadlineAfter } from '../clock/deadline.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { tellPeople } from '../tell-people.ts';
import type { ShownFinding } from './letter.ts';
import { keepContestLetterWords } from './letter-words.ts';
import { letterDraft } from './tell-contests.ts';

export interface ShownFindings {
  readonly period: string;
  readonly letters: number;
  readonly findings: number;
  /** Breaches that nobody has confirmed yet: no letter says them. */
  readonly unconfirmed: number;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
}

interface Round {
  readonly id: number;
  readonly ruleset: Parameters<typeof caseRule>[0];
}
type Shown = ShownFinding & { readonly unitId: number };

/** A round holds at most so many breaches; more than every subject of a province under several rules. */
const FINDINGS_MAX = 100_000;

/**
 * Shows each unit what people confirmed of it, in one letter with days of its own, while the round is reviewed. What was shown is not shown again:
 * run again it writes letters only for what came since. Throws {@link UserError} `round.unknown`, `contest.round`, `identity.forbidden`.
 */
export async function showFindings(
  { store, rectification: policy }: Pick<RectificationDeps, 'store' | 'rectification'>,
  acting: Acting,
  input: { readonly period: string; readonly at: Instant },
): Promise<ShownFindings> {
  assertMay(acting, 'rectification.open');
  const { workdays } = policy.contest;
  const deadline = deadlineAfter(shanghaiDate(input.at), workdays);
  return withRound(store, input.period, async ({ trx: ofRound, round }) => {
    // The same transaction, seen with this room’s tables.
    const trx = ofRound as unknown as RectificationTrx;
    if (round.state !== 'reviewing')
      throw new UserError(
        'contest.round',
        `批次 ${round.period} 不在审核期间；判定完成以后、冻结以前才能把问题给单位核对。`,
        { family: 'state', field: 'period' },
      );
    // Numbers of letters follow one another, whatever the round.
    await lockInTransaction(trx, 'contest.show');
    const found = await findUnshown(trx, round);
    const policyId = await keepPolicy(trx, policy);
    const made = { acting, deadline, policyId, policy, roundId: round.id, at: input.at };
    const letters = await insertLetters(trx, found, made);
    const ids = letters.map(({ id }) => id);
    await keepContestLetterWords(trx, ids, input.at);
    await tellPeople(
      trx,
      letters.map(({ id, number, unitId, findings }) =>
        letterDraft({ ...{ id, number, unitId, deadline }, findings: findings.length }),
      ),
      input.at,
    );
    const unconfirmed = await countUnconfirmed(trx, round);
    const shown = { letters: letters.length, findings: found.length, unconfirmed };
    if (letters.length > 0)
      await recordAudit(trx, {
        ...{ actor: nameOf(acting), action: 'contest.show', subject: `round:${round.period}` },
        detail: {
          ...{ deadline: deadline.on, provisional: deadline.provisional, policy: policy.id },
          numbers: letters.map(({ number }) => number),
        },
        ...{ before: null, after: shown },
      });
    const { on: deadlineOn, provisional } = deadline;
    return { period: round.period, ...shown, deadlineOn, provisional };
  });
}

/** Confirmed breaches that were never shown, by unit. */
async function findUnshown(trx: RectificationTrx, round: Round): Promise<Shown[]> {
  const { rows } = await sql<
    Omit<Shown, 'label' | 'clause' | 'locator' | 'excerpt'> & {
      readonly ruleId: string;
      readonly judgement: Judgement;
    }
  >`
    select f.id as "findingId", f.kind, f.rule_id as "ruleId", f.judgement, (s.subject->>'sponsorId')::int as "unitId",
           s.subject->>'name' as name, coalesce(s.subject->>'siteCode', s.subject->>'accountId', '') as identity,
           coalesce(s.subject->>'homeUrl', s.subject->>'platform', '') as place
      from finding f
      join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
     where f.round_id = ${round.id} and f.status = 'breached' and f.review = 'confirmed' and s.checked
       and f.rule_id = any(${ruleIds(round)}::text[])
       and not exists (select 1 from contest_letter_finding l where l.finding_id = f.id)
     order by "unitId", f.id limit ${FINDINGS_MAX}`.execute(trx);
  return rows.map(({ ruleId, judgement, ...row }) => {
    const { label, clause } = caseRule(round.ruleset, ruleId);
    const [seen] = judgement.status === 'breached' ? judgement.evidence : [];
    return { ...row, label, clause, locator: seen?.locator ?? '', excerpt: seen?.excerpt ?? '' };
  });
}

/** Rules of which a bulletin names whoever breaches them. */
const ruleIds = ({ ruleset }: Round): string =>
  arrayLiteral(
    ruleset.rules.filter(({ part }) => part === 'veto' || part === 'deduct').map(({ id }) => id),
  );

async function countUnconfirmed(trx: RectificationTrx, round: Round): Promise<number> {
  const { rows } = await sql<{ findings: number }>`
    select count(*)::int as findings from finding f
      join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
     where f.round_id = ${round.id} and f.status = 'breached' and f.review in ('open', 'once') and s.checked
       and f.rule_id = any(${ruleIds(round)}::text[])`.execute(trx);
  return rows[0]!.findings;
}

interface Made {
  readonly acting: Acting;
  readonly deadline: Deadline;
  readonly policyId: number;
  readonly policy: RectificationDeps['rectification'];
  readonly roundId: number;
  readonly at: Instant;
}

interface NewLetter {
  readonly id: number;
  readonly number: string;
  readonly unitId: number;
  readonly findings: readonly Shown[];
}

async function insertLetters(
  trx: RectificationTrx,
  found: readonly Shown[],
  { acting, deadline, policyId, policy, roundId, at }: Made,
): Promise<NewLetter[]> {
  const by = personOf(acting);
  const year = Number(deadline.setOn.slice(0, 4));
  const issuer = policy.issuer === '' ? await topUnit(trx) : policy.issuer;
  const last = await sql<{ serial: number }>`
    select coalesce(max(serial), 0)::int as serial from contest_letter where year = ${year}`.execute(
    trx,
  );
  let serial = last.rows[0]?.serial ?? 0;
  const letters: NewLetter[] = [];
  for (const unitId of new Set(found.map((each) => each.unitId))) {
    serial += 1;
    const number = `${policy.contest.numberPrefix}〔${year}〕${serial}号`;
    const { rows } = await sql<{ id: number }>`
      insert into contest_letter (round_id, unit_id, policy_id, year, serial, number, issuer, shown_on, deadline_on, provisional,
             answer_workdays, made_by, made_by_id, made_at)
      values (${roundId}, ${unitId}, ${policyId}, ${year}, ${serial}, ${number}, ${issuer}, ${deadline.setOn}::date,
              ${deadline.on}::date, ${deadline.provisional}, ${policy.contest.answerWorkdays}, ${by.name}, ${by.userId},
              ${at}::timestamptz)
      returning id`.execute(trx);
    const findings = found.filter((each) => each.unitId === unitId);
    const { id } = rows[0]!;
    await sql`
      insert into contest_letter_finding (finding_id, letter_id, shown)
      select finding_id, ${id}, shown::jsonb
        from unnest(${arrayLiteral(findings.map(({ findingId }) => findingId))}::int[],
                    ${arrayLiteral(findings.map(({ unitId: _, ...shown }) => JSON.stringify(shown)))}::text[])
             as f (finding_id, shown)`.execute(trx);
    letters.push({ id, number, unitId, findings });
  }
  return letters;
}
