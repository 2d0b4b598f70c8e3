import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { sendXlsx } from '../../http/send-xlsx.ts';
import type { StoreDeps } from '../../store/store.ts';
import { questionOf } from '../compare.ts';
import { exportComparison, labelsOf } from '../export-comparison.ts';
import { readComparison } from '../read-comparison.ts';
import { ComparisonView, LineFilterQuery, LinesQuery, UnitParams } from './schemas.ts';

const PATH = '/api/v1/self-checks/:id/units/:unitId/comparison';
const CONFIG = { access: 'selfcheck.read' } as const;
const COMMON = {
  ...{ tags: ['市级自查'], params: UnitParams },
  description: describeRefusals({
    'selfcheck.unknown': '没有这次自查、这个单位，或看不到',
    'selfcheck.round': '省级批次还没有冻结',
    'selfcheck.not-submitted': '还没有报送',
  }),
};

/** What a unit submitted beside the province's round. */
export function registerComparisonRoutes(app: HttpServer, deps: StoreDeps): void {
  app.get(
    PATH,
    {
      config: CONFIG,
      schema: {
        ...{ ...COMMON, summary: '与省级批次比对：双方都发现的、只有一方发现的、没有检查的' },
        querystring: LinesQuery,
        response: { 200: ComparisonView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query: { limit, offset, ...filter } }) => {
      const compared = await readComparison(deps, actor, params, filter);
      const { round, lines, ...rest } = compared;
      const labels = labelsOf(compared);
      const items = lines.slice(offset, offset + limit).map(({ ruleIds, ...line }) => ({
        ...line,
        rules: ruleIds.map((id) => labels.get(id) ?? id),
        ...{ cityWords: [...line.cityWords], cityRows: [...line.cityRows] },
        ...{ findingIds: [...line.findingIds], question: questionOf({ ...line, ruleIds }) },
      }));
      const { period, label } = round;
      return { ...rest, period, label, items, total: lines.length, totalIsExact: true };
    },
  );
  app.get(
    `${PATH}/export`,
    {
      config: CONFIG,
      schema: {
        ...{ ...COMMON, summary: '把比对导出成 .xlsx', querystring: LineFilterQuery },
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }, reply) =>
      sendXlsx(
        reply,
        `self-check-${params.id}-${params.unitId}`,
        await exportComparison(deps, actor, { ...params, filter: query, at: now() }),
      ),
  );
}

const now = (): string => new Date().toISOString();
