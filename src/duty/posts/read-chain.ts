import { sql } from 'kysely';
import { maskPersonal } from '../../domain/account-record.ts';
import { type Acting, assertMay, isSamePerson, may, personOf } from '../../domain/acting.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { invariant } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { dutyDb } from '../duty-db.ts';
import type { HandoverState } from './hand-over.ts';
import { type ListedChain, listChains } from './list-chains.ts';
import { openWork } from './open-work.ts';
import { POST_SPECS, type Post } from './post.ts';
import { HOLDER_COLUMNS, type Holder } from './put-holding.ts';
import { EVERY_SUBJECT, requireSubject, type SubjectKey } from './subject.ts';

export interface FormerHolding extends Holder {
  readonly id: number;
  readonly title: string;
  readonly setBy: string;
  readonly setAt: Instant;
  /** Corrected before it was ever in force. */
  readonly isCorrected: boolean;
}

export interface HandoverView {
  readonly id: number;
  readonly post: Post;
  readonly title: string;
  readonly fromName: string;
  readonly toName: string;
  readonly toOffice: string;
  readonly toPhone: string;
  readonly takesOn: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly items: readonly string[];
  readonly note: string;
  readonly state: HandoverState;
  readonly givenBy: string;
  readonly givenAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decisionNote: string;
  readonly isLate: boolean;
  /** Whoever reads this gave it: he may take it back, not take it. */
  readonly isOwn: boolean;
}

export interface ChainView extends ListedChain {
  /** It is over: only to be read. */
  readonly isEnded: boolean;
  readonly former: readonly FormerHolding[];
  readonly handovers: readonly HandoverView[];
  /** What is open of it today: proposed for the list of a hand-over. */
  readonly openWork: readonly string[];
}

/** Rows of history that are shown. */
const SHOWN_MAX = 100;

/** Who answers for one site or account, who did, and its hand-overs. Throws {@link UserError} `duty.unknown`, `identity.forbidden`. */
export async function readChain(
  deps: StoreDeps,
  acting: Acting,
  { kind, subjectId, at }: SubjectKey & { readonly at: Instant },
): Promise<ChainView> {
  assertMay(acting, 'duty.read');
  const { db } = deps.store;
  const { isEnded } = await requireSubject(db, acting, { kind, subjectId }, EVERY_SUBJECT);
  const today = shanghaiDate(at);
  const only = { kind, id: subjectId, limit: 1, offset: 0, today };
  const [listed] = (await listChains(deps, acting, only)).items;
  invariant(listed !== undefined, `the list lacks ${kind} ${subjectId}`);
  const phone = (text: string): string =>
    may(acting, 'registry.contact') ? text : maskPersonal('phone', text);
  const former = await dutyDb(db)
    .selectFrom('duty_holding')
    .select([...HOLDER_COLUMNS, 'post', 'set_by as setBy', 'set_at as setAt'])
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .where('replaced_at', 'is not', null)
    .orderBy('replaced_at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN_MAX)
    .execute();
  return {
    ...listed,
    isEnded,
    former: former.map(({ post, ...holding }) => ({
      ...{ ...holding, title: POST_SPECS[post].title, phone: phone(holding.phone) },
      isCorrected: holding.validTo !== null && holding.validTo < holding.validFrom,
    })),
    handovers: (await handoversOf(deps, acting, { kind, subjectId }, today)).map((each) => ({
      ...{ ...each, toPhone: phone(each.toPhone) },
    })),
    openWork: await openWork(db, { kind, subjectId }),
  };
}

async function handoversOf(
  { store }: StoreDeps,
  acting: Acting,
  { kind, subjectId }: SubjectKey,
  today: CalendarDate,
): Promise<HandoverView[]> {
  const rows = await dutyDb(store.db)
    .selectFrom('duty_handover')
    .select(['id', 'post', 'from_name as fromName', 'to_name as toName', 'note', 'state'])
    .select(['to_office as toOffice', 'to_phone as toPhone', 'takes_on as takesOn'])
    .select(['due_on as dueOn', sql<string[]>`items`.as('items'), 'given_by as givenBy'])
    .select(['given_by_id as givenById', 'given_at as givenAt', 'decided_by as decidedBy'])
    .select(['decided_at as decidedAt', 'decision_note as decisionNote'])
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .orderBy('id', 'desc')
    .limit(SHOWN_MAX)
    .execute();
  const reader = personOf(acting);
  return rows.map(({ givenById, ...row }) => ({
    ...row,
    title: POST_SPECS[row.post].title,
    isLate: row.state === 'given' && row.dueOn < today,
    isOwn: isSamePerson({ name: row.givenBy, userId: givenById }, reader),
  }));
}
