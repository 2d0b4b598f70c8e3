import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { ownerOf } from '../inbox.ts';
import { noticeKinds } from '../notice.ts';
import type { Preferences as Shape } from './keep-channel.ts';

type Preferences = z.infer<typeof Shape>;

/** One's own preferences, with every kind there is. Throws {@link UserError} `notice.nobody`. */
export async function readPreferences(
  { store }: StoreDeps,
  actor: Actor,
): Promise<Preferences & { kinds: { kind: string; name: string }[] }> {
  const { rows } = await sql<Preferences>`
    select email, without_kinds as "withoutKinds" from notice_address where user_id = ${ownerOf(actor)}`.execute(
    store.db,
  );
  const kinds = [...noticeKinds()].map(([kind, { name }]) => ({ kind, name }));
  return { ...(rows[0] ?? { email: null, withoutKinds: [] }), kinds };
}

/** Sets one's own preferences. Audited. Throws {@link UserError} `notice.nobody`. */
export async function setPreferences(
  { store }: StoreDeps,
  actor: Actor,
  { email, withoutKinds, at }: Preferences & { readonly at: Instant },
): Promise<void> {
  const userId = ownerOf(actor);
  const before = await readPreferences({ store }, actor);
  await store.transaction(async (trx) => {
    await sql`
      insert into notice_address (user_id, email, without_kinds, changed_at)
      values (${userId}, ${email}, ${JSON.stringify(withoutKinds)}::jsonb, ${at}::timestamptz)
      on conflict (user_id) do update set email = excluded.email, without_kinds = excluded.without_kinds,
        changed_at = excluded.changed_at`.execute(trx);
    await recordAudit(trx, {
      ...{ actor: actor.name, action: 'notice.preferences', subject: `user:${userId}` },
      detail: {},
      before: { email: before.email, withoutKinds: before.withoutKinds },
      after: { email, withoutKinds },
    });
  });
}
