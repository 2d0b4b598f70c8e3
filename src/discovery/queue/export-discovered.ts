import { writeXlsx } from '../../documents/workbook.ts';
import { type Acting, assertMay, nameOf, scopeOf } from '../../domain/acting.ts';
import { PLATFORM_WORDS } from '../../domain/discovered-account.ts';
import { recordAudit } from '../../identity/index.ts';
import { shanghaiText } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { discoveryDb } from './discovery-db.ts';
import { type DiscoveredFilter, type DiscoveredItem, listDiscovered } from './list-discovered.ts';

/** Rows of one file. */
const ROWS_MAX = 50_000;

const HEAD = [
  ...['平台', '账号名称', '标识种类', '标识', '所在网站', '单位', '与名录比对', '名录里的账号'],
  ...['可信度', '页面数', '首次看到', '最近看到', '状态', '理由', '处理人', '处理时间'],
];
const MATCH_WORDS = {
  matched: '已在名录',
  nameOnly: '只有名称相同',
  unknown: '名录里没有',
} as const;
const STATE_WORDS = { open: '待处理', adopted: '已纳入', dismissed: '不予纳入' } as const;

/** The queue as somebody sees it, as an .xlsx file. Throws {@link UserError} `identity.forbidden`. */
export async function exportDiscovered(
  { store }: { readonly store: Store },
  acting: Acting,
  filter: DiscoveredFilter,
): Promise<Uint8Array> {
  assertMay(acting, 'registry.export');
  const page = { limit: ROWS_MAX, offset: 0 };
  const { items } = await listDiscovered(discoveryDb(store.db), scopeOf(acting), filter, page);
  const bytes = await writeXlsx([{ name: '系统外账号', rows: [HEAD, ...items.map(rowOf)] }]);
  await store.transaction((trx) =>
    recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'discovery.export' },
      detail: { rows: items.length, bytes: bytes.byteLength },
    }),
  );
  return bytes;
}

function rowOf(item: DiscoveredItem): string[] {
  return [
    ...[PLATFORM_WORDS[item.platform], item.name ?? '', item.idKind, item.accountKey],
    ...[item.site.name, item.unit.name, MATCH_WORDS[item.match], item.registered?.name ?? ''],
    ...[String(item.score), String(item.pages)],
    ...[shanghaiText(item.firstSeenAt), shanghaiText(item.lastSeenAt)],
    ...[STATE_WORDS[item.state], item.reason ?? '', item.decidedBy ?? ''],
    item.decidedAt === null ? '' : shanghaiText(item.decidedAt),
  ];
}
