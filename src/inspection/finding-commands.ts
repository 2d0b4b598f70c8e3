import { type Command, type CommandContext, defineCommand } from '../cli/command.ts';
import type { Judgement } from '../domain/finding.ts';
import type { Subject } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listFindings, type StoredFinding } from './finding.repository.ts';
import { type InspectionDb, inspectionDb } from './inspection-db.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { CONTEST_WORDS, REVIEW_WORDS, STATUS_WORDS } from './queue/finding-words.ts';
import { type Contest, contestedOf, listContestsOf } from './review/contest.repository.ts';
import { enterFinding } from './review/enter-finding.ts';
import { type ReviewInput, reviewFinding } from './review/review-finding.ts';
import { listRoundSubjects, requireRound } from './round.repository.ts';
import type { ContestState } from './tables.ts';

const PERIOD = { kind: 'text', value: '期次', help: '批次的期次', required: true } as const;
const BY = {
  kind: 'text',
  value: '姓名',
  help: '谁作的决定（两个人确认才算数）',
  required: true,
} as const;

const STATUSES: readonly Judgement['status'][] = [
  'met',
  'breached',
  'notApplicable',
  'undetermined',
];

const findingList = defineCommand<InspectionDeps>({
  words: ['finding', 'list'],
  summary: '列出一个批次的问题（默认：成立的和无法判定的）',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: PERIOD,
    status: { kind: 'text', value: STATUSES.join('|'), help: '只列这种' },
  },
  needs: 'store',
  run: async (context) => {
    const asked = context.args.text('status');
    if (asked !== undefined && !STATUSES.includes(asked as Judgement['status'])) {
      throw new UserError('finding.status', `--status 只能是 ${STATUSES.join('、')}。`, {
        field: 'status',
      });
    }
    const db = inspectionDb(context.deps.store);
    const round = await requireRound(db, context.args.text('period') ?? '');
    const labels = new Map(round.ruleset.rules.map((rule) => [rule.id, rule.printedLabel]));
    const subjects = new Map(
      (await listRoundSubjects(db, round.id)).map(({ subject }) => [
        `${subject.kind}:${subject.id}`,
        subject,
      ]),
    );
    const statuses =
      asked === undefined
        ? (['breached', 'undetermined'] as const)
        : [asked as Judgement['status']];
    for (const status of statuses) {
      const findings = await listFindings(db, round.id, { status });
      const contests = await contestsOf(db, findings);
      for (const finding of findings) {
        printFinding(context, finding, subjects.get(`${finding.kind}:${finding.subjectId}`), {
          label: labels.get(finding.ruleId) ?? finding.ruleId,
          contested: contestedOf(contests.get(finding.id) ?? []),
        });
      }
    }
    return 0;
  },
});

function printFinding(
  context: CommandContext<InspectionDeps>,
  finding: StoredFinding,
  subject: Subject | undefined,
  { label, contested }: { label: string; contested: ContestState | null },
): void {
  const { judgement } = finding;
  const detail =
    judgement.status === 'breached'
      ? judgement.evidence[0].excerpt
      : 'reason' in judgement
        ? judgement.reason
        : (judgement.note ?? '');
  const identity =
    subject?.kind === 'site'
      ? { siteCode: subject.siteCode }
      : subject
        ? { platform: subject.platform, accountId: subject.accountId }
        : {};
  context.out.result(
    {
      id: finding.id,
      kind: finding.kind,
      unit: subject?.printRow,
      name: subject?.name,
      ...identity,
      rule: finding.ruleId,
      label,
      status: judgement.status,
      review: finding.review,
      ...(contested === null ? {} : { contested }),
      source: finding.source,
      judgement,
    },
    `#${finding.id}\t${subject?.printRow}\t${subject?.name}\t${label}\t${STATUS_WORDS[judgement.status]}\t${REVIEW_WORDS[finding.review]}${contested === null ? '' : `（${CONTEST_WORDS[contested]}）`}\t${detail}`,
  );
}

/** Ids asked for at once; a statement takes no more parameters than some ten thousands. */
const IDS_AT_ONCE = 1_000;

async function contestsOf(
  db: InspectionDb,
  findings: readonly StoredFinding[],
): Promise<Map<number, Contest[]>> {
  const ids = findings.map(({ id }) => id);
  const found = new Map<number, Contest[]>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE)
    for (const [id, contests] of await listContestsOf(db, ids.slice(start, start + IDS_AT_ONCE)))
      found.set(id, contests);
  return found;
}

function reviewCommand(
  decision: ReviewInput['decision'],
  summary: string,
): Command<InspectionDeps> {
  return defineCommand<InspectionDeps>({
    words: ['finding', decision === 'cannotJudge' ? 'cannot-judge' : decision],
    summary,
    positionals: { name: '编号', min: 1, max: 1 },
    options: { period: PERIOD, by: BY, note: { kind: 'text', value: '说明', help: '理由或批注' } },
    needs: 'store',
    run: async (context) => {
      const findingId = Number(context.args.positionals[0]?.replace(/^#/, ''));
      if (!Number.isInteger(findingId))
        throw new UserError('finding.id', '问题编号要是数字（见 finding list）。');
      const review = await reviewFinding(context.deps, personOf(context), {
        period: context.args.text('period') ?? '',
        findingId,
        decision,
        note: context.args.text('note') ?? '',
        at: context.now(),
      });
      context.out.result({ id: findingId, review }, `#${findingId}：${REVIEW_WORDS[review]}`);
      return 0;
    },
  });
}

function personOf(context: CommandContext<InspectionDeps>): string {
  const name = (context.args.text('by') ?? '').trim();
  if (name === '' || name.length > 50)
    throw new UserError('finding.by', '--by 要写姓名（不超过 50 字）。', { field: 'by' });
  return name;
}

const findingEnter = defineCommand<InspectionDeps>({
  words: ['finding', 'enter'],
  summary: '录入由人判定的问题（安全类、移动客户端），或为无法判定的补上人工结论',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    period: PERIOD,
    by: BY,
    rule: { kind: 'text', value: '指标', help: '如 site.veto.security.expression', required: true },
    'site-code': { kind: 'text', value: '网站标识码', help: '对象是网站时' },
    platform: { kind: 'text', value: '平台', help: '对象是新媒体时' },
    'account-id': { kind: 'text', value: '账号ID', help: '对象是新媒体时' },
    locator: { kind: 'text', value: '网址或文件', help: '证据在哪里', required: true },
    excerpt: { kind: 'text', value: '摘录', help: '证据的原文（不超过 200 字）', required: true },
    occurrences: { kind: 'text', value: '处数', help: '扣分、加分指标的处数，默认 1' },
  },
  needs: 'store',
  run: async (context) => {
    const db = inspectionDb(context.deps.store);
    const subject = await findSubject(db, context);
    const id = await enterFinding(context.deps, personOf(context), {
      period: context.args.text('period') ?? '',
      kind: subject.kind,
      subjectId: subject.id,
      ruleId: context.args.text('rule') ?? '',
      locator: context.args.text('locator') ?? '',
      excerpt: context.args.text('excerpt') ?? '',
      occurrences: Number(context.args.text('occurrences') ?? 1),
      at: context.now(),
    });
    context.out.result({ id }, `已录入 #${id}，待审核。`);
    return 0;
  },
});

async function findSubject(
  db: InspectionDb,
  context: CommandContext<InspectionDeps>,
): Promise<Subject> {
  const { args } = context;
  const round = await requireRound(db, args.text('period') ?? '');
  const siteCode = args.text('site-code');
  const found = (await listRoundSubjects(db, round.id)).find(({ subject }) =>
    subject.kind === 'site'
      ? siteCode !== undefined && subject.siteCode === siteCode
      : siteCode === undefined &&
        subject.platform === args.text('platform') &&
        subject.accountId === args.text('account-id'),
  );
  if (!found)
    throw new UserError(
      'finding.subject',
      '批次里没有这个对象：请核对 --site-code，或 --platform 与 --account-id。',
    );
  return found.subject;
}

export const findingCommands: readonly Command<InspectionDeps>[] = [
  findingList,
  reviewCommand('confirm', '确认一个问题'),
  reviewCommand('reject', '驳回一个问题（要写 --note）'),
  reviewCommand('cannotJudge', '看过，但不能判定一个问题（要写 --note；不进通报）'),
  reviewCommand('withdraw', '撤回自己对一个问题的决定'),
  reviewCommand('annotate', '给一个问题加批注（要写 --note）'),
  findingEnter,
];
