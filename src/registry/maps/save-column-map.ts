import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { registryDb } from '../registry.repository.ts';
import { findMap } from './column-map.repository.ts';
import { assertSound, type ColumnMap } from './column-map.ts';

/** Formats that one office keeps. */
const MAPS_MAX = 100;

/** Saves a map, or the same map anew; audited. Throws {@link UserError} `identity.forbidden`, `column-map.invalid`, `column-map.many`. */
export async function saveColumnMap(
  { store }: StoreDeps,
  acting: Acting,
  { map, at }: { readonly map: ColumnMap; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'registry.import');
  assertSound(map);
  await store.transaction(async (trx) => {
    await lockInTransaction(trx, 'column_map');
    const db = registryDb(trx);
    const known = await db.selectFrom('column_map').select(['name', 'definition']).execute();
    const before = known.find(({ name }) => name === map.name)?.definition ?? null;
    if (before === null && known.length >= MAPS_MAX)
      throw new UserError('column-map.many', `列映射最多 ${MAPS_MAX} 个，请先删掉不用的。`, {
        family: 'state',
      });
    const values = {
      definition: JSON.stringify(map),
      ...{ changed_by: nameOf(acting), changed_at: at },
    };
    await db
      .insertInto('column_map')
      .values({ name: map.name, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'registry.map-save',
      subject: `column-map:${map.name}`,
      detail: {},
      before: before as unknown as Record<string, unknown> | null,
      after: map,
    });
  });
}

/** Deletes a map; audited. Throws {@link UserError} `identity.forbidden`, `column-map.unknown`. */
export async function deleteColumnMap(
  { store }: StoreDeps,
  acting: Acting,
  name: string,
): Promise<void> {
  assertMay(acting, 'registry.import');
  await store.transaction(async (trx) => {
    const db = registryDb(trx);
    const before = await findMap(db, name);
    await db.deleteFrom('column_map').where('name', '=', name).execute();
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'registry.map-delete',
      subject: `column-map:${name}`,
      detail: {},
      before,
      after: null,
    });
  });
}
