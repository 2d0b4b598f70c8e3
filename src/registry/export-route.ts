import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { REFUSALS } from '../http/problem.ts';
import { recordAudit } from '../identity/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { EXPORT_FORMATS, exportSheets, writeSheets } from './export-registry.ts';
import { SHEET_TITLES } from './headers.ts';

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
          '不写 kind 就是全部三张表（csv 要写）。导出记入审计。错误：400 http.bad-request、registry.export · 401 identity.signed-out · 403 identity.forbidden · 429 http.too-many',
        querystring: z.strictObject({
          kind: z.enum(['units', 'sites', 'accounts']).optional(),
          format: z.enum(EXPORT_FORMATS).default('xlsx'),
        }),
        response: {
          200: z.unknown().meta({ description: '文件的字节', example: '…' }),
          ...REFUSALS,
        },
      },
    },
    async ({ actor, query: { kind, format } }, reply) => {
      if (kind === undefined && format === 'csv')
        throw new UserError('registry.export', '一个 .csv 只放得下一张表，请写 kind。', {
          field: 'kind',
        });
      const title = kind === undefined ? null : SHEET_TITLES[KINDS[kind]];
      const sheets = (
        await exportSheets(store, {
          scope: actor.scope,
          mayContact: actor.can('registry.contact'),
        })
      ).filter(({ name }) => title === null || name === title);
      const bytes = await writeSheets(sheets, format);
      await store.transaction((trx) =>
        recordAudit(trx, {
          actor: actor.name,
          action: 'registry.export',
          detail: {
            ...{ kind: kind ?? 'all', format, bytes: bytes.byteLength },
            rows: sheets.map(({ name, rows }) => ({ name, rows: rows.length - 1 })),
          },
        }),
      );
      return reply
        .headers({
          'content-type': TYPES[format],
          'content-disposition': `attachment; filename="registry${kind === undefined ? '' : `-${kind}`}.${format}"`,
        })
        .send(Buffer.from(bytes));
    },
  );
}
