import { z } from 'zod';
import { personOf } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { FINDING_SORTS, type FindingFilter, type FindingSort } from '../queue/finding-filter.ts';
import type { FindingOrder } from '../queue/list-findings.ts';
import { seek } from '../read/find-words.ts';
import { newestRound, requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { CONTEST_STATE, REVIEW_STATE, STATUS } from './finding-views.ts';
import { KIND, narrowedTo, PERIOD, sortBy, UNIT_ID, WORDS } from './list-query.ts';

/** What narrows and orders the list of findings; a finding's neighbours are found under the same. */
export const FINDING_QUERY = {
  period: PERIOD.optional().describe('不写：最新的批次'),
  status: z
    .enum([...STATUS.options, 'all'])
    .optional()
    .describe('不写：成立的和无法判定的'),
  review: REVIEW_STATE.optional(),
  kind: KIND.optional(),
  ruleId: z.string().min(1).max(100).optional(),
  unitId: UNIT_ID.optional(),
  q: WORDS.optional(),
  contested: CONTEST_STATE.optional(),
  mine: z
    .enum(['waiting', 'decided'])
    .optional()
    .describe('waiting：等我审核的；decided：我作过决定的'),
  sort: sortBy(FINDING_SORTS, 'id'),
};

const FindingQuery = z.strictObject(FINDING_QUERY);

export interface AskedFindings {
  readonly round: Round;
  readonly filter: FindingFilter;
  readonly order: FindingOrder;
}

/** The round and filter that a query means for somebody; null when there is no round yet. Throws `round.unknown`. */
export async function readFindingQuery(
  db: InspectionDb,
  actor: Actor,
  query: z.infer<typeof FindingQuery>,
): Promise<AskedFindings | null> {
  const round = query.period ? await requireRound(db, query.period) : await newestRound(db);
  return round && { round, ...(await readFilter(db, actor, round, query)) };
}

async function readFilter(
  db: InspectionDb,
  actor: Actor,
  round: Round,
  query: z.infer<typeof FindingQuery>,
): Promise<Omit<AskedFindings, 'round'>> {
  const { status, review, kind, ruleId, q, contested, mine, sort } = query;
  const filter: FindingFilter = {
    roundId: round.id,
    scope: actor.scope,
    statuses:
      status === undefined
        ? ['breached', 'undetermined']
        : status === 'all'
          ? STATUS.options
          : [status],
    ...(review ? { reviews: [review] } : {}),
    ...(kind ? { kind } : {}),
    ...(ruleId ? { ruleId } : {}),
    ...(q ? { sought: await seek(db, q) } : {}),
    ...(contested ? { contested } : {}),
    ...(mine ? { mine: { how: mine, person: personOf(actor) } } : {}),
    ...(await narrowedTo(db, query.unitId)),
  };
  const by = sort.replace(/^-/, '') as FindingSort;
  return { filter, order: { by, descending: sort.startsWith('-') } };
}
