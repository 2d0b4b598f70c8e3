import { sql } from 'kysely';
import { freezeRound } from '../../src/inspection/freeze-round.ts';
import { inspectionDb } from '../../src/inspection/inspection-db.ts';
import { answerContest, contestFinding } from '../../src/inspection/review/contest-finding.ts';
import { requireRound } from '../../src/inspection/round.repository.ts';
import type { Instant } from '../../src/lib/pure/dates.ts';
import { UserError } from '../../src/lib/pure/errors.ts';
import { showFindings } from '../../src/rectification/contest/show-findings.ts';
import { contestDesk, type RectificationDeps } from '../../src/rectification/index.ts';
import { actorWith } from '../../src/testing/as-actor.ts';
import type { FreezeTried } from './read-log.ts';
import type { Act, ContestDo, ScenarioRound } from './scenario.ts';

const CONTEST_DOES: readonly string[] = ['object', 'acceptObjection', 'rejectObjection'];
export const isContestDo = (does: Act['do']): does is ContestDo => CONTEST_DOES.includes(does);

const SUPERVISOR = actorWith({ userId: 1, name: '主管' });
type SubjectOf = (name: string) => { readonly kind: 'site' | 'account'; readonly id: number };

/** What office and units do about a round before it is published, by the product's own operations. */
export class ContestOffice {
  readonly #deps: RectificationDeps & { readonly contestDesk: ReturnType<typeof contestDesk> };
  readonly #subjectOf: SubjectOf;
  #texts = 0;

  constructor(deps: RectificationDeps, subjectOf: SubjectOf) {
    this.#deps = { ...deps, contestDesk: contestDesk(deps.rectification) };
    this.#subjectOf = subjectOf;
  }

  /** How two people review is told by other tests. */
  async confirm({ key, breaches }: ScenarioRound, day: string): Promise<void> {
    const due = breaches.filter(({ confirmedOn }) => confirmedOn === day);
    if (due.length === 0) return;
    const db = inspectionDb(this.#deps.store);
    const { id } = await requireRound(db, key);
    for (const { subject: name, rule } of due) {
      const subject = this.#subjectOf(name);
      await sql`update finding set review = 'confirmed'
        where round_id = ${id} and kind = ${subject.kind} and subject_id = ${subject.id} and rule_id = ${rule}`.execute(
        db,
      );
    }
  }

  async show(period: string, at: Instant): Promise<void> {
    await showFindings(this.#deps, SUPERVISOR, { period, at });
    // Done twice it is done once.
    await showFindings(this.#deps, SUPERVISOR, { period, at });
  }

  async freeze(period: string, endContests: string | null, at: Instant): Promise<FreezeTried[]> {
    const before = await requireRound(inspectionDb(this.#deps.store), period);
    try {
      await freezeRound(this.#deps, SUPERVISOR, {
        ...{ period, confirmAll: null, leaveUndetermined: null, endContests, at },
      });
      return before.state === 'frozen' ? [] : [{ at, period, succeeded: true }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [{ at, period, succeeded: false }];
    }
  }

  /** Throws UserError where it is refused. */
  async act(act: {
    readonly finding: string;
    readonly do: ContestDo;
    readonly at: Instant;
  }): Promise<void> {
    const { at } = act;
    const finding = await this.#findingOf(act.finding);
    if (act.do === 'object') {
      this.#texts += 1;
      const text = `第${this.#texts}次说明：检查期内已经更新，请复核。`;
      const { unitId, unitName } = finding;
      const unit = actorWith({
        userId: 4,
        name: '单位',
        unitId,
        unitName,
        scope: new Set([unitId]),
      });
      await contestFinding(this.#deps, unit, { findingId: finding.id, text, at });
      return;
    }
    const { rows } = await sql<{ id: number }>`
      select id from contest where finding_id = ${finding.id} order by id desc limit 1`.execute(
      this.#deps.store.db,
    );
    await answerContest(this.#deps, SUPERVISOR, {
      ...{ contestId: rows[0]?.id ?? 0, note: '已核对存档。', at },
      decision: act.do === 'acceptObjection' ? 'uphold' : 'dismiss',
    });
  }

  async #findingOf(key: string): Promise<{ id: number; unitId: number; unitName: string }> {
    const [period, name, rule] = key.split('/') as [string, string, string];
    const { kind, id } = this.#subjectOf(name);
    const { rows } = await sql<{ id: number; unitId: number; unitName: string }>`
      select f.id, u.id as "unitId", u.name as "unitName" from finding f
        join round r on r.id = f.round_id
        join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
        join unit u on u.id = (s.subject->>'sponsorId')::int
       where r.period = ${period} and f.kind = ${kind} and f.subject_id = ${id} and f.rule_id = ${rule}`.execute(
      this.#deps.store.db,
    );
    if (rows[0] === undefined) throw new Error(`no finding ${key}`);
    return rows[0];
  }
}
