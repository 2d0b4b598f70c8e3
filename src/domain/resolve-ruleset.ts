import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import { isScored, type Rule, type Ruleset, type ScoreScale } from './ruleset.ts';

const Percent = z.strictObject({
  decimals: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  rounding: z.enum(['half-up', 'truncate']),
  zero: z.string(),
  hundred: z.string(),
  nothingChecked: z.string(),
});

/** Centipoints; null = 待核. Nothing is worth more than the whole. */
const Centipoints = z.number().int().min(1).max(10_000);
const Points = Centipoints.nullable();

const Scale = z.strictObject({
  full: Centipoints,
  failBelow: Centipoints,
  bonusAbove: Centipoints,
  bonusFull: Centipoints,
  serviceGroup: z.string().min(1),
  serviceFull: Centipoints,
});

const RuleRow = z.strictObject({
  id: z.string().min(1),
  entryId: z.string().min(1),
  part: z.enum(['veto', 'deduct', 'bonus', 'notice']),
  object: z.enum(['site', 'new-media', 'portal']),
  shortName: z.string().min(1),
  label: z.string().min(1).nullable(),
  printedLabel: z.string().min(1).optional(),
  confidence: z.enum(['verified-2plus', 'verified-1', 'recall-unverified']),
  enabled: z.boolean(),
  reason: z.string(),
  judgedBy: z.enum(['machine', 'person']),
  parameters: z.record(z.string(), z.number().finite()),
  group: z.string().min(1).optional(),
  points: Points.optional(),
  cap: Points.optional(),
  residual: z.literal(true).optional(),
});

/** One line that changes a rule of the base; switching on what the base left off needs a reason. */
const Change = z.strictObject({
  id: z.string().min(1),
  enabled: z.boolean().optional(),
  reason: z.string().min(1).optional(),
  printedLabel: z.string().min(1).optional(),
  parameters: z.record(z.string(), z.number().finite()).optional(),
  points: Points.optional(),
  /** Of the whole entry: it changes all rules of it. */
  cap: Points.optional(),
});

const RulesetFileSchema = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  source: z.string().min(1),
  extends: z.string().optional(),
  percent: Percent.optional(),
  scale: Scale.optional(),
  rules: z.array(RuleRow).optional(),
  changes: z.array(Change).optional(),
});

export type RulesetFile = z.infer<typeof RulesetFileSchema>;
type RuleChange = z.infer<typeof Change>;

/** Applies files in order, the base first. Throws {@link UserError} `ruleset.invalid` naming what is wrong. */
export function resolveRuleset(files: readonly unknown[]): Ruleset {
  const parsed = files.map(parseFile);
  const [base] = parsed;
  const last = parsed.at(-1);
  if (!base || !last) throw new UserError('ruleset.invalid', '规则集是空的。');
  const percent = parsed.map((file) => file.percent).findLast((each) => each !== undefined);
  if (!base.rules || !percent)
    throw new UserError('ruleset.invalid', `规则集 ${base.id} 要有 rules 和 percent。`);
  let rules: Rule[] = base.rules.map((row) => ({
    ...row,
    printedLabel: row.printedLabel ?? row.label ?? row.shortName,
  }));
  for (const file of parsed.slice(1)) rules = applyChanges(file, rules);
  const scale = parsed.map((file) => file.scale).findLast((each) => each !== undefined);
  assertScorable(last.id, rules, scale);
  const content = { percent, rules, ...(scale === undefined ? {} : { scale }) };
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { id: last.id, title: last.title, hash, ...content };
}

/** A scored rule that is on has its points and its cap, one cap an entry; and the lines of a scale follow one another. */
function assertScorable(id: string, rules: readonly Rule[], scale: ScoreScale | undefined): void {
  const refuse = (words: string): never => {
    throw new UserError('ruleset.invalid', `规则集 ${id} ${words}`);
  };
  const caps = new Map<string, number | null>();
  for (const rule of rules) {
    const { id: ruleId, entryId, enabled, points, cap } = rule;
    if (!isScored(rule) && (points ?? cap ?? null) !== null)
      refuse(`给不计分的 ${ruleId} 写了分值。`);
    if (!isScored(rule)) continue;
    if (enabled && ((points ?? null) === null || (cap ?? null) === null))
      refuse(`启用了 ${ruleId}，但没有写每处分值和该项总分值；分值待核的不能启用。`);
    if (caps.has(entryId) && caps.get(entryId) !== (cap ?? null))
      refuse(`里 ${entryId} 的各条写了不同的总分值。`);
    caps.set(entryId, cap ?? null);
  }
  if (scale && !(scale.failBelow <= scale.bonusAbove && scale.bonusAbove <= scale.full))
    refuse('的及格线、加分线、满分要一个不小于一个。');
  if (scale && scale.serviceFull >= scale.full) refuse('的办事服务总分要小于满分。');
}

function parseFile(file: unknown): RulesetFile {
  const parsed = RulesetFileSchema.safeParse(file);
  if (parsed.success) return parsed.data;
  throw new UserError('ruleset.invalid', '规则集文件写法不对。', {
    details: parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`),
  });
}

function applyChanges(file: RulesetFile, rules: readonly Rule[]): Rule[] {
  const changes = new Map((file.changes ?? []).map((change) => [change.id, change]));
  const unknown = [...changes.keys()].filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0)
    throw new UserError(
      'ruleset.invalid',
      `规则集 ${file.id} 改了不存在的规则：${unknown.join('、')}。`,
    );
  const caps = capsByEntry(file, rules);
  return rules.map((rule) => {
    const changed = applyChange(file.id, rule, changes.get(rule.id));
    const cap = caps.get(rule.entryId);
    return cap === undefined ? changed : { ...changed, cap };
  });
}

/** Caps that changes give, by entry. */
function capsByEntry(file: RulesetFile, rules: readonly Rule[]): Map<string, number | null> {
  const caps = new Map<string, number | null>();
  for (const { id, cap } of file.changes ?? []) {
    const entryId = rules.find((rule) => rule.id === id)?.entryId;
    if (cap === undefined || entryId === undefined) continue;
    if (caps.has(entryId) && caps.get(entryId) !== cap)
      throw new UserError(
        'ruleset.invalid',
        `规则集 ${file.id} 给 ${entryId} 写了两个不同的总分值。`,
      );
    caps.set(entryId, cap);
  }
  return caps;
}

function applyChange(fileId: string, rule: Rule, change: RuleChange | undefined): Rule {
  if (!change) return rule;
  if (change.enabled === true && !rule.enabled && change.reason === undefined) {
    throw new UserError(
      'ruleset.invalid',
      `规则集 ${fileId} 启用 ${rule.id} 要写明理由（reason）。`,
    );
  }
  return {
    ...rule,
    enabled: change.enabled ?? rule.enabled,
    reason: change.reason ?? rule.reason,
    printedLabel: change.printedLabel ?? rule.printedLabel,
    parameters: { ...rule.parameters, ...change.parameters },
    ...(change.points === undefined ? {} : { points: change.points }),
  };
}

/** JSON with sorted keys: the same content has the same hash wherever it was stored. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}
