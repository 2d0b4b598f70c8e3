import { type Kysely, sql } from 'kysely';
import { type Acting, assertSees } from '../../domain/acting.ts';
import { ENDED_STATUSES, type SubjectKind } from '../../domain/subject.ts';
import { UserError } from '../../lib/pure/errors.ts';

/** A site or an account as the register has it, as far as somebody answers for it. */
export interface DutySubject {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  /** Its code; platform and account id of an account. */
  readonly identity: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly order: number;
}

/** Nobody needs to answer for what is over. */
export const ended = sql.join(ENDED_STATUSES.map((status) => sql.lit(status)));

/** Everything in the register that is not over. */
export const SUBJECTS = sql`
  select 'site' as kind, t.id, t.name, t.site_code as identity, t.sponsor_id as "unitId", t.registry_order as "order"
    from site t where t.status not in (${ended})
  union all
  select 'account', t.id, t.name, t.platform || ' ' || t.account_id, t.sponsor_id, t.registry_order
    from account t where t.status not in (${ended})`;

export interface SubjectKey {
  readonly kind: SubjectKind;
  readonly subjectId: number;
}

/** Throws {@link UserError} `duty.unknown`, also for what lies outside of somebody's sight, and for what is over. */
export async function requireSubject<Tables>(
  db: Kysely<Tables>,
  acting: Acting,
  { kind, subjectId }: SubjectKey,
): Promise<DutySubject> {
  const unknown = (): UserError =>
    new UserError('duty.unknown', kind === 'site' ? '没有这个网站。' : '没有这个账号。');
  const { rows } = await sql<DutySubject>`
    select s.*, u.name as "unitName" from (${SUBJECTS}) s join unit u on u.id = s."unitId"
     where s.kind = ${kind} and s.id = ${subjectId}`.execute(db);
  const [subject] = rows;
  if (subject === undefined) throw unknown();
  assertSees(acting, subject.unitId, unknown);
  return subject;
}

/** As the audit trail names it. */
export const trailSubject = ({ kind, identity }: DutySubject): string => `${kind}:${identity}`;
