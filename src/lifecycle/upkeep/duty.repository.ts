import { sql } from 'kysely';
import type { SubjectStatus } from '../../domain/subject.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { LifecycleDb } from '../lifecycle-db.ts';
import type { Month } from './duty.ts';

export type DutyState = 'open' | 'confirmed' | 'void';

export interface Duty {
  readonly id: number;
  readonly month: Month;
  readonly unitId: number;
  readonly unitName: string;
  readonly dueOn: CalendarDate;
  readonly state: DutyState;
  readonly madeAt: Instant;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Instant | null;
  readonly note: string;
}

/** Columns of a duty under the alias `d`, its unit under `u`. */
export const DUTY_COLUMNS = sql`d.id, d.month, d.unit_id as "unitId", u.name as "unitName",
  d.due_on as "dueOn", d.state, d.made_at as "madeAt", d.confirmed_by as "confirmedBy",
  d.confirmed_at as "confirmedAt", d.note`;

export async function findDuty(db: LifecycleDb, id: number): Promise<Duty | null> {
  const { rows } = await sql<Duty>`
    select ${DUTY_COLUMNS} from upkeep_duty d join unit u on u.id = d.unit_id where d.id = ${id}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The same, held until the transaction ends. */
export async function lockDuty(db: LifecycleDb, id: number): Promise<Duty | null> {
  await sql`select 1 from upkeep_duty where id = ${id} for update`.execute(db);
  return findDuty(db, id);
}

/** `gone`: the subject is closed, or another unit's, since the duty was made. */
export type ItemAnswer = 'unchanged' | 'corrected' | 'reported' | 'gone';

export interface DutyItem {
  readonly kind: 'site' | 'account';
  readonly subjectId: number;
  /** As it was called when the duty was made. */
  readonly name: string;
  readonly answer: ItemAnswer | null;
  readonly caseId: number | null;
  readonly note: string;
  /** Whether there is still something to confirm. */
  readonly isLive: boolean;
  /** For a paused account: until when it was to be, as its case says. */
  readonly suspendedUntil: CalendarDate | null;
  /** As the register has it now. */
  readonly values: SubjectValues | null;
}

export interface SubjectValues {
  readonly name: string;
  readonly status: SubjectStatus;
  /** Site code or account id. */
  readonly identity: string;
  /** The platform of an account, the home page of a site. */
  readonly place: string;
  /** Who answers for an account and how to reach it, as far as the register says; nothing of sites. */
  readonly responsible: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
  readonly functions: string | null;
}

/** Items of one unit's duty: a unit looks after some dozens. */
const ITEMS_MAX = 2_000;

export async function itemsOf(db: LifecycleDb, dutyId: number): Promise<DutyItem[]> {
  const { rows } = await sql<Omit<DutyItem, 'values'> & { readonly values: SubjectValues | null }>`
    select i.kind, i.subject_id as "subjectId", i.name, i.answer, i.case_id as "caseId", i.note,
           case when i.kind = 'account' and r.status = 'suspended' then (
             select c.form->>'until' from account_case c
              where c.account_id = i.subject_id and c.kind = 'suspend' and c.state = 'done' order by c.id desc limit 1)
           end as "suspendedUntil",
           coalesce(r.status in ('running', 'suspended', 'closing') and r.sponsor_id = d.unit_id, false) as "isLive",
           case when r.id is null then null
                else jsonb_build_object('name', r.name, 'status', r.status, 'identity', r.identity, 'place', r.place,
                  'responsible', k.responsible, 'contact', k.contact, 'phone', k.phone, 'functions', k.functions) end as values
      from upkeep_item i
      join upkeep_duty d on d.id = i.duty_id
      left join lateral (
        select id, name, status, sponsor_id, site_code as identity, home_url as place from site
         where i.kind = 'site' and id = i.subject_id
        union all
        select id, name, status, sponsor_id, account_id, platform from account
         where i.kind = 'account' and id = i.subject_id) r on true
      left join account_record k on i.kind = 'account' and k.account_id = i.subject_id
     where i.duty_id = ${dutyId} order by i.kind desc, i.subject_id limit ${ITEMS_MAX}`.execute(db);
  return rows;
}
