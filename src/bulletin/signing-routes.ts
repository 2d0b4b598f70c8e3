import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Actor } from '../domain/actor.ts';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { REFUSALS_OF_ONE } from '../http/problem.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { buildBulletin } from './build-bulletin.ts';
import { checkSigning } from './check-signing.ts';
import type { BulletinDeps } from './commands.ts';
import { documentNumberRemark, readIssue } from './issue.ts';
import { bulletinState } from './list-bulletins.ts';
import { assertWholeRegister, readNewest } from './read-access.ts';
import { BuildBody, BuildView, PeriodParams, SignBody, SigningView } from './schemas.ts';
import { signBulletin, withdrawOwnSignature } from './sign-bulletin.ts';

type SigningDeps = Pick<
  BulletinDeps,
  'store' | 'chromiumPath' | 'bulletinsDir' | 'templateDirs' | 'countOwn'
>;

const TAGS = ['通报'];
const now = (): string => new Date().toISOString();
const UNKNOWN = { 'bulletin.unknown': '没有这一期，还没有生成，或您只能看已签发的' };

/** Building, and the two signatures that make a bulletin final. */
export function registerSigningRoutes(app: HttpServer, deps: SigningDeps): void {
  registerBuildRoute(app, deps);
  registerStateRoute(app, deps);
  registerSignRoutes(app, deps);
}

/** Builds under way in this process, by period: each holds a browser that prints, so a second click starts no second one. */
const building = new Set<string>();

function registerBuildRoute(app: HttpServer, deps: SigningDeps): void {
  app.post(
    '/api/v1/bulletins/:period/build',
    {
      config: { access: 'bulletin.build' },
      schema: {
        tags: TAGS,
        summary: '由冻结的批次生成一稿通报',
        description: describeRefusals({
          ...UNKNOWN,
          'round.unknown': '没有这个批次',
          'round.not-frozen': '批次还没有冻结',
          'bulletin.issue': '文号、日期等写得不对，details 逐项说明',
          'bulletin.mismatch': '正文与附件对不上，details 逐项说明',
          'bulletin.final': '已由两人签发，不能再生成',
          'bulletin.building': '同一期正在生成',
          'bulletin.folder': '写不进数据目录',
        }),
        params: PeriodParams,
        body: BuildBody,
        response: { 201: BuildView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period }, body }, reply) => {
      assertWholeRegister(actor, period);
      const issue = readIssue(body, '通报要素');
      if (building.has(period))
        throw new UserError('bulletin.building', '这一期正在生成，请等它完成。', {
          family: 'state',
        });
      building.add(period);
      try {
        const at = now();
        const outDir = join(deps.bulletinsDir, folderName(period), folderName(at, randomUUID()));
        const built = await buildBulletin(deps, actor.name, { period, outDir, issue, at });
        return await reply.code(201).send({
          period: built.bulletin.period,
          sha256: built.sha256,
          isDraft: built.bulletin.isDraft,
          files: [...built.files],
          pdfSkipped: built.pdfSkipped,
          remark: documentNumberRemark(issue.documentNumber),
        });
      } finally {
        building.delete(period);
      }
    },
  );
}

/** A folder of its own for each build, so that the archive keeps them all. A period may be any words, `..` among them. */
function folderName(...words: readonly string[]): string {
  return words.map((word) => word.replace(/[^\p{L}\p{N}-]/gu, '_')).join('-');
}

function registerStateRoute(app: HttpServer, { store }: SigningDeps): void {
  app.get(
    '/api/v1/bulletins/:period/signing',
    {
      config: { access: 'bulletin.read' },
      schema: {
        tags: TAGS,
        summary: '签发到哪一步、为何不能签',
        description: describeRefusals(UNKNOWN),
        params: PeriodParams,
        response: { 200: SigningView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { period } }) => signingView(store, actor, period),
  );
}

async function signingView(store: Store, actor: Actor, period: string) {
  const newest = await readNewest(store, period);
  if (!newest?.isSigned) assertWholeRegister(actor, period);
  const { build, signatures = [], isSigned = false } = newest ?? {};
  const checked =
    build === undefined || isSigned || actor.scope !== 'all'
      ? { blockers: [], notes: [] }
      : await checkSigning(store, build);
  const isOwn = (userId: number): boolean => userId === actor.userId;
  const own = signatures.some(({ userId }) => isOwn(userId));
  return {
    period,
    state: bulletinState(build, signatures.length),
    build: build ? { sha256: build.sha256, builtAt: build.builtAt, builtBy: build.builtBy } : null,
    signatures: signatures.map(({ by, at, userId }) => ({ by, at, isOwn: isOwn(userId) })),
    blockers: checked.blockers.map((each) => ({ ...each, details: [...each.details] })),
    notes: [...checked.notes],
    ...whyNot(actor, { isBuilt: build !== undefined, isSigned, own, blockers: checked.blockers }),
  };
}

/** What the actor may do now: null, or why not. */
function whyNot(
  actor: Actor,
  now: {
    isBuilt: boolean;
    isSigned: boolean;
    own: boolean;
    blockers: readonly { message: string }[];
  },
): Record<'maySign' | 'mayWithdraw' | 'mayBuild', string | null> {
  const final = now.isSigned ? '已由两人签发，不能再改。' : null;
  const signs = actor.can('bulletin.sign') ? null : '您没有签发通报的权限。';
  const person =
    actor.userId === null || actor.how !== 'session' ? '签发要由本人登录后办理。' : null;
  const built = now.isBuilt ? null : '还没有生成通报。';
  const twice = now.own ? '您已签过这一稿；第二个签名要由另一人签。' : null;
  const unsigned = now.own ? null : '您没有签过这一稿。';
  return {
    maySign: final ?? signs ?? person ?? built ?? now.blockers[0]?.message ?? twice,
    mayWithdraw: final ?? signs ?? person ?? unsigned,
    mayBuild: final ?? (actor.can('bulletin.build') ? null : '您没有生成通报的权限。'),
  };
}

function registerSignRoutes(app: HttpServer, { store }: SigningDeps): void {
  const route = (summary: string, codes: Readonly<Record<string, string>>) => ({
    config: { access: 'bulletin.sign' } as const,
    schema: {
      tags: TAGS,
      summary,
      description: describeRefusals({ ...UNKNOWN, 'bulletin.final': '已由两人签发', ...codes }),
      params: PeriodParams,
      response: { 200: SigningView, ...REFUSALS_OF_ONE },
    },
  });
  const signing = route('签发一稿通报（两个不同的人签同一稿）', {
    'bulletin.build.unknown': '没有 sha256 指明的这一稿',
    'bulletin.sign.not-newest': '这一稿之后又有新的一稿',
    'bulletin.sign.replay': '补采的批次，只能作草案',
    'bulletin.sign.review-waived': '免除了审核的批次，只能作草案',
    'bulletin.sign.unconfirmed': '有单项否决问题没有经两人确认，details 列出',
    'bulletin.sign.draft': '文件上印有“草案”',
    'bulletin.sign.mismatch': '正文与附件对不上，details 列出',
    'bulletin.sign.file-changed': '磁盘上的文件与生成时不同，details 列出',
    'bulletin.sign.same-person': '同一人不能签两次',
  });
  app.post(
    '/api/v1/bulletins/:period/signatures',
    { ...signing, schema: { ...signing.schema, body: SignBody } },
    async ({ actor, params: { period }, body }) => {
      assertWholeRegister(actor, period);
      await signBulletin({ store }, actor, { period, sha256: body.sha256, at: now() });
      return signingView(store, actor, period);
    },
  );
  app.delete(
    '/api/v1/bulletins/:period/signatures',
    route('撤回自己的签名（第二人签名之前）', {
      'bulletin.signature.unknown': '您没有签过最新的一稿',
      'bulletin.sign.not-newest': '这一稿之后又有新的一稿，签名已随之作废',
    }),
    async ({ actor, params: { period } }) => {
      assertWholeRegister(actor, period);
      await withdrawOwnSignature({ store }, actor, { period, at: now() });
      return signingView(store, actor, period);
    },
  );
}
