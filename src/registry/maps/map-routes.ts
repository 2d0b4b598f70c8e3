import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import type { StoreDeps } from '../../store/store.ts';
import { registryDb } from '../registry.repository.ts';
import { listMaps } from './column-map.repository.ts';
import { ColumnMapSchema, mappableFields, neededBy } from './column-map.ts';
import { deleteColumnMap, saveColumnMap } from './save-column-map.ts';

const MAP = {
  ...{ name: '全国报送系统', sheet: '政务新媒体', titles: ['政务新媒体报送表'] },
  columns: [{ header: '账号名称', synonyms: ['名称'], field: 'name' }],
  ...{ constants: [{ field: 'status', value: '正常' }], blank: 'keep' as const },
};

const MapList = z
  .object({
    items: z.array(
      ColumnMapSchema.extend({
        lacking: z.array(z.string()).describe('导入还缺哪些字段；空：能导入'),
        changedBy: z.string(),
        changedAt: z.string(),
      }),
    ),
    fields: z
      .array(
        z.object({
          field: z.string(),
          words: z.array(z.string()).describe('第一个是字段的名称，其余是常见的表头'),
          exportOnly: z.boolean(),
        }),
      )
      .describe('列可以对应的字段'),
  })
  .meta({
    id: 'ColumnMapList',
    example: {
      items: [
        {
          ...MAP,
          ...{ lacking: ['平台'], changedBy: '李明华', changedAt: '2026-11-30T04:00:00.000Z' },
        },
      ],
      fields: [{ field: 'name', words: ['账号名称', '名称'], exportOnly: false }],
    },
  });

const { name: _name, ...OF_A_MAP } = MAP;
const MapBody = ColumnMapSchema.omit({ name: true }).meta({
  id: 'ColumnMapBody',
  example: OF_A_MAP,
});
const MapParams = z.strictObject({ name: z.string().trim().min(1).max(60) });
const TAGS = ['名录'];
const PATH = '/api/v1/column-maps';
const CHANGES = { access: 'registry.import' } as const;

/** Offices' tables as data: chosen by whoever imports, compares or exports, changed by whoever imports. */
export function registerMapRoutes(app: HttpServer, { store }: StoreDeps): void {
  app.get(
    PATH,
    {
      config: { access: 'registry.export' },
      schema: {
        tags: TAGS,
        summary: '保存的列映射，和列可以对应的字段：导入、比对、导出时可选',
        response: { 200: MapList, ...REFUSALS },
      },
    },
    async () => ({
      items: (await listMaps(registryDb(store.db))).map(({ map, changedBy, changedAt }) => ({
        ...map,
        ...{ lacking: neededBy(map), changedBy, changedAt: new Date(changedAt).toISOString() },
      })),
      fields: mappableFields(),
    }),
  );
  app.put(
    `${PATH}/:name`,
    {
      config: CHANGES,
      schema: {
        ...{ tags: TAGS, summary: '保存一个列映射；同名的换成这个', params: MapParams },
        description: describeRefusals({
          'column-map.invalid': '同一个表头或字段写了两次，或给只能导出的字段设了固定值',
          'column-map.many': '已有太多',
        }),
        body: MapBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { name }, body }, reply) => {
      const at = new Date().toISOString();
      await saveColumnMap({ store }, actor, { map: { ...body, name }, at });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${PATH}/:name`,
    {
      config: CHANGES,
      schema: {
        ...{ tags: TAGS, summary: '删除一个列映射', params: MapParams },
        description: describeRefusals({ 'column-map.unknown': '没有这个列映射' }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { name } }, reply) => {
      await deleteColumnMap({ store }, actor, name);
      return reply.code(204).send(null);
    },
  );
}
