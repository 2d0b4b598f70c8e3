import { z } from 'zod';
import { MEASURES } from '../derive/communication/index-formula.ts';
import { EVIDENCE_LEVELS, SOURCE_KINDS } from '../domain/account-sources.ts';
import { RowIdText } from '../http/row-id.ts';
import { ACCOUNT_STATES } from './account-state.ts';
import { ALERT_KINDS, ALERT_STATES } from './list-alerts.ts';

/** The shapes that the routes of this feature take and give. */

export const PAGE = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
};
export const UNIT_ID = RowIdText.describe('单位及其下级');
export const PLATFORM = z.string().max(50);
export const WORDS = z.string().trim().max(100);
export const STATE = z.enum(ACCOUNT_STATES);
const Kind = z.enum(SOURCE_KINDS);
const Level = z.enum(EVIDENCE_LEVELS);

const LINE = {
  accounts: z.number(),
  running: z.number(),
  fresh: z.number().describe('期限内已知有更新'),
  silent: z.number().describe('疑似停更'),
  unknown: z.number().describe('不明'),
  rate: z.string().describe('最近冻结的批次的合格率；没有检查或看不到批次为空'),
};
const Cell = z.object({ platform: z.string(), ...LINE });
const LINE_EXAMPLE = {
  accounts: 35,
  running: 33,
  fresh: 21,
  silent: 2,
  unknown: 10,
  rate: '94.3%',
};
const CELL_EXAMPLE = { platform: '微信公众号', ...LINE_EXAMPLE };

export const MatrixView = z
  .object({
    today: z.string(),
    limitDays: z.number().describe('要求几天内有更新'),
    round: z.object({ period: z.string(), label: z.string() }).nullable(),
    units: z.array(z.object({ id: z.number(), name: z.string(), ...LINE, cells: z.array(Cell) })),
    platforms: z.array(Cell),
    total: z.object(LINE),
  })
  .meta({
    id: 'AccountMatrix',
    example: {
      ...{ today: '2026-11-29', limitDays: 14, round: null },
      units: [{ id: 7, name: '岳阳市', ...LINE_EXAMPLE, cells: [CELL_EXAMPLE] }],
      platforms: [CELL_EXAMPLE],
      total: LINE_EXAMPLE,
    },
  });

const STANDING_EXAMPLE = {
  ...{ id: 3, name: '岳阳发布', platform: '头条号', unitName: '岳阳市', state: 'fresh' as const },
  ...{ lastOn: '2026-11-20', lastTitle: '防汛工作', kind: 'rss' as const, level: 'B' as const },
};
export const StandingList = z
  .object({
    items: z.array(
      z.object({
        id: z.number(),
        name: z.string(),
        platform: z.string(),
        unitName: z.string(),
        state: STATE,
        lastOn: z.string().nullable(),
        lastTitle: z.string(),
        kind: Kind.nullable(),
        level: Level.nullable(),
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'StandingList',
    example: { items: [STANDING_EXAMPLE], total: 1, totalIsExact: true },
  });

export const AlertList = z
  .object({
    items: z.array(
      z.object({
        id: z.number(),
        accountId: z.number(),
        account: z.string(),
        platform: z.string(),
        unitName: z.string(),
        kind: z.enum(ALERT_KINDS).describe('将到更新期限，或与登记的哪一项不一致'),
        since: z.string().nullable().describe('最近一次已知的更新'),
        state: z.enum(ALERT_STATES),
        madeAt: z.string(),
        acknowledgedBy: z.string().nullable(),
        acknowledgedAt: z.string().nullable(),
        note: z.string(),
        closedAt: z.string().nullable(),
        closedWhy: z.enum(['post', 'status', 'changed']).nullable(),
        daysLeft: z.number().nullable(),
        words: z.string(),
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'AccountAlertList',
    example: {
      items: [
        {
          ...{ id: 5, accountId: 3, account: '岳阳发布', platform: '头条号', unitName: '岳阳市' },
          ...{
            kind: 'silence',
            since: '2026-11-18',
            state: 'open',
            madeAt: '2026-11-28T00:00:00.000Z',
            note: '',
          },
          ...{ acknowledgedBy: null, acknowledgedAt: null, closedAt: null, closedWhy: null },
          ...{ daysLeft: 3, words: '“岳阳发布”最近一次更新是 2026-11-18，之后没有更新。' },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

const Silence = z.object({ from: z.string(), to: z.string(), days: z.number() });
export const PublishingView = z
  .object({
    today: z.string(),
    limitDays: z.number(),
    state: STATE,
    sources: z.array(
      z.object({
        id: z.number(),
        kind: Kind,
        level: Level,
        state: z.string(),
        stateReason: z.string(),
        nextStep: z.string(),
        newestOn: z.string().nullable(),
        newestTitle: z.string(),
        newestUrl: z.string(),
        completeFrom: z.string().nullable().describe('从这天起看得全'),
        completeTo: z.string().nullable(),
        checkedAt: z.string().nullable(),
      }),
    ),
    weeks: z.array(
      z.object({
        from: z.string(),
        posts: z.number(),
        seen: z.enum(['whole', 'partly', 'unseen']).describe('看全、看了一部分、没有看到'),
      }),
    ),
    posts: z.number(),
    seenDays: z.number(),
    days: z.number(),
    longestSilence: Silence.nullable(),
    perFortnight: z.number().nullable(),
    originals: z.object({ original: z.number(), known: z.number() }),
    replies: z.object({
      asked: z.number(),
      answered: z.number(),
      medianDays: z.number().nullable(),
    }),
    followers: z
      .object({
        on: z.string(),
        followers: z.number(),
        from: z.enum([...SOURCE_KINDS, 'register']),
      })
      .nullable()
      .describe('最近一次知道的粉丝数：哪天、从哪里'),
  })
  .meta({
    id: 'AccountPublishing',
    example: {
      ...{ today: '2026-11-29', limitDays: 14, state: 'fresh', sources: [] },
      weeks: [{ from: '2026-11-23', posts: 3, seen: 'whole' }],
      ...{ posts: 3, seenDays: 7, days: 371, longestSilence: null, perFortnight: null },
      ...{ originals: { original: 1, known: 2 } },
      replies: { asked: 2, answered: 1, medianDays: 1.5 },
      followers: { on: '2026-11-28', followers: 12_345, from: 'weibo' },
    },
  });

const FormulaView = z.object({
  id: z.string(),
  version: z.number(),
  title: z.string(),
  platforms: z.array(z.string()),
  confidence: z.enum(['high', 'medium', 'low']),
  note: z.string(),
  scale: z.number(),
  power: z.number(),
  groups: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      weight: z.number(),
      per: z.enum(['period', 'day', 'post']),
      terms: z.array(
        z.object({ measure: z.enum(MEASURES), times: z.number(), weight: z.number() }),
      ),
    }),
  ),
});
const Change = z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable();
const FORMULA_EXAMPLE = {
  ...{ id: 'weibo-short', version: 1, title: '微博传播参考指数（简式）', platforms: ['新浪微博'] },
  ...{ confidence: 'medium' as const, note: '公开登记的简式。', scale: 160, power: 1, groups: [] },
};
export const KeptFormulaView = z
  .object({ formula: FormulaView, change: Change })
  .meta({ id: 'IndexFormula', example: { formula: FORMULA_EXAMPLE, change: null } });
export const FormulaList = z.object({ items: z.array(KeptFormulaView) }).meta({
  id: 'IndexFormulaList',
  example: { items: [{ formula: FORMULA_EXAMPLE, change: null }] },
});

export const IndicesView = z
  .object({
    period: z.object({ from: z.string(), to: z.string(), days: z.number() }),
    source: z.object({ kind: Kind, level: Level }).nullable(),
    isOfPersons: z.boolean().describe('按人数计，是近似'),
    items: z.array(
      z.object({
        formula: FormulaView,
        change: Change,
        result: z.object({
          formulaId: z.string(),
          version: z.number(),
          days: z.number(),
          value: z.number().nullable(),
          groups: z.array(z.object({ id: z.string(), value: z.number().nullable() })),
          inputs: z.array(
            z.object({
              measure: z.enum(MEASURES),
              value: z.number().nullable(),
              missing: z.string().nullable(),
            }),
          ),
        }),
      }),
    ),
  })
  .meta({
    id: 'AccountIndices',
    example: {
      period: { from: '2026-11-22', to: '2026-11-28', days: 7 },
      ...{ source: null, isOfPersons: false, items: [] },
    },
  });
