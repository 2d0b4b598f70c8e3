import { type Kysely, sql } from 'kysely';
import { maskPersonal } from '../../domain/account-record.ts';
import { type Acting, assertMay, may, scopeOf } from '../../domain/acting.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { POST_SPECS, POSTS, type Post, REQUIRED_POSTS } from './post.ts';
import { type DutySubject, EVERY_SUBJECT, SUBJECTS } from './subject.ts';

/** One post of a site or account as it stands. */
export interface PostView {
  readonly post: Post;
  readonly title: string;
  /** Null: nobody holds it, or the register alone says who. */
  readonly holdingId: number | null;
  /** Empty: nobody is known. */
  readonly name: string;
  readonly office: string;
  readonly phone: string;
  /** Null where only the register says who. */
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
  readonly isExpired: boolean;
  /** A post that must be filled and is not, or whose days are over. */
  readonly isLacking: boolean;
  /** What an account's register says instead; null = the same, or nothing. */
  readonly registerSays: string | null;
}

export interface ListedChain extends Omit<DutySubject, 'isEnded'> {
  readonly posts: readonly PostView[];
  /** A hand-over that nobody has taken. */
  readonly handoverDueOn: CalendarDate | null;
  readonly isHandoverLate: boolean;
}

export const CHAIN_STANDS = ['lacking', 'handover', 'late', 'differs'] as const;

export interface ChainFilter {
  /** `lacking`: a post is missing or over; `handover`: one is under way; `late`: it should have been taken; `differs`: the register says otherwise. */
  readonly stands?: (typeof CHAIN_STANDS)[number] | undefined;
  readonly kind?: SubjectKind | undefined;
  readonly unitIds?: readonly number[] | undefined;
  /** In its name or identity, its unit's name, or a holder's name. */
  readonly q?: string | undefined;
  /** One alone, also when it is over. */
  readonly id?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly today: CalendarDate;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;

interface Row extends Omit<ListedChain, 'posts' | 'isHandoverLate'> {
  readonly held: readonly Omit<PostView, 'title' | 'isExpired' | 'isLacking' | 'registerSays'>[];
  readonly registered: Readonly<Partial<Record<Post, string>>>;
  readonly registeredPhone: string;
}

const registerColumn = (post: Post) =>
  sql.ref(
    `r.${{ leader: 'leader', responsible: 'responsible', onDuty: 'contact', operator: 'upkeep_company' }[post]}`,
  );

/** A required post that nobody holds today, and of which the register says nothing. */
const lacks = (post: Post, today: CalendarDate) => sql`
  not coalesce(h.posts ? ${post}, false) and ${registerColumn(post)} is null
  or (h.posts #>> array[${post}, 'validTo'])::date < ${today}::date`;
const differs = (post: Post) =>
  sql`h.posts ? ${post} and ${registerColumn(post)} is distinct from h.posts #>> array[${post}, 'name']`;

function conditionsOf(acting: Acting, filter: ChainFilter) {
  const { stands, kind, unitIds, q, id, today } = filter;
  const scope = scopeOf(acting);
  const any = (of: readonly ReturnType<typeof lacks>[]) => sql`(${sql.join(of, sql` or `)})`;
  return [
    ...(scope === 'all' ? [] : [sql`s."unitId" = any(${arrayLiteral([...scope])}::int[])`]),
    ...(unitIds === undefined ? [] : [sql`s."unitId" = any(${arrayLiteral(unitIds)}::int[])`]),
    ...(kind === undefined ? [] : [sql`s.kind = ${kind}`]),
    ...(id === undefined ? [] : [sql`s.id = ${id}`]),
    ...(q === undefined || q === ''
      ? []
      : [
          sql`(position(${q} in s.name) > 0 or position(${q} in s.identity) > 0 or position(${q} in u.name) > 0
            or exists (select 1 from jsonb_each(h.posts) each where position(${q} in each.value ->> 'name') > 0))`,
        ]),
    ...(stands === 'lacking' ? [any(REQUIRED_POSTS.map((post) => lacks(post, today)))] : []),
    ...(stands === 'differs' ? [sql`s.kind = 'account'`, any(POSTS.map(differs))] : []),
    ...(stands === 'handover' ? [sql`o.due_on is not null`] : []),
    ...(stands === 'late' ? [sql`o.due_on < ${today}::date`] : []),
  ];
}

/** Subjects with the holdings that none has replaced, what an account's register says, and open hand-overs. */
const from = ({ id }: ChainFilter) => sql`
  (${id === undefined ? SUBJECTS : EVERY_SUBJECT}) s join unit u on u.id = s."unitId"
  left join (select kind, subject_id, jsonb_object_agg(post, jsonb_build_object('holdingId', id, 'name', name,
                    'office', office, 'phone', phone, 'validFrom', valid_from, 'validTo', valid_to)) as posts
               from duty_holding where replaced_at is null group by kind, subject_id) h
    on h.kind = s.kind and h.subject_id = s.id
  left join account_record r on s.kind = 'account' and r.account_id = s.id
  left join (select kind, subject_id, min(due_on) as due_on from duty_handover where state = 'given'
              group by kind, subject_id) o on o.kind = s.kind and o.subject_id = s.id`;

/**
 * Who answers for what, within somebody's sight, in the register's order. Telephones are whole for who may see them. Throws
 * {@link UserError} `identity.forbidden`.
 */
export async function listChains(
  { store }: StoreDeps,
  acting: Acting,
  filter: ChainFilter,
): Promise<{ items: ListedChain[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'duty.read');
  const conditions = conditionsOf(acting, filter);
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const rows = await readRows(store.db, where, filter);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from ${from(filter)} where ${where} limit ${COUNT_MAX + 1}) found`.execute(
    store.db,
  );
  const total = counted.rows[0]?.total ?? 0;
  const mayContact = may(acting, 'registry.contact');
  return {
    items: rows.map((row) => chainOf(row, filter.today, mayContact)),
    ...{ total: Math.min(total, COUNT_MAX), totalIsExact: total <= COUNT_MAX },
  };
}

async function readRows<Tables>(
  db: Kysely<Tables>,
  where: ReturnType<typeof lacks>,
  filter: ChainFilter,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select s.kind, s.id, s.name, s.identity, s."unitId", s."order", u.name as "unitName",
           coalesce((select jsonb_agg(each.value || jsonb_build_object('post', each.key)) from jsonb_each(h.posts) each), '[]') as held,
           jsonb_strip_nulls(jsonb_build_object('leader', r.leader, 'responsible', r.responsible, 'onDuty', r.contact,
             'operator', r.upkeep_company)) as registered,
           coalesce(r.phone, '') as "registeredPhone", o.due_on as "handoverDueOn"
      from ${from(filter)} where ${where}
     order by s.kind desc, s."order", s.id limit ${filter.limit} offset ${filter.offset}`.execute(
    db,
  );
  return rows;
}

function chainOf(row: Row, today: CalendarDate, mayContact: boolean): ListedChain {
  const { held, registered, registeredPhone, ...subject } = row;
  const shown = (phone: string): string => (mayContact ? phone : maskPersonal('phone', phone));
  const { handoverDueOn } = subject;
  return {
    ...subject,
    isHandoverLate: handoverDueOn !== null && handoverDueOn < today,
    posts: POSTS.map((post): PostView => {
      const { title, isRequired } = POST_SPECS[post];
      const holding = held.find((each) => each.post === post);
      const says = registered[post];
      if (holding === undefined)
        return {
          ...{ post, title, holdingId: null, name: says ?? '', office: '', registerSays: null },
          phone: post === 'onDuty' ? shown(registeredPhone) : '',
          ...{ validFrom: null, validTo: null, isExpired: false },
          isLacking: isRequired && says === undefined,
        };
      const isExpired = holding.validTo !== null && holding.validTo < today;
      const isOther = subject.kind === 'account' && says !== holding.name;
      return {
        ...{ ...holding, title, isExpired, phone: shown(holding.phone) },
        isLacking: isRequired && isExpired,
        registerSays: isOther ? (says ?? '（空）') : null,
      };
    }),
  };
}
