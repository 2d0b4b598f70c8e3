import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type ChainFilter, type ListedChain, listChains } from './list-chains.ts';
import { HEADS } from './read-rows.ts';

/** Subjects of one file: more is no list that somebody works through. */
const SUBJECTS_MAX = 10_000;
const SLICE = 500;

/** The table that {@link importChains} reads: a row for each post, empty where nobody is known. Audited. */
export async function exportChains(
  deps: StoreDeps,
  acting: Acting,
  filter: Omit<ChainFilter, 'limit' | 'offset' | 'today'>,
  at: Instant,
): Promise<Uint8Array> {
  const today = shanghaiDate(at);
  const chains: ListedChain[] = [];
  for (;;) {
    const page = { limit: SLICE, offset: chains.length, today };
    const { items } = await listChains(deps, acting, { ...filter, ...page });
    chains.push(...items);
    if (items.length < SLICE || chains.length >= SUBJECTS_MAX) break;
  }
  const isCut = chains.length >= SUBJECTS_MAX;
  const rows = chains.flatMap(rowsOf);
  const bytes = await writeXlsx([
    {
      name: '责任人员',
      rows: [
        ...(isCut ? [[`只列前 ${SUBJECTS_MAX} 个；请按单位分别导出。`]] : []),
        [...Object.values(HEADS).map(([head]) => head)],
        ...rows,
      ],
      ...(isCut && { titleRows: 1 }),
    },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'duty.export' },
      detail: { subjects: chains.length, isCut, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}

function rowsOf({ kind, name, identity, unitName, posts }: ListedChain): string[][] {
  const space = identity.indexOf(' ');
  const place =
    kind === 'site'
      ? [identity, '', '']
      : ['', identity.slice(0, space), identity.slice(space + 1)];
  return posts.map((post) => [
    ...[...place, name, unitName, post.title, post.name, post.office, post.phone],
    ...[post.validFrom ?? '', post.validTo ?? ''],
  ]);
}
