import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, nameOf, scopeOf } from '../../domain/acting.ts';
import { isInScope } from '../../domain/actor.ts';
import { recordAudit } from '../../identity/index.ts';
import { listUnits } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { countTrainings, type TrainingCount } from './count-trainings.ts';
import { listTrainings, partsOf, type TrainingFilter } from './list-trainings.ts';
import { trainingKind } from './training.ts';
import { HEADS } from './training-rows.ts';

/** Sessions of one file: more than a province holds in a year. */
const SESSIONS_MAX = 2_000;

/** What each unit of somebody's sight was trained in a year. */
export async function totalsOf(
  { store }: StoreDeps,
  acting: Acting,
  year: number,
): Promise<(TrainingCount & { readonly unitName: string })[]> {
  const names = new Map((await listUnits(store.db)).map(({ id, name }) => [id, name]));
  const counted = await countTrainings(store, { from: `${year}-01-01`, to: `${year}-12-31` });
  return counted
    .filter(({ unitId }) => isInScope(scopeOf(acting), unitId))
    .map((each) => ({ ...each, unitName: names.get(each.unitId) ?? '' }));
}

/** Sessions of a year as the table that the import reads, and each unit's totals. Audited. Throws as {@link listTrainings}. */
export async function exportTrainings(
  deps: StoreDeps,
  acting: Acting,
  filter: Omit<TrainingFilter, 'limit' | 'offset'> & { readonly year: number },
): Promise<Uint8Array> {
  const page = { limit: SESSIONS_MAX, offset: 0 };
  const listed = await listTrainings(deps, acting, { ...filter, ...page });
  const sessions = listed.items.filter(({ withdrawnOn }) => withdrawnOn === null);
  const ids = sessions.map(({ id }) => id);
  const parts = new Map<number, Awaited<ReturnType<typeof partsOf>>>();
  for (const part of await partsOf(deps.store.db, acting, ids))
    parts.set(part.trainingId, [...(parts.get(part.trainingId) ?? []), part]);
  const rows = sessions.flatMap((each) =>
    (parts.get(each.id) ?? []).map((part) => [
      ...[each.subject, each.heldOn, each.organiserName, each.teacher, String(each.hours)],
      ...[trainingKind(each.kind), part.unitName, part.person, String(part.people), part.score],
      part.passed === null ? '' : part.passed ? '是' : '否',
    ]),
  );
  const isCut = listed.total > listed.items.length;
  const totals = await totalsOf(deps, acting, filter.year);
  const bytes = await writeXlsx([
    {
      name: '培训',
      rows: [
        ...(isCut ? [[`只列前 ${SESSIONS_MAX} 次；请按单位分别导出。`]] : []),
        Object.values(HEADS).map(([head]) => head),
        ...rows,
      ],
      ...(isCut && { titleRows: 1 }),
    },
    {
      name: `${filter.year}年各单位`,
      rows: [
        ['单位', '培训次数', '人次', '总学时', '考试合格人次', '考试人次'],
        ...totals.map((each) => [
          ...[each.unitName, String(each.sessions), String(each.people)],
          ...[String(each.personHours), String(each.passed), String(each.examined)],
        ]),
      ],
    },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'training.export' },
      detail: { year: filter.year, sessions: sessions.length, isCut, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}
