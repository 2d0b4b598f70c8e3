import { sql } from 'kysely';
import type { Acting } from '../domain/acting.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import type { FindErrorDeps } from './find-error-deps.ts';
import { privateParts } from './private-text.ts';
import { ANSWER_MAX, assertText, type Seen, type Step, takeStep } from './step-message.ts';

const NAME_MAX = 20;

/**
 * Puts an answered message into public view, in words that somebody looked at: what was written and what was answered, without telling who
 * wrote. Throws as a step does, `finderror.text`, and `finderror.private` with what must not be published.
 */
export async function publishMessage(
  deps: StoreDeps,
  acting: Acting,
  input: Seen & { readonly content: string; readonly answer: string; readonly name: string },
): Promise<void> {
  const step: Step = { name: 'publish', ability: 'finderror.assign', from: ['answered'] };
  const content = assertText(input.content, 'content', ANSWER_MAX);
  const answer = assertText(input.answer, 'answer', ANSWER_MAX);
  const name = assertText(input.name, 'name', NAME_MAX);
  for (const [field, text] of Object.entries({ content, answer, name })) {
    const found = privateParts(text);
    if (found.length > 0)
      throw new UserError('finderror.private', '文字里还有个人信息，不能公布；请用 * 号遮住：', {
        field,
        details: found,
      });
  }
  await takeStep(deps, acting, {
    ...{ step, seen: input },
    decide: () => ({
      set: {
        ...{ public_content: content, public_answer: answer, public_name: name },
        published_at: input.at,
      },
      note: '',
    }),
  });
}

/** Takes it out of public view again; the words are kept for another time. Throws as a step does, and `finderror.text`. */
export async function withdrawMessage(
  deps: StoreDeps,
  acting: Acting,
  input: Seen & { readonly reason: string },
): Promise<void> {
  const step: Step = { name: 'withdraw', ability: 'finderror.assign', from: ['answered'] };
  const note = assertText(input.reason, 'reason', 500);
  await takeStep(deps, acting, {
    ...{ step, seen: input },
    decide: ({ publishedAt }) => {
      if (publishedAt === null)
        throw new UserError('finderror.state', '这条留言没有公布。', { family: 'state' });
      return { set: { published_at: null }, note };
    },
  });
}

/** What everybody may read. */
export interface PublishedMessage {
  readonly id: number;
  readonly siteName: string;
  readonly problemType: string;
  readonly name: string;
  readonly content: string;
  readonly answer: string;
  readonly receivedOn: CalendarDate;
  readonly answeredOn: CalendarDate;
  readonly publishedAt: Instant;
}

/** The newest first; nothing while the public side is closed. */
export async function listPublished(
  { store, findError }: FindErrorDeps,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<PublishedMessage[]> {
  if (findError.formPerDay === 0) return [];
  const { rows } = await sql<PublishedMessage>`
    select id, site_name as "siteName", problem_type as "problemType", public_name as name, public_content as content,
           public_answer as answer, received_on as "receivedOn", answered_on as "answeredOn", published_at as "publishedAt"
      from find_error where published_at is not null
     order by published_at desc, id desc limit ${limit} offset ${offset}`.execute(store.db);
  return rows;
}
