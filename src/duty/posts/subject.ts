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
  /** Closed or moved away: nobody needs to answer for it any more, and what was is still read. */
  readonly isEnded: boolean;
}

const ended = sql`t.status in (${sql.join(ENDED_STATUSES.map((status) => sql.lit(status)))})`;
const registered = (where: typeof ended) => sql`
  select 'site' as kind, t.id, t.name, t.site_code as identity, t.sponsor_id as "unitId", t.registry_order as "order",
         ${ended} as "isEnded"
    from site t where ${where}
  union all
  select 'account', t.id, t.name, t.platform || ' ' || t.account_id, t.sponsor_id, t.registry_order, ${ended}
    from account t where ${where}`;

/** Everything in the register that is not over: nobody needs to answer for what is. */
export const SUBJECTS = registered(sql`not ${ended}`);
/** Also what is over: who answered for it is read afterwards. */
export const EVERY_SUBJECT = registered(sql`true`);

export interface SubjectKey {
  readonly kind: SubjectKind;
  readonly subjectId: number;
}

/** Throws {@link UserError} `duty.unknown`, also for what lies outside of somebody's sight, and for what is not `among` those asked for. */
export async function requireSubject<Tables>(
  db: Kysely<Tables>,
  acting: Acting,
  { kind, subjectId }: SubjectKey,
  among = SUBJECTS,
): Promise<DutySubject> {
  const unknown = (): UserError =>
    new UserError('duty.unknown', kind === 'site' ? '没有这个网站。' : '没有这个账号。');
  const { rows } = await sql<DutySubject>`
    select s.*, u.name as "unitName" from (${among}) s join unit u on u.id = s."unitId"
     where s.kind = ${kind} and s.id = ${subjectId}`.execute(db);
  const [subject] = rows;
  if (subject === undefined) throw unknown();
  assertSees(acting, subject.unitId, unknown);
  return subject;
}

/** As the audit trail names it. */
export const trailSubject = ({ kind, identity }: DutySubject): string => `${kind}:${identity}`;
