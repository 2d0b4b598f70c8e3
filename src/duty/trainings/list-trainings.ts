import { type Kysely, sql } from 'kysely';
import { type Acting, assertMay, may, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { within } from '../within.ts';
import { unknownTraining } from './record-training.ts';
import type { TrainingFields, TrainingPart } from './training.ts';

export interface ListedTraining extends TrainingFields {
  readonly id: number;
  readonly organiserId: number;
  readonly organiserName: string;
  readonly withdrawnOn: CalendarDate | null;
  readonly version: number;
  /** Of one's own sight: units that took part, and people (人次). */
  readonly units: number;
  readonly people: number;
  readonly files: number;
}

export interface TrainingView extends ListedTraining {
  readonly recordedBy: string;
  readonly recordedAt: Instant;
  readonly withdrawReason: string;
  /** Within one's sight. */
  readonly parts: readonly (TrainingPart & { readonly unitName: string })[];
  readonly attached: readonly {
    readonly id: number;
    readonly name: string;
    readonly bytes: number;
    readonly addedBy: string;
  }[];
  readonly mayEdit: boolean;
}

export interface TrainingFilter {
  readonly year?: number | undefined;
  readonly kind?: string | undefined;
  readonly q?: string | undefined;
  /** Organised by one of them, or one took part. */
  readonly unitIds?: readonly number[] | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** A session is seen by who looks after its organiser, and by who looks after a unit that took part. */
const seen = (acting: Acting) => sql`(${within(acting, 't.organiser_id')}
  or exists (select 1 from training_part p where p.training_id = t.id and ${within(acting, 'p.unit_id')}))`;

const columns = (acting: Acting) => sql`
  t.id, t.organiser_id as "organiserId", u.name as "organiserName", t.subject, t.held_on as "heldOn", t.teacher,
  t.hours::float8 as hours, t.kind, t.withdrawn_on as "withdrawnOn", t.version,
  (select count(distinct p.unit_id)::int from training_part p where p.training_id = t.id and ${within(acting, 'p.unit_id')}) as units,
  (select coalesce(sum(p.people), 0)::int from training_part p where p.training_id = t.id and ${within(acting, 'p.unit_id')}) as people,
  (select count(*)::int from training_file f where f.training_id = t.id) as files`;

function conditionsOf(acting: Acting, { year, kind, q, unitIds }: TrainingFilter) {
  const units = arrayLiteral(unitIds ?? []);
  return sql.join(
    [
      seen(acting),
      ...(year === undefined
        ? []
        : [
            sql`t.held_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)`,
          ]),
      ...(kind === undefined ? [] : [sql`t.kind = ${kind}`]),
      ...(q === undefined || q === ''
        ? []
        : [sql`(position(${q} in t.subject) > 0 or position(${q} in t.teacher) > 0)`]),
      ...(unitIds === undefined
        ? []
        : [
            sql`(t.organiser_id = any(${units}::int[]) or exists (
              select 1 from training_part p where p.training_id = t.id and p.unit_id = any(${units}::int[])))`,
          ]),
    ],
    sql` and `,
  );
}

/** Sessions within somebody's sight, the latest first. Throws {@link UserError} `identity.forbidden`. */
export async function listTrainings(
  { store }: StoreDeps,
  acting: Acting,
  filter: TrainingFilter,
): Promise<{ items: ListedTraining[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'duty.read');
  const where = conditionsOf(acting, filter);
  const { rows } = await sql<ListedTraining>`
    select ${columns(acting)} from training t join unit u on u.id = t.organiser_id where ${where}
     order by t.held_on desc, t.id desc limit ${filter.limit} offset ${filter.offset}`.execute(
    store.db,
  );
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from training t where ${where}`.execute(store.db);
  return { items: rows, total: counted.rows[0]?.total ?? 0, totalIsExact: true };
}

/** One session. Throws {@link UserError} `identity.forbidden`, `training.unknown`, also for what one may not see. */
export async function readTraining(
  { store }: StoreDeps,
  acting: Acting,
  { id }: { readonly id: number },
): Promise<TrainingView> {
  assertMay(acting, 'duty.read');
  const { rows } = await sql<Omit<TrainingView, 'parts' | 'attached' | 'mayEdit'>>`
    select ${columns(acting)}, t.recorded_by as "recordedBy", t.recorded_at as "recordedAt", t.withdraw_reason as "withdrawReason"
      from training t join unit u on u.id = t.organiser_id where t.id = ${id} and ${seen(acting)}`.execute(
    store.db,
  );
  const [row] = rows;
  if (row === undefined) throw unknownTraining();
  const isMine = isInScope(scopeOf(acting), row.organiserId);
  return {
    ...row,
    ...{
      parts: await partsOf(store.db, acting, [id]),
      mayEdit: isMine && may(acting, 'duty.edit'),
    },
    // Files name whoever took part, of other units too: they are for who looks after the whole.
    attached: isMine ? await filesOf(store.db, id) : [],
  };
}

/** Who took part in some sessions, within somebody's sight. */
export async function partsOf<Tables>(
  db: Kysely<Tables>,
  acting: Acting,
  ids: readonly number[],
): Promise<(TrainingPart & { readonly trainingId: number; readonly unitName: string })[]> {
  const { rows } = await sql<TrainingPart & { trainingId: number; unitName: string }>`
    select p.training_id as "trainingId", p.unit_id as "unitId", u.name as "unitName", p.person, p.people, p.score, p.passed
      from training_part p join unit u on u.id = p.unit_id
     where p.training_id = any(${arrayLiteral(ids)}::int[]) and ${within(acting, 'p.unit_id')}
     order by p.training_id, p.unit_id, p.id`.execute(db);
  return rows;
}

async function filesOf<Tables>(db: Kysely<Tables>, id: number): Promise<TrainingView['attached']> {
  const { rows } = await sql<TrainingView['attached'][number]>`
    select id, name, bytes, added_by as "addedBy" from training_file where training_id = ${id} order by id`.execute(
    db,
  );
  return rows;
}
