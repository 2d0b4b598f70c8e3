import { type Acting, assertMay, assertSees, nameOf } from '../../domain/acting.ts';
import type { Evidence } from '../../domain/finding.ts';
import { isScored, type Rule } from '../../domain/ruleset.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { recordAudit } from '../../identity/index.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { insertPersonFinding, listFindings, updateReview } from '../finding.repository.ts';
import { type InspectionDb, inRoundTransaction } from '../inspection-db.ts';
import { findRoundSubjects, requireRound } from '../round.repository.ts';
import { isClosed, type Round, stateWords } from '../round.ts';
import { refreshVerdicts } from './refresh-verdicts.ts';

export interface EnterInput {
  readonly period: string;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly ruleId: string;
  /** URL or file of what was seen; at most 2,000 characters. */
  readonly locator: string;
  readonly excerpt: string;
  /** How many of them the evidence shows (按处扣分), 1 to 1,000; absent = one. Only scored rules count beyond one. */
  readonly occurrences?: number | undefined;
  readonly at: Instant;
}

const EXCERPT_MAX = 200;
const LOCATOR_MAX = 2_000;
const OCCURRENCES_MAX = 1_000;

/** A person enters a breach with evidence, for rules that no machine judges. Returns the finding's id. */
export async function enterFinding(
  deps: { store: Store },
  acting: Acting,
  input: EnterInput,
): Promise<number> {
  assertMay(acting, 'finding.enter');
  return inRoundTransaction(deps.store, input.period, async (trx) => {
    const round = await requireRound(trx, input.period);
    if (isClosed(round.state))
      throw new UserError(
        'round.closed',
        `批次 ${round.period} ${stateWords(round.state)}，不能再录入。`,
        { family: 'state' },
      );
    const rule = ruleOf(round, input);
    if (input.locator.trim() === '' || input.excerpt.trim() === '')
      throw new UserError('finding.evidence', '录入问题要有证据：位置和摘录都要写。', {
        field: input.locator.trim() === '' ? 'locator' : 'excerpt',
      });
    assertOccurrences(rule, input.occurrences ?? 1);
    await assertChecked(trx, acting, round, { ...input, rule });
    await settleUndetermined(trx, round.id, input, rule);
    const evidence: Evidence = {
      factId: `${input.subjectId}:person`,
      snapshot: null,
      locator: cutText(input.locator, LOCATOR_MAX),
      excerpt: cutText(input.excerpt, EXCERPT_MAX),
      capturedAt: input.at,
    };
    const id = await insertPersonFinding(trx, {
      roundId: round.id,
      kind: input.kind,
      subjectId: input.subjectId,
      ruleId: input.ruleId,
      judgement: {
        status: 'breached',
        occurrences: input.occurrences ?? 1,
        evidence: [evidence],
        // What a person and the machine both saw is one occurrence; so is what two people saw.
        ...(!isScored(rule) ? {} : { places: [evidence.locator] }),
      },
      source: nameOf(acting),
    });
    await refreshVerdicts(trx, round, input.kind, [input.subjectId]);
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'finding.enter',
      subject: `finding:${id}`,
      detail: { rule: input.ruleId, locator: input.locator },
      before: null,
      after: { status: 'breached', source: nameOf(acting) },
    });
    return id;
  });
}

function ruleOf(round: Round, input: EnterInput): Rule {
  const rule = round.ruleset.rules.find((candidate) => candidate.id === input.ruleId);
  if (!rule?.enabled)
    throw new UserError('finding.rule', `规则集 ${round.ruleset.id} 没有启用 ${input.ruleId}。`, {
      field: 'rule',
    });
  if (rule.part === 'notice')
    throw new UserError('finding.rule', `${input.ruleId} 是规范提示，不作为问题录入。`, {
      field: 'rule',
    });
  if ((rule.object !== 'new-media') !== (input.kind === 'site'))
    throw new UserError('finding.rule', `${input.ruleId} 不适用于该对象。`, { field: 'rule' });
  return rule;
}

function assertOccurrences(rule: Rule, occurrences: number): void {
  if (!Number.isSafeInteger(occurrences) || occurrences < 1 || occurrences > OCCURRENCES_MAX)
    throw new UserError('finding.occurrences', `处数要是 1 到 ${OCCURRENCES_MAX} 的整数。`, {
      field: 'occurrences',
    });
  if (!isScored(rule) && occurrences !== 1)
    throw new UserError('finding.occurrences', `“${rule.printedLabel}”不按处数计。`, {
      field: 'occurrences',
    });
}

async function assertChecked(
  db: InspectionDb,
  acting: Acting,
  round: Round,
  { kind, subjectId, rule }: EnterInput & { readonly rule: Rule },
): Promise<void> {
  const unknown = (): UserError =>
    new UserError('finding.subject', '该对象不在本批次的检查范围内。', { field: 'subjectId' });
  const [found] = await findRoundSubjects(db, round.id, kind, [subjectId]);
  if (!found?.checked) throw unknown();
  assertSees(acting, found.subject.sponsorId, unknown);
  const { subject } = found;
  if (rule.object === 'portal' && !(subject.kind === 'site' && subject.isPortal))
    throw new UserError(
      'finding.rule',
      `${rule.printedLabel}只评门户网站；名录里这个网站不是门户。`,
      {
        field: 'rule',
      },
    );
}

/**
 * What a person says settles what the machine left to people. A machine-judged veto takes a person's finding only in place of an undetermined one, which is thereby settled. The machine sees
 * but a part of what the scored rules ask (是否准确、是否规范), so a person may add to whatever it found.
 */
async function settleUndetermined(
  db: InspectionDb,
  roundId: number,
  input: EnterInput,
  rule: Rule,
): Promise<void> {
  const findings = await listFindings(db, roundId, {
    kind: input.kind,
    subjectId: input.subjectId,
    status: 'undetermined',
  });
  const unsettled = findings.find(
    (finding) => finding.ruleId === rule.id && finding.source === 'machine',
  );
  if (!unsettled && (isScored(rule) || rule.judgedBy === 'person')) return;
  if (!unsettled) {
    throw new UserError(
      'finding.rule',
      `${rule.printedLabel}由系统判定；只有系统无法判定时才接受人工录入。`,
      { field: 'rule' },
    );
  }
  await updateReview(db, unsettled.id, 'confirmed');
}
