import { z } from 'zod';
import type { Actor } from '../../domain/actor.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { REFUSALS_OF_ONE } from '../../http/problem.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { MEDIA_TYPES } from '../media-types.ts';
import { assertWholeRegister, requireReadable } from '../read-access.ts';
import { PeriodParams, SignatureView, SignBody } from '../schemas.ts';
import {
  CORRECTIONS_MAX,
  draftCorrection,
  signCorrection,
  unknownCorrection,
  withdrawCorrection,
} from './correct-bulletin.ts';
import { type Correction, listCorrections } from './correction.repository.ts';
import { DraftBody } from './draft-body.ts';
import { CORRECTION_FILES, writeCorrection } from './write-correction.ts';

const TAGS = ['通报'];
const URL = '/api/v1/bulletins/:period/corrections';
const UNKNOWN = {
  'bulletin.unknown': '没有这一期，或还没有签发而您只能看已签发的',
  'bulletin.correction.unknown': '没有这份更正通知',
};
const FINAL = { 'bulletin.correction.final': '已由两人签发，或草稿已撤下' };
const now = (): string => new Date().toISOString();

const View = z.object({
  id: z.number().int(),
  title: z.string(),
  documentNumber: z.string(),
  issuedOn: z.string(),
  wrong: z.string(),
  correct: z.string(),
  reason: z.string(),
  paragraphs: z.array(z.string()),
  sha256: z.string(),
  draftedBy: z.string(),
  draftedAt: z.string(),
  issuedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  signatures: z.array(SignatureView),
  maySign: z.string().nullable(),
  mayWithdraw: z.string().nullable(),
});
const EXAMPLE = {
  ...{ id: 1, title: '关于更正2020年第三季度检查情况通报的通知' },
  ...{ documentNumber: '湘政务函〔2020〕27号', issuedOn: '2020-10-12' },
  ...{ wrong: '临湘信访', correct: '临湘市信访局', reason: '账号已改名' },
  paragraphs: ['原文：“临湘信访”。', '更正为：“临湘市信访局”。'],
  sha256: 'f4a61e32b26d0fff3053f2e285acb9aa51cb68d002f01b02eb4ee18d99d5800d',
  ...{ draftedBy: '张三（zhangsan）', draftedAt: '2020-10-12T01:00:00.000Z' },
  ...{ issuedAt: null, withdrawnAt: null },
  signatures: [{ by: '张三（zhangsan）', at: '2020-10-12T02:00:00.000Z' }],
  ...{ maySign: '您已签过；第二个签名要由另一人签。', mayWithdraw: null },
};
const CorrectionView = View.meta({ id: 'BulletinCorrection', example: EXAMPLE });
const CorrectionList = z
  .object({ items: z.array(View).max(CORRECTIONS_MAX), mayDraft: z.string().nullable() })
  .meta({ id: 'BulletinCorrections', example: { items: [EXAMPLE], mayDraft: null } });

const OneParams = PeriodParams.extend({ id: z.coerce.number().int().min(1).max(2_147_483_647) });

/** Corrections of what was issued: drafted, signed by two, printed; the bulletin itself stays. */
export function registerCorrectionRoutes(app: HttpServer, store: Store): void {
  registerReadRoutes(app, store);
  registerDraftRoute(app, store);
  registerEndRoutes(app, store);
}

function registerReadRoutes(app: HttpServer, store: Store): void {
  app.get(
    URL,
    {
      config: { access: 'bulletin.read' },
      schema: {
        tags: TAGS,
        summary: '一期通报的更正通知，新的在前（只看部分单位的人只列出已签发的）',
        description: describeRefusals({ 'bulletin.unknown': UNKNOWN['bulletin.unknown'] }),
        params: PeriodParams,
        response: { 200: CorrectionList, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period } }) => {
      const { isSigned } = await requireReadable(store, actor, period);
      const items = (await readable(store, actor, period)).map((each) => shown(each, actor));
      return { items, mayDraft: isSigned ? whyNot(actor, 'bulletin.build') : '通报还没有印发。' };
    },
  );
  app.get(
    `${URL}/:id/files/:name`,
    {
      config: { access: 'bulletin.read' },
      schema: {
        tags: TAGS,
        summary: '下载更正通知',
        description: describeRefusals({
          ...UNKNOWN,
          'bulletin.file.unknown': '没有这个文件',
        }),
        params: OneParams.extend({ name: z.string().max(40) }),
        response: {
          200: z.unknown().meta({ description: '文件的字节', example: 'PK…' }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params: { period, id, name } }, reply) => {
      await requireReadable(store, actor, period);
      const [found] = await readable(store, actor, period, id);
      if (found === undefined) throw unknownCorrection();
      const file = CORRECTION_FILES.find((each) => each === name);
      if (file === undefined)
        throw new UserError('bulletin.file.unknown', `更正通知没有 ${name} 这个文件。`);
      return reply
        .headers({
          'content-type': MEDIA_TYPES[file] ?? '',
          'content-disposition': `attachment; filename="${file}"`,
        })
        .send((await writeCorrection(found, file)) as never);
    },
  );
}

async function readable(
  store: Store,
  actor: Actor,
  period: string,
  id?: number,
): Promise<Correction[]> {
  const all = await listCorrections(store.db, period, id);
  return all.filter(({ issuedAt }) => actor.scope === 'all' || issuedAt !== null);
}

function registerDraftRoute(app: HttpServer, store: Store): void {
  app.post(
    URL,
    {
      config: { access: 'bulletin.build' },
      schema: {
        tags: TAGS,
        summary: '起草已印发通报的更正通知（通报本身不变）',
        description: describeRefusals({
          'bulletin.unknown': UNKNOWN['bulletin.unknown'],
          'round.unknown': '没有这个批次',
          'bulletin.correction.early': '通报还没有印发',
          'bulletin.correction.nowhere': '通报里没有 wrong 这句话',
          'bulletin.correction.same': '更正前后相同',
          'bulletin.correction.dates': '日期早于通报',
          'bulletin.correction.many': '起草得太多',
        }),
        params: PeriodParams,
        body: DraftBody,
        response: { 201: CorrectionView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period }, body }, reply) => {
      assertWholeRegister(actor, period);
      const draft = await draftCorrection({ store }, actor.name, { period, ...body, at: now() });
      return reply.code(201).send(shown(draft, actor));
    },
  );
}

function registerEndRoutes(app: HttpServer, store: Store): void {
  const one = async (actor: Actor, period: string, id: number) => {
    const [found] = await listCorrections(store.db, period, id);
    if (found === undefined) throw unknownCorrection();
    return shown(found, actor);
  };
  app.post(
    `${URL}/:id/signatures`,
    {
      config: { access: 'bulletin.sign' },
      schema: {
        tags: TAGS,
        summary: '签更正通知（两个不同的人签同一份；第二人签后印发）',
        description: describeRefusals({
          ...UNKNOWN,
          ...FINAL,
          'round.unknown': '没有这个批次',
          'bulletin.sign.same-person': '同一人不能签两次',
        }),
        params: OneParams,
        body: SignBody,
        response: { 200: CorrectionView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period, id }, body }) => {
      assertWholeRegister(actor, period);
      await signCorrection({ store }, actor, { period, id, ...body, at: now() });
      return one(actor, period, id);
    },
  );
  app.delete(
    `${URL}/:id`,
    {
      config: { access: 'bulletin.build' },
      schema: {
        tags: TAGS,
        summary: '撤下没有签发的更正通知',
        description: describeRefusals({
          ...UNKNOWN,
          ...FINAL,
          'round.unknown': '没有这个批次',
        }),
        params: OneParams,
        response: { 200: CorrectionView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period, id } }) => {
      assertWholeRegister(actor, period);
      await withdrawCorrection({ store }, actor, { period, id, at: now() });
      return one(actor, period, id);
    },
  );
}

function whyNot(actor: Actor, ability: 'bulletin.build' | 'bulletin.sign'): string | null {
  if (actor.scope !== 'all' || !actor.can(ability))
    return ability === 'bulletin.sign' ? '您没有签发通报的权限。' : '您没有起草更正通知的权限。';
  return null;
}

function shown(each: Correction, actor: Actor): z.output<typeof View> {
  const { period: _, bulletinId: __, content, signatures, ...rest } = each;
  const ended =
    each.issuedAt !== null ? '已由两人签发。' : each.withdrawnAt !== null ? '草稿已撤下。' : null;
  const person =
    actor.userId === null || actor.how !== 'session' ? '签发要由本人登录后办理。' : null;
  const own = signatures.some(({ userId }) => userId === actor.userId);
  const twice = own ? '您已签过；第二个签名要由另一人签。' : null;
  return {
    ...rest,
    title: content.title,
    paragraphs: [...content.paragraphs],
    signatures: signatures.map(({ by, at }) => ({ by, at })),
    maySign: ended ?? whyNot(actor, 'bulletin.sign') ?? person ?? twice,
    mayWithdraw: ended ?? whyNot(actor, 'bulletin.build'),
  };
}
