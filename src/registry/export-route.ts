import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { HttpServer } from '../http/create-server.ts';
import { REFUSALS_OF_ONE } from '../http/problem.ts';
import { recordAudit } from '../identity/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store, StoreDeps } from '../store/store.ts';
import { EXPORT_FORMATS, exportSheets, writeSheets } from './export-registry.ts';
import { SHEET_TITLES } from './headers.ts';
import { writeMapped } from './maps/export-mapped.ts';

const KINDS = { units: 'unit', sites: 'site', accounts: 'account' } as const;
const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

/** The part of the register that somebody sees, as a file that can be imported again. Secrets are left out. */
export function registerExportRoute(app: HttpServer, { store }: StoreDeps): void {
  app.get(
    '/api/v1/registry/export',
    {
      config: { access: 'registry.export' },
      schema: {
        tags: ['名录'],
        summary: '导出名录（自己单位及以下）',
        description:
          '不写 kind 就是全部三张表（csv 要写）；写 map 就是按那个列映射的账号表。导出记入审计。错误：400 http.bad-request、registry.export、column-map.unknown · 401 identity.signed-out · 403 identity.forbidden · 429 http.too-many',
        querystring: ExportQuery,
        response: {
          200: z.unknown().meta({ description: '文件的字节', example: '…' }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, query }, reply) => {
      const file = await (query.map === undefined
        ? plainFile(store, actor, query)
        : mappedFile(store, actor, { ...query, map: query.map }));
      await store.transaction((trx) =>
        recordAudit(trx, {
          ...{ actor: actor.name, action: 'registry.export' },
          detail: { ...file.detail, format: query.format, bytes: file.bytes.byteLength },
        }),
      );
      return reply
        .headers({
          'content-type': TYPES[query.format],
          'content-disposition': `attachment; filename="registry${file.kind === 'all' ? '' : `-${file.kind}`}.${query.format}"`,
        })
        .send(Buffer.from(file.bytes));
    },
  );
}

const ExportQuery = z.strictObject({
  kind: z.enum(['units', 'sites', 'accounts']).optional(),
  format: z.enum(EXPORT_FORMATS).default('xlsx'),
  map: z.string().trim().min(1).max(60).optional().describe('保存的列映射；只导出账号'),
  since: z.iso.date().optional().describe('只要这一天起新增、变更的账号；要有 map'),
});
type Query = z.output<typeof ExportQuery>;

interface ExportedFile {
  readonly kind: keyof typeof KINDS | 'all';
  readonly bytes: Uint8Array;
  readonly detail: Readonly<Record<string, unknown>>;
}

const refused = (message: string, field: string): UserError =>
  new UserError('registry.export', message, { field });

async function plainFile(
  store: Store,
  actor: Actor,
  { kind, format, since }: Query,
): Promise<ExportedFile> {
  if (kind === undefined && format === 'csv')
    throw refused('一个 .csv 只放得下一张表，请写 kind。', 'kind');
  if (since !== undefined) throw refused('只导出有变更的账号时，要选一个列映射。', 'since');
  const title = kind === undefined ? null : SHEET_TITLES[KINDS[kind]];
  const mayContact = actor.can('registry.contact');
  const sheets = (await exportSheets(store, { scope: actor.scope, mayContact })).filter(
    ({ name }) => title === null || name === title,
  );
  const rows = sheets.map(({ name, rows: own }) => ({ name, rows: own.length - 1 }));
  return {
    kind: kind ?? 'all',
    bytes: await writeSheets(sheets, format),
    detail: { kind: kind ?? 'all', rows },
  };
}

/** Accounts as an office's own table has them. */
async function mappedFile(
  store: Store,
  actor: Actor,
  query: Query & { readonly map: string },
): Promise<ExportedFile> {
  const { kind, format, map } = query;
  const since = query.since ?? null;
  if (kind !== undefined && kind !== 'accounts') throw refused('列映射只用于账号。', 'map');
  if (format === 'json') throw refused('按列映射只能导出 Excel 或 CSV。', 'format');
  const [scope, mayContact] = [actor.scope, actor.can('registry.contact')];
  const { sheet, bytes } = await writeMapped(store, map, { scope, mayContact, since, format });
  const rows = [{ name: sheet.name, rows: sheet.rows.length - (sheet.titleRows ?? 0) - 1 }];
  return { kind: 'accounts', bytes, detail: { kind: 'accounts', map, since, rows } };
}
