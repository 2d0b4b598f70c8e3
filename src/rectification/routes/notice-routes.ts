import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { scopeOf } from '../../domain/acting.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { listNotices } from '../cases/list-notices.ts';
import { noticeDocument, readNotice } from '../cases/notice-document.ts';
import { openCases } from '../cases/open-cases.ts';
import { countRectification } from '../count-rectification.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import {
  BYTES,
  Counts,
  NoticeList,
  NoticeQuery,
  now,
  OpenBody,
  Opened,
  PeriodParams,
  READ,
  TAGS,
} from './schemas.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const V1 = '/api/v1/rectification';

/** Notices of a round: made, listed, read as official documents; and what became of their cases. */
export function registerNoticeRoutes(app: HttpServer, deps: RectificationDeps): void {
  registerRound(app, deps);
  const db = rectificationDb(deps.store.db);
  app.get(
    `${V1}/notices`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '整改通知',
        querystring: NoticeQuery,
        response: { 200: NoticeList, ...REFUSALS },
      },
    },
    async ({ actor, query: { limit, offset, round } }) => {
      const { items, total } = await listNotices(db, actor, { period: round }, { limit, offset });
      return {
        items: items.map(({ unitId, unitName, ...notice }) => ({
          ...{ ...notice, unit: { id: unitId, name: unitName } },
        })),
        total,
      };
    },
  );
  app.get(
    `${V1}/notices/:id/notice.docx`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '整改通知书（.docx）',
        description: describeRefusals({
          'rectification.notice-unknown': '没有这份整改通知，或看不到',
        }),
        params: IdParams,
        response: { 200: BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      const notice = await readNotice(deps, actor, id);
      return reply
        .headers({
          'content-type': DOCX,
          'content-disposition': `attachment; filename="rectification-${id}.docx"`,
        })
        .send(Buffer.from(await writeOfficialDocx(noticeDocument(notice))));
    },
  );
}

function registerRound(app: HttpServer, deps: RectificationDeps): void {
  app.post(
    `${V1}/issued-rounds/:period`,
    {
      config: { access: 'rectification.open' },
      schema: {
        tags: TAGS,
        summary: '由已印发的批次下发整改通知；再做一次不会重复下发',
        description: describeRefusals({
          'round.unknown': '没有这个批次',
          'rectification.round': '批次的通报还没有印发',
          'rectification.deadline': '期限不在今天以后',
        }),
        params: PeriodParams,
        body: OpenBody,
        response: { 200: Opened, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, body }) =>
      openCases(deps, actor, { period: params.period, deadlineOn: body.deadlineOn, at: now() }),
  );
  app.get(
    `${V1}/issued-rounds/:period`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一个批次的整改情况：全部和各单位',
        params: PeriodParams,
        response: { 200: Counts, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }) => {
      const scope = scopeOf(actor);
      const { all, units } = await countRectification(
        deps.store,
        params.period,
        shanghaiDate(now()),
        scope === 'all' ? null : [...scope],
      );
      return { all, units: [...units] };
    },
  );
}
