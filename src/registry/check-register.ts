import { hasRightCheck } from './record/read-record-value.ts';
import type {
  AccountRowInput,
  RowError,
  SiteRowInput,
  SourceInput,
  UnitRowInput,
} from './register-rows.ts';
import { wordError } from './register-rows.ts';
import { significantPrefix, type UnitTree } from './unit-tree.ts';

/** The unit that a sponsor's name means; several candidates are told apart by the row's print row. */
export function findSponsor(
  tree: UnitTree,
  row: SiteRowInput | AccountRowInput,
  errors: RowError[],
): number | null {
  const candidates = tree.named(row.sponsor);
  const chosen =
    candidates.length > 1 && row.printRow !== null
      ? candidates.filter((unit) => tree.printRowOf(unit.id) === row.printRow)
      : candidates;
  const complain = (message: string): null => {
    if (row.sponsor !== '') errors.push({ place: row.place, column: '主办单位', message });
    return null;
  };
  if (candidates.length === 0) return complain(`单位表里没有“${row.sponsor}”`);
  if (chosen.length === 0)
    return complain(`“通报行”为“${row.printRow}”的单位里没有“${row.sponsor}”`);
  if (chosen.length > 1)
    return complain(`有 ${chosen.length} 个单位叫“${row.sponsor}”，请填“通报行”区分`);
  return chosen[0]!.id;
}

/** The same identity twice in one import: both rows are named. */
export function findDuplicates<Row extends { readonly place: RowError['place'] }>(
  rows: readonly Row[],
  identityOf: (row: Row) => string | null,
  column: string,
  errors: RowError[],
): void {
  const first = new Map<string, Row>();
  for (const row of rows) {
    const identity = identityOf(row);
    if (identity === null) continue;
    const earlier = first.get(identity);
    if (earlier) {
      const { file, sheet, row: number } = earlier.place;
      errors.push({
        place: row.place,
        column,
        message: `与 ${file} 工作表“${sheet}”第 ${number} 行重复`,
      });
    } else first.set(identity, row);
  }
}

/** 疑似: the code names another place than the unit's. Codes are typed by the units themselves, so this is no error (decision 0005). */
export function warnForeignCode(
  tree: UnitTree,
  row: SiteRowInput,
  sponsorId: number,
  warnings: string[],
): void {
  const place = tree.divisionCodeOf(sponsorId);
  if (
    place === null ||
    !/^\d{10}$/.test(row.siteCode) ||
    row.siteCode.startsWith(significantPrefix(place))
  )
    return;
  warnings.push(
    wordError({
      place: row.place,
      column: '网站标识码',
      message: `疑似有误：${row.siteCode} 不是“${row.sponsor}”所在地（区划代码 ${place}）的编码`,
    }),
  );
}

/** 疑似: the code's check digit is not what its other characters give. */
export function warnCreditCode(row: AccountRowInput, warnings: string[]): void {
  const code = row.record.creditCode;
  if (typeof code !== 'string' || hasRightCheck(code)) return;
  const message = `疑似有误：${code} 的校验位不对`;
  warnings.push(wordError({ place: row.place, column: '统一社会信用代码', message }));
}

/** 一个单位原则上同一平台只开一个账号 (国办发〔2018〕123号). */
export function warnSeveralAccounts(
  rows: readonly (AccountRowInput & { readonly sponsorId: number })[],
  warnings: string[],
): void {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.sponsorId} ${row.platform}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const several = [...counts.values()].filter((count) => count > 1).length;
  if (several > 0) warnings.push(`有 ${several} 处一个单位在同一平台开设了多个账号，请核对。`);
}

/** Units in an order in which parents come before their children; a parent that is nowhere, or a cycle, is an error. */
export function orderUnits(
  rows: readonly UnitRowInput[],
  known: ReadonlySet<string>,
  errors: RowError[],
): UnitRowInput[] {
  const done = new Set(known);
  const ordered: UnitRowInput[] = [];
  const names = new Set(rows.map((row) => row.name));
  let waiting = [...rows];
  while (waiting.length > 0) {
    const ready = waiting.filter((row) => row.parent === '' || done.has(row.parent));
    if (ready.length === 0) break;
    ordered.push(...ready);
    for (const row of ready) done.add(row.name);
    waiting = waiting.filter((row) => !ready.includes(row));
  }
  for (const row of waiting) {
    const message = names.has(row.parent)
      ? `“${row.parent}”与“${row.name}”互为上级，成了环`
      : `单位表里没有上级“${row.parent}”`;
    errors.push({ place: row.place, column: '上级', message });
  }
  return ordered;
}

/** An account asked by its owner interface needs a secret: in the row, or kept from before (an export leaves it out). */
export function findMissingSecrets(
  rows: readonly (Pick<AccountRowInput, 'place' | 'platform' | 'accountId'> & {
    readonly sources: readonly SourceInput[];
  })[],
  known: ReadonlySet<string>,
  errors: RowError[],
): void {
  for (const row of rows) {
    if (!row.sources.some(({ kind, secret }) => kind === 'wechat' && secret === null)) continue;
    if (known.has(`${row.platform}\u0000${row.accountId}`)) continue;
    const message = '信源种类是 wechat 时，AppID 和 AppSecret 都要填';
    errors.push({ place: row.place, column: 'AppSecret', message });
  }
}
