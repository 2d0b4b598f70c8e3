import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { scopeOf } from '../../domain/acting.ts';
import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { listNotices } from '../cases/list-notices.ts';
import { noticeDocument, readNotice } from '../cases/notice-document.ts';
import { openCases } from '../cases/open-cases.ts';
import { previewOpening } from '../cases/preview-opening.ts';
import { countRectification } from '../count-rectification.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import {
  Counts,
  DOCX,
  NoticeList,
  NoticeQuery,
  NoticeText,
  now,
  OpenBody,
  Opened,
  OpeningPreview,
  PeriodParams,
  PreviewQuery,
  READ,
  TAGS,
} from './schemas.ts';

const V1 = '/api/v1/rectification';

const OPEN_REFUSALS = {
  'round.unknown': '没有这个批次',
  'rectification.round': '批次的通报还没有印发',
  'rectification.deadline': '期限不在今天以后',
};
const NOTICE_REFUSALS = { 'rectification.notice-unknown': '没有这份整改通知，或看不到' };

/** Notices of a round: made, listed, read as official documents; and what became of their cases. */
export function registerNoticeRoutes(app: HttpServer, deps: RectificationDeps): void {
  registerRound(app, deps);
  registerPreview(app, deps);
  registerText(app, deps);
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
        ...{ total, totalIsExact: true },
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
        description: describeRefusals(NOTICE_REFUSALS),
        params: IdParams,
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
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
        description: describeRefusals(OPEN_REFUSALS),
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

function registerPreview(app: HttpServer, deps: RectificationDeps): void {
  app.get(
    `${V1}/issued-rounds/:period/preview`,
    {
      config: { access: 'rectification.open' },
      schema: {
        tags: TAGS,
        summary: '现在下发的话：给哪些单位、各多少件、什么期限；什么也不改',
        description: describeRefusals(OPEN_REFUSALS),
        params: PeriodParams,
        querystring: PreviewQuery,
        response: { 200: OpeningPreview, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params, query }) => {
      const deadlineOn = query.deadlineOn ?? null;
      const input = { period: params.period, deadlineOn, at: now() };
      const { units, ...preview } = await previewOpening(deps, actor, input);
      return { ...preview, units: [...units] };
    },
  );
}

function registerText(app: HttpServer, deps: RectificationDeps): void {
  app.get(
    `${V1}/notices/:id`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '整改通知书的内容',
        description: describeRefusals(NOTICE_REFUSALS),
        params: IdParams,
        response: { 200: NoticeText, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const notice = await readNotice(deps, actor, id);
      const document = noticeDocument(notice);
      const { number, period, unitName, deadlineOn, provisional, cases } = notice;
      const { issuer, title, recipients, blocks, signedOn, annexes } = document;
      const [annex] = annexes;
      return {
        ...{ id, number, period, unitName, deadlineOn, provisional },
        ...{ issuer, title, recipients, signedOn },
        paragraphs: blocks.map(({ lead, text }) => ({ lead, text })),
        table: {
          title: annex?.title ?? '',
          heads: annex?.columns.map(({ head }) => head) ?? [],
          rows: cases.map((each, at) => ({
            ...{ caseId: each.id, cells: [...(annex?.rows[at] ?? [])] },
          })),
        },
      };
    },
  );
}
