import { sql } from 'kysely';
import { type Acting, isSamePerson, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import {
  type HeldDraft,
  holdRegulation,
  requireDraft,
  trailRegulation,
} from './hold-regulation.ts';
import { assertReadBy } from './regulation.ts';
import { askReaders } from './remind-readers.ts';
import { assertAddresses } from './sight.ts';

/** Outcomes by the trail's word for them. */
const STEPS = { published: 'publish', discarded: 'discard' } as const;

/**
 * Another person than who wrote the draft last publishes it: it becomes the next version, and everybody whom it is addressed to is asked
 * to read it. Anybody who may write it may discard it. Throws {@link UserError} `identity.forbidden`, `regulation.unknown`,
 * `regulation.repealed`, `regulation.no-draft`, `regulation.changed`, `regulation.same-person`, `regulation.empty`, `regulation.dates`,
 * `regulation.unit`.
 */
export async function decideDraft(
  { store }: StoreDeps,
  acting: Acting,
  input: {
    readonly id: number;
    readonly revision: number;
    readonly outcome: 'published' | 'discarded';
    readonly at: Instant;
  },
): Promise<void> {
  const { id, revision, outcome, at } = input;
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await holdRegulation(trx, acting, id);
    const draft = await requireDraft(trx, id, revision);
    if (outcome === 'published') assertPublishes(acting, draft, at);
    const number = outcome === 'published' ? await nextNumber(trx, id) : null;
    const { name } = personOf(acting);
    const publishedOn = outcome === 'published' ? shanghaiDate(at) : null;
    await trx
      .updateTable('regulation_version')
      .set({ state: outcome, number, decided_by: name, decided_at: at, published_on: publishedOn })
      .where('id', '=', draft.id)
      .execute();
    const regulationStep = STEPS[outcome];
    await recordAudit(trx, {
      ...{ actor: name, action: `regulation.${regulationStep}`, subject: trailRegulation(id) },
      ...{ detail: { title: draft.title, draftedBy: draft.drafter.name } },
      ...{ before: { state: 'draft' }, after: { state: outcome, versionNumber: number } },
    });
    if (outcome === 'published') await askReaders(trx, { at, versionId: draft.id });
  });
}

function assertPublishes(acting: Acting, draft: HeldDraft, at: Instant): void {
  if (isSamePerson(draft.drafter, personOf(acting)))
    throw new UserError('regulation.same-person', '要两个人办：起草的人不能自己发布。', {
      family: 'state',
    });
  assertAddresses(acting, draft.addresseeId);
  if (draft.body === '' && !draft.hasFile)
    throw new UserError('regulation.empty', '还没有正文，也没有附件；请补上再发布。', {
      family: 'state',
    });
  assertReadBy(draft.readBy, shanghaiDate(at));
}

async function nextNumber(trx: DutyTrx, regulationId: number): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(number) as last from regulation_version where regulation_id = ${regulationId}`.execute(
    trx,
  );
  return (rows[0]?.last ?? 0) + 1;
}
