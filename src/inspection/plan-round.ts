import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import type { Period } from '../domain/period.ts';
import type { Ruleset } from '../domain/ruleset.ts';
import type { Subject, SubjectKind } from '../domain/subject.ts';
import { recordAudit } from '../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiText } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listAccounts, listSites } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { type InspectionDb, inRoundTransaction } from './inspection-db.ts';
import { findRound, insertRound, insertRoundSubjects, requireRound } from './round.repository.ts';
import type { Coverage, KindCoverage, Round } from './round.ts';
import { isClosed, stateWords } from './round.ts';
import { keepRegister } from './round-register.repository.ts';
import { matchSample, type SampleRow } from './sample-file.ts';
import { drawSample } from './sample-subjects.ts';
import { assertWalksNow, NO_WHOLE_SITES, type WholeSites, wholeSitesWords } from './whole-sites.ts';

export interface PlanInput {
  readonly period: Period;
  readonly window: readonly [CalendarDate, CalendarDate];
  /** Default monitoring time; a subject of the register may carry its own. */
  readonly monitoredAt: Instant;
  readonly ruleset: Ruleset;
  readonly clock: 'live' | 'replay';
  readonly coverage: Coverage;
  /** Rows of a sample file when a kind is covered by list. */
  readonly sampleRows: readonly SampleRow[];
  readonly resolveRules: readonly string[];
  /** Sites that are walked whole; none without it. */
  readonly wholeSites?: WholeSites;
  readonly at: Instant;
  /** Refuses the period when it has a round already, instead of finding that. */
  readonly isNew?: boolean;
}

/**
 * Plans a round, or finds the one that an earlier call began: then everything that would change its results must be the
 * same, or a {@link UserError} `round.different` names what differs. Subjects are the register's running ones.
 */
export async function planRound(
  deps: { store: Store },
  acting: Acting,
  input: PlanInput,
): Promise<Round> {
  assertMay(acting, 'round.run');
  assertWalksNow(input);
  return inRoundTransaction(deps.store, input.period.key, async (trx) => {
    const existing = await findRound(trx, input.period.key);
    if (existing && input.isNew)
      throw new UserError('round.exists', `已经有 ${existing.period} 这个批次。`, {
        family: 'state',
        field: 'period',
      });
    if (existing) {
      assertSamePlan(existing, input);
      return existing;
    }
    const chosen = await insertPlan(trx, input);
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'round.plan',
      subject: `round:${input.period.key}`,
      detail: {
        sites: chosen.site.size,
        accounts: chosen.account.size,
        ruleset: input.ruleset.id,
        coverage: input.coverage,
        resolve: input.resolveRules,
        wholeSites: input.wholeSites ?? NO_WHOLE_SITES,
      },
      after: {
        ...{ state: 'planned', window: input.window, monitoredAt: input.monitoredAt },
        ...{ rulesetHash: input.ruleset.hash, clock: input.clock },
      },
    });
    return requireRound(trx, input.period.key);
  });
}

async function insertPlan(trx: InspectionDb, input: PlanInput) {
  const registered = [...(await listSites(trx)), ...(await listAccounts(trx))];
  const subjects = registered.filter((subject) => subject.status === 'running');
  if (subjects.length === 0)
    throw new UserError(
      'round.empty-register',
      '名录里没有正常运行的网站或新媒体；请先运行 xunjian registry import。',
      { family: 'state' },
    );
  const chosen = {
    site: chooseSubjects(subjects, 'site', input),
    account: chooseSubjects(subjects, 'account', input),
  };
  const roundId = await insertRound(trx, {
    period: input.period.key,
    label: input.period.label,
    window: input.window,
    monitoredAt: input.monitoredAt,
    ruleset: input.ruleset,
    clock: input.clock,
    coverage: input.coverage,
    wholeSites: input.wholeSites ?? NO_WHOLE_SITES,
    resolveRules: input.resolveRules,
    createdAt: input.at,
  });
  await insertRoundSubjects(
    trx,
    roundId,
    subjects.map((subject) => ({
      subject,
      checked: chosen[subject.kind].has(subject.id),
      monitoredAt: subject.monitoredAt ?? input.monitoredAt,
    })),
  );
  await keepRegister(trx, roundId, registered);
  return chosen;
}

function chooseSubjects(
  subjects: readonly Subject[],
  kind: SubjectKind,
  input: PlanInput,
): ReadonlySet<number> {
  const ofKind = subjects.filter((subject) => subject.kind === kind);
  const coverage: KindCoverage = kind === 'site' ? input.coverage.sites : input.coverage.accounts;
  if (coverage.mode === 'census') return new Set(ofKind.map((subject) => subject.id));
  if (coverage.by === 'ratio') return drawSample(ofKind, coverage.percent, coverage.seed);
  return matchSample(ofKind, input.sampleRows);
}

function assertSamePlan(existing: Round, input: PlanInput): void {
  if (isClosed(existing.state)) {
    throw new UserError(
      'round.closed',
      `批次 ${existing.period} ${stateWords(existing.state)}，不能再运行。`,
      { family: 'state' },
    );
  }
  const differences: string[] = [];
  const compare = (what: string, before: string, now: string): void => {
    if (before !== now) differences.push(`${what}：原为 ${before}，这次是 ${now}`);
  };
  compare('采样时间', existing.window.join('..'), input.window.join('..'));
  if (existing.monitoredAt !== input.monitoredAt)
    differences.push(
      `监测时间点：原为 ${shanghaiText(existing.monitoredAt)}，这次是 ${shanghaiText(input.monitoredAt)}`,
    );
  compare(
    '规则集',
    `${existing.ruleset.id}@${existing.ruleset.hash.slice(0, 12)}`,
    `${input.ruleset.id}@${input.ruleset.hash.slice(0, 12)}`,
  );
  compare('时钟', existing.clock, input.clock);
  compare('检查范围', coverageKey(existing.coverage), coverageKey(input.coverage));
  compare(
    '全站普查',
    wholeSitesWords(existing.wholeSites),
    wholeSitesWords(input.wholeSites ?? NO_WHOLE_SITES),
  );
  if (differences.length > 0) {
    throw new UserError(
      'round.different',
      `批次 ${existing.period} 已按另外的设置开始；续跑要用同样的设置。`,
      { family: 'state', details: differences },
    );
  }
}

/** jsonb does not keep the order of keys, so coverage is compared by its parts. */
function coverageKey(coverage: Coverage): string {
  const part = (kind: KindCoverage): string => {
    if (kind.mode === 'census') return '全覆盖';
    return kind.by === 'ratio'
      ? `抽查${kind.percent}%（种子${kind.seed}）`
      : `抽查名单${kind.file}`;
  };
  return `网站${part(coverage.sites)}，新媒体${part(coverage.accounts)}`;
}
