import { type Acting, assertMay, assertSees, may } from '../domain/acting.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { findErrorDb } from './find-error-db.ts';
import { type ListedMessage, listMessages } from './list-messages.ts';
import { coverName, coverPrivate } from './private-text.ts';

export interface MessageStep {
  readonly step: string;
  readonly byName: string;
  readonly at: Instant;
  readonly note: string;
}

/** One message with its history. Who wrote it is told to those who handle it. */
export interface MessageView extends ListedMessage {
  readonly siteId: number | null;
  readonly leftAt: Instant;
  readonly receivedOn: CalendarDate;
  readonly reporterName: string;
  readonly reporterContact: string;
  /** When name and contact were cleared after their time. */
  readonly reporterClearedOn: CalendarDate | null;
  readonly publishedAt: Instant | null;
  /** The words in public view, or a proposal with everything private covered. */
  readonly forPublic: { readonly content: string; readonly answer: string; readonly name: string };
  readonly steps: readonly MessageStep[];
}

/** Steps that are shown. */
const STEPS_MAX = 200;

/** Throws {@link UserError} `finderror.unknown`, also for what lies outside of somebody's sight; `identity.forbidden`. */
export async function readMessage(
  deps: StoreDeps,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<MessageView> {
  assertMay(acting, 'finderror.read');
  const unknown = (): UserError => new UserError('finderror.unknown', '没有这条找错留言。');
  const db = findErrorDb(deps.store.db);
  const row = await db
    .selectFrom('find_error')
    .select(['unit_id', 'site_id as siteId', 'left_at as leftAt', 'received_on as receivedOn'])
    .select(['reporter_name as reporterName', 'reporter_contact as reporterContact'])
    .select('reporter_cleared_on as reporterClearedOn')
    .select(['published_at as publishedAt', 'public_content', 'public_answer', 'public_name'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknown();
  assertSees(acting, row.unit_id ?? 0, unknown);
  const only = { id, limit: 1, offset: 0, today: shanghaiDate(at) };
  const [listed] = (await listMessages(deps, acting, only)).items;
  if (listed === undefined) throw unknown();
  const steps = await db
    .selectFrom('find_error_step')
    .select(['step', 'by_name as byName', 'at', 'note'])
    .where('find_error_id', '=', id)
    .orderBy('id')
    .limit(STEPS_MAX)
    .execute();
  const { unit_id: _unit, public_content, public_answer, public_name, ...rest } = row;
  const handles = may(acting, 'finderror.assign') || may(acting, 'finderror.reply');
  return {
    ...{ ...listed, ...rest, steps },
    ...(handles ? {} : { reporterName: '', reporterContact: '' }),
    forPublic: {
      content: public_content ?? coverPrivate(listed.content),
      answer: public_answer ?? coverPrivate(listed.answer ?? ''),
      name: public_name ?? coverName(rest.reporterName),
    },
  };
}
