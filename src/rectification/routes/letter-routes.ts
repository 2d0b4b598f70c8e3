import { z } from 'zod';
import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { FILE_BYTES } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { LETTER_OUTCOMES, type Letter } from '../contest/letter.ts';
import { evidencePath, letterDocument } from '../contest/letter-document.ts';
import { listLetters, readLetter } from '../contest/list-letters.ts';
import { showFindings } from '../contest/show-findings.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { DOCX, NoticeQuery, now, PeriodParams } from './schemas.ts';

const TAGS = ['申辩'];
const READ = { access: 'finding.read' } as const;
const V1 = '/api/v1/contest-letters';
const UNKNOWN = { 'contest.letter-unknown': '没有这份申辩告知书，或看不到' };

const LETTER_EXAMPLE = {
  ...{
    id: 3,
    number: '申辩告知〔2026〕3号',
    issuer: '湖南省',
    period: '2026Q3',
    label: '2026年第三季度',
  },
  ...{ unit: { id: 7, name: '岳阳市' }, shownOn: '2026-11-23', deadlineOn: '2026-11-30' },
  ...{ provisional: false, closedOn: null, outcome: null, reason: '', findings: 2 },
  ...{ objections: 1, late: 0, waiting: 1, answerOverdue: 0 },
};
const LetterItem = z
  .object({
    ...{ id: z.number(), number: z.string(), issuer: z.string(), period: z.string() },
    label: z.string(),
    unit: z.object({ id: z.number(), name: z.string() }),
    shownOn: z.string(),
    deadlineOn: z.string().describe('最后一天，当天提出的不算逾期'),
    provisional: z.boolean(),
    closedOn: z.string().nullable(),
    outcome: z
      .enum(LETTER_OUTCOMES)
      .nullable()
      .describe('none 期满无异议，lodged 期满有申辩，early 提前结束；空：还没有期满'),
    reason: z.string().describe('为什么提前结束'),
    ...{ findings: z.number(), objections: z.number() },
    late: z.number().describe('逾期提出的'),
    waiting: z.number().describe('等待答复的'),
    answerOverdue: z.number().describe('其中超过答复期限的'),
  })
  .meta({ id: 'ContestLetter', description: '申辩告知书', example: LETTER_EXAMPLE });

const LetterList = z
  .object({ items: z.array(LetterItem), total: z.number(), totalIsExact: z.boolean() })
  .meta({
    id: 'ContestLetterList',
    example: { items: [LETTER_EXAMPLE], total: 1, totalIsExact: true },
  });

const LetterText = LetterItem.extend({
  ...{ title: z.string(), recipients: z.string(), signedOn: z.string() },
  paragraphs: z.array(z.object({ lead: z.string(), text: z.string() })),
  rows: z.array(
    z.object({
      ...{ findingId: z.number(), name: z.string(), label: z.string(), clause: z.string() },
      ...{ locator: z.string(), excerpt: z.string(), link: z.string() },
    }),
  ),
}).meta({
  id: 'ContestLetterText',
  example: {
    ...LETTER_EXAMPLE,
    ...{ title: '关于2026年第三季度检查发现问题征求意见的函', recipients: '岳阳市：' },
    ...{ signedOn: '2026年11月23日', paragraphs: [{ lead: '一、核对证据。', text: '……' }] },
    rows: [
      {
        ...{ findingId: 12, name: '岳阳市门户', label: '首页不更新', clause: '单项否决' },
        ...{
          locator: 'http://www.example.gov.cn/',
          excerpt: '最新一条 2026-08-01',
          link: '/findings/12',
        },
      },
    ],
  },
});

const itemOf = ({ unitId, unitName, words: _, ...letter }: Letter): z.infer<typeof LetterItem> => ({
  ...letter,
  unit: { id: unitId, name: unitName },
});

/** Letters that show units their findings before publication: made, listed, read as official documents. */
export function registerLetterRoutes(app: HttpServer, deps: RectificationDeps): void {
  registerShowing(app, deps);
  registerLetter(app, deps);
  app.get(
    V1,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '申辩告知书和它们的进展',
        querystring: NoticeQuery.extend({
          stands: z
            .enum(['running', 'waiting'])
            .optional()
            .describe('running 申辩期没有结束，waiting 有申辩等待答复'),
        }),
        response: { 200: LetterList, ...REFUSALS },
      },
    },
    async ({ actor, query: { limit, offset, round, stands } }) => {
      const filter = { period: round, stands, today: shanghaiDate(now()) };
      const page = { limit, offset };
      const { items, total } = await listLetters(
        rectificationDb(deps.store.db),
        actor,
        filter,
        page,
      );
      return { items: items.map(itemOf), total, totalIsExact: true };
    },
  );
}

function registerShowing(app: HttpServer, deps: RectificationDeps): void {
  app.post(
    `${V1}/rounds/:period`,
    {
      config: { access: 'rectification.open' },
      schema: {
        tags: TAGS,
        summary: '把审核中的批次已确认的问题给各单位核对：每个单位一份告知书；再做一次只发新增的',
        description: describeRefusals({
          'round.unknown': '没有这个批次',
          'contest.round': '批次不在审核期间',
        }),
        params: PeriodParams,
        response: {
          200: z
            .object({
              ...{ period: z.string(), letters: z.number(), findings: z.number() },
              unconfirmed: z.number().describe('还没有审核确认、没有写进告知书的问题'),
              ...{ deadlineOn: z.string(), provisional: z.boolean() },
            })
            .meta({
              id: 'ShownFindings',
              example: {
                ...{ period: '2026Q3', letters: 2, findings: 3, unconfirmed: 1 },
                ...{ deadlineOn: '2026-11-30', provisional: false },
              },
            }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params }) => showFindings(deps, actor, { period: params.period, at: now() }),
  );
}

function registerLetter(app: HttpServer, deps: RectificationDeps): void {
  const db = rectificationDb(deps.store.db);
  const read = (actor: Parameters<typeof readLetter>[1], id: number) =>
    readLetter(db, actor, { id, today: shanghaiDate(now()) });
  app.get(
    `${V1}/:id`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '申辩告知书的内容' },
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        response: { 200: LetterText, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const { letter, findings } = await read(actor, id);
      const { title, recipients, signedOn, blocks } = letterDocument(letter, findings, null);
      return {
        ...{ ...itemOf(letter), title, recipients, signedOn },
        paragraphs: blocks.map(({ lead, text }) => ({ lead, text })),
        rows: findings.map(({ findingId, name, label, clause, locator, excerpt }) => ({
          ...{ findingId, name, label, clause, locator, excerpt },
          link: evidencePath({ findingId }),
        })),
      };
    },
  );
  app.get(
    `${V1}/:id/letter.docx`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '申辩告知书（.docx）' },
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      const { letter, findings } = await read(actor, id);
      const document = letterDocument(letter, findings, deps.notify.publicOrigin);
      return reply
        .headers({
          'content-type': DOCX,
          'content-disposition': `attachment; filename="contest-letter-${id}.docx"`,
        })
        .send(Buffer.from(await writeOfficialDocx(document)));
    },
  );
}
