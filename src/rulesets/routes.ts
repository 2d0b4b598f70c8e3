import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { changeRuleset } from './change-ruleset.ts';
import { diffRulesets } from './diff-rulesets.ts';
import { listRulesets, loadVersion, type RulesetDeps } from './load-ruleset.ts';
import { rulesetView } from './ruleset-view.ts';
import {
  DiffQuery,
  DiffView,
  NewVersionBody,
  Page,
  RulesetList,
  RulesetParams,
  RulesetView,
  VersionQuery,
} from './schemas.ts';

const TAGS = ['规则'];
const READ = { access: 'ruleset.read' } as const;
const UNKNOWN = {
  'ruleset.unknown': '没有这个规则集，或没有这一版',
  'ruleset.damaged': '这一版的内容与记下的校验和不符',
};

/** Rulesets: versions, one of them, what two differ in; a new version on top of the newest. */
export function registerRulesetRoutes(app: HttpServer, deps: RulesetDeps): void {
  registerReadRoutes(app, deps);
  registerDiffRoute(app, deps);
  registerChangeRoute(app, deps);
}

function registerReadRoutes(app: HttpServer, deps: RulesetDeps): void {
  app.get(
    '/api/v1/rulesets',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '各规则集的各版，新的在前；第 1 版是随软件提供的文件',
        querystring: Page,
        response: { 200: RulesetList, ...REFUSALS },
      },
    },
    async ({ query: { limit, offset } }) => {
      const all = await listRulesets(deps);
      return { items: all.slice(offset, offset + limit), total: all.length, totalIsExact: true };
    },
  );
  app.get(
    '/api/v1/rulesets/:id',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一版规则集：每条规则的来源、是否启用、是否待核、参数',
        description: describeRefusals(UNKNOWN),
        params: RulesetParams,
        querystring: VersionQuery,
        response: { 200: RulesetView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, query }) =>
      rulesetView(await loadVersion(deps, deps.store.db, { id, version: query.version ?? null })),
  );
}

function registerDiffRoute(app: HttpServer, deps: RulesetDeps): void {
  app.get(
    '/api/v1/rulesets/:id/diff',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '两版的不同：启用与停用、参数、印法',
        description: describeRefusals(UNKNOWN),
        params: RulesetParams,
        querystring: DiffQuery,
        response: { 200: DiffView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, query }) => {
      const [from, to] = [
        await loadVersion(deps, deps.store.db, { id, version: query.from }),
        await loadVersion(deps, deps.store.db, { id, version: query.to }),
      ];
      const { rules, ...changed } = diffRulesets(from.ruleset, to.ruleset);
      return {
        id,
        from: { version: from.version, hash: from.ruleset.hash },
        to: { version: to.version, hash: to.ruleset.hash },
        ...changed,
        rules: rules.map((rule) => ({ ...rule, parameters: [...rule.parameters] })),
      };
    },
  );
}

function registerChangeRoute(app: HttpServer, deps: RulesetDeps): void {
  app.post(
    '/api/v1/rulesets/:id/versions',
    {
      config: { access: 'ruleset.change' },
      schema: {
        tags: TAGS,
        summary: '在最新一版之上生成新的一版：启用或停用规则、改参数，写明理由',
        description: describeRefusals({
          ...UNKNOWN,
          'identity.forbidden': '没有权限，或只管部分单位',
          'ruleset.changed': 'base 不是最新一版的校验和：有人先改了',
          'ruleset.no-such-rule': '没有 ruleId 这条规则',
          'ruleset.change': '同一条规则写了两次',
          'ruleset.parameter': '参数不存在、属于别的规则、不是整数或超出范围，details 逐项说明',
          'ruleset.unverified': '启用待核的规则没有写 confirmsUnverified: true',
          'ruleset.points':
            '分值不是 0.01 到 100 分，写给了不计分的规则，或启用扣分、加分指标时没有分值',
          'ruleset.no-indicator': '由系统判定而没有指标的规则，不能启用',
          'ruleset.unchanged': '与最新一版没有不同',
        }),
        params: RulesetParams,
        body: NewVersionBody,
        response: { 201: RulesetView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) => {
      const at = new Date().toISOString();
      const made = await changeRuleset(deps, actor, { id, ...body, at });
      return reply.code(201).send(rulesetView(made));
    },
  );
}
