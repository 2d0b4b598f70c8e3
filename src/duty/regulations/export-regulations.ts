import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { listReaders } from './list-readers.ts';
import { listRegulations, type RegulationFilter } from './list-regulations.ts';
import { regulationKind } from './regulation.ts';

/** Regulations of one file, and people who have not confirmed: more is no list that somebody works through. */
const REGULATIONS_MAX = 1_000;
const READERS_MAX = 10_000;

const HEAD = [
  ...['名称', '种类', '发文字号', '发布单位', '发给', '现行版本', '发布日期', '施行日期'],
  ...['废止日期', '学习期限', '应学习人数', '已确认人数'],
];

/** The library as a table, and who has not confirmed what. Audited. Throws as {@link listRegulations}. */
export async function exportRegulations(
  deps: StoreDeps,
  acting: Acting,
  filter: Omit<RegulationFilter, 'limit' | 'offset'>,
): Promise<Uint8Array> {
  const page = { limit: REGULATIONS_MAX, offset: 0 };
  const { items, total } = await listRegulations(deps, acting, { ...filter, ...page });
  const unread: string[][] = [];
  for (const { id, title, asked, read } of items) {
    if (asked === read || unread.length >= READERS_MAX) continue;
    const limit = READERS_MAX - unread.length;
    const readers = await listReaders(deps, acting, { id, read: 'no', limit, offset: 0 });
    unread.push(...readers.items.map(({ name, unitName }) => [title, unitName ?? '', name]));
  }
  const cut = (isCut: boolean, max: number, unit: string) =>
    isCut ? [[`只列前 ${max} ${unit}；请按种类分别导出。`]] : [];
  const isCut = total > items.length;
  const isUnreadCut = unread.length >= READERS_MAX;
  const bytes = await writeXlsx([
    {
      name: '制度',
      rows: [
        ...cut(isCut, REGULATIONS_MAX, '项'),
        HEAD,
        ...items.map((each) => [
          ...[each.title, regulationKind(each.kind), each.documentNumber, each.issuerName],
          ...[each.addresseeName ?? '全部单位', each.number === null ? '草稿' : `${each.number}`],
          ...[each.publishedOn ?? '', each.effectiveOn, each.repealedOn ?? '', each.readBy ?? ''],
          ...[String(each.asked), String(each.read)],
        ]),
      ],
      ...(isCut && { titleRows: 1 }),
    },
    {
      name: '没有确认的人',
      rows: [...cut(isUnreadCut, READERS_MAX, '人'), ['制度', '单位', '姓名'], ...unread],
      ...(isUnreadCut && { titleRows: 1 }),
    },
  ]);
  await deps.store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'regulation.export' },
      detail: { regulations: items.length, isCut: isCut || isUnreadCut, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}
