import type { FrozenRound } from '../inspection/index.ts';
import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { formatRatio } from '../scoring/index.ts';
import type {
  Bulletin,
  BulletinSiteRow,
  BulletinText,
  Issue,
  OrderedUnitRow,
  Paragraph,
} from './bulletin.ts';
import { TO_FILL } from './bulletin.ts';

type Facts = Omit<Bulletin, 'text'>;

const NUMERALS = ['一', '二', '三', '四', '五', '六'] as const;
/** Print rows that are groups of departments are not named among the places at 100 %. */
const GROUP_ROW = /(部门|单位|机构|委办局)$/;
/** Examples named in a sentence; the annex names all. */
const EXAMPLES_MAX = 2;

/** The text in the founding document's order: 总体情况, 主要问题, 工作要求. */
export function composeText(facts: Facts, frozen: FrozenRound, issue: Issue): BulletinText {
  const paragraphs: Paragraph[] = [
    body(
      `根据《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）要求，我单位组织开展了${frozen.round.label}政府网站与政务新媒体检查工作，现将有关情况通报如下。`,
    ),
    { style: 'heading1', text: '一、总体情况' },
    body(overall(facts, frozen)),
    ...(issue.praise ?? []).map(body),
    { style: 'heading1', text: '二、发现的主要问题' },
    ...problems(facts, frozen),
    { style: 'heading1', text: '三、下一步工作要求' },
    ...requirements(issue),
    body(closing(facts)),
    body(`联系人：${facts.contact}。`),
  ];
  const kind = '存在突出问题';
  return {
    recipients: '各市州人民政府，省政府各厅委、各直属机构：',
    paragraphs,
    annexTitles: [
      '全省政府网站检查情况',
      `检查发现${kind}的政府网站名单`,
      '全省政务新媒体检查情况',
      `检查发现${kind}的政务新媒体名单`,
    ],
  };
}

const body = (text: string): Paragraph => ({ style: 'body', text });

function overall(facts: Facts, frozen: FrozenRound): string {
  const sites = kindSentence(
    {
      total: facts.sitesTotal,
      rows: facts.sitesByUnit,
      rate: facts.printed.sitePassRate,
      what: '政府网站',
      noun: '网站',
      way: '全覆盖检查',
      sampled: frozen.round.coverage.sites.mode === 'sample',
    },
    frozen,
  );
  const accounts = kindSentence(
    {
      total: facts.accountsTotal,
      rows: facts.accountsByUnit,
      rate: facts.printed.accountPassRate,
      what: '政务新媒体',
      noun: '政务新媒体',
      way: '普查',
      sampled: frozen.round.coverage.accounts.mode === 'sample',
    },
    frozen,
  );
  return `${frozen.round.label}，${sites}；${accounts}。`;
}

interface KindFacts {
  readonly total: Facts['sitesTotal'];
  readonly rows: readonly OrderedUnitRow[];
  readonly rate: string;
  readonly what: string;
  readonly noun: string;
  readonly way: string;
  readonly sampled: boolean;
}

function kindSentence(
  { total, rows, rate, what, noun, way, sampled }: KindFacts,
  frozen: FrozenRound,
): string {
  if (total.checked === 0) return `全省正常运行的${total.running}家${what}本期未检查`;
  const ratio = formatRatio(total.checked, total.running, frozen.round.ruleset.percent);
  const done = sampled
    ? `对全省正常运行的${total.running}家${what}抽查${total.checked}家、抽查比例${ratio}`
    : `对全省正常运行的${total.running}家${what}进行${way}`;
  const found = total.failing === 0 ? '未发现突出问题' : `发现${total.failing}家存在问题`;
  const perfect = rows
    .filter((row) => row.checked > 0 && row.failing === 0 && !GROUP_ROW.test(row.unit))
    .map((row) => row.unit);
  const named =
    perfect.length > 0 && total.failing > 0
      ? `，其中${perfect.join('、')}${noun}检查合格率100%`
      : '';
  return `${done}，${found}，总体合格率${rate}${named}`;
}

function problems(facts: Facts, frozen: FrozenRound): Paragraph[] {
  const themes = [repeatTheme(facts, frozen), siteTheme(facts), accountTheme(facts)].filter(
    (theme) => theme !== null,
  );
  if (themes.length === 0) return [body('本期检查未发现存在突出问题的政府网站和政务新媒体。')];
  return themes.map((theme, index) => body(`（${NUMERALS[index]}）${theme}`));
}

function repeatTheme(facts: Facts, frozen: FrozenRound): string | null {
  const repeated = frozen.failing.filter((each) => each.repeatedRules.length > 0);
  if (repeated.length === 0) return null;
  const ordered = facts.repeatOffenders.map((offender) => {
    const each = repeated.find(
      ({ subject }) => subject.name === offender.name && subject.printRow === offender.unit,
    );
    const what = each?.subject.kind === 'account' ? each.subject.platform : '网站';
    return `${offender.unit}“${offender.name}”${what}`;
  });
  return `个别单位整改落实不到位。${ordered.join('、')}，在上期被通报后，未对照发现的问题举一反三、抓好自查整改，本期仍存在相同问题。`;
}

function siteTheme(facts: Facts): string | null {
  if (facts.failingSites.length === 0) return null;
  const byProblem = new Map<string, BulletinSiteRow[]>();
  for (const row of facts.failingSites)
    for (const problem of row.problems)
      byProblem.set(problem, [...(byProblem.get(problem) ?? []), row]);
  const sentences = [...byProblem].map(([problem, rows]) => {
    const names = rows.map((row) => `${row.unit}${row.name}`).join('、');
    const dead = rows.some((row) => row.rules.includes('site.veto.unreachable'))
      ? '登记为正常运行，实际'
      : '';
    return `${names}${dead}${problem.replace(/（.*）$/, '')}`;
  });
  return `个别网站功能建设和运行维护有待完善。${sentences.join('；')}。`;
}

function accountTheme(facts: Facts): string | null {
  const total = facts.accountsTotal.failing;
  if (total === 0) return null;
  const shares = Object.entries(facts.printed.shareOfFailingAccounts);
  const count = (unit: string): number =>
    facts.accountsByUnit.find((row) => row.unit === unit)?.failing ?? 0;
  const each = shares.length > 1 ? '分别有' : '有';
  const named =
    shares.length > 0
      ? `，其中${shares.map(([unit]) => unit).join('、')}${each}${shares.map(([unit]) => `${count(unit)}家`).join('和')}，占比${shares.map(([, share]) => share).join('和')}`
      : '';
  const none = facts.failingAccounts.filter((row) => row.lastUpdatedPrinted === '无动态信息');
  const noneWords =
    none.length > 0
      ? `${none
          .slice(0, EXAMPLES_MAX)
          .map((row) => `${row.unit}“${row.name}”${row.platform}`)
          .join('、')}${none.length > EXAMPLES_MAX ? `等${none.length}家` : ''}未开设动态信息。`
      : '';
  const double = facts.failingAccounts.filter((row) => row.problems.length >= 2);
  const doubleWords =
    double.length > 0
      ? `${double
          .slice(0, EXAMPLES_MAX)
          .map((row) => `${row.unit}“${row.name}”${row.platform}`)
          .join('、')}等${double.length}家政务新媒体同时存在两项以上问题。`
      : '';
  return `政务新媒体运维管理仍需规范。本期政务新媒体检查共有${total}家存在问题${named}。${noneWords}${doubleWords}`;
}

function requirements(issue: Issue): Paragraph[] {
  const given = issue.requirements ?? [];
  const texts =
    given.length > 0
      ? given
      : [
          '压实安全责任。各地各部门要严格执行信息先审后发，完善值班值守、安全巡防和监测预警，发现问题及时处置。',
          '提升网站水平。对照检查指标逐项自查，重点解决内容更新不及时、栏目空白、互动渠道和办事服务不完善等问题。',
          '规范新媒体管理。落实开设、变更、关停、注销全程备案，每月核对系统信息，无力维护的账号要清理整合。',
        ];
  return texts.map((text, index) =>
    body(/^（/.test(text) ? text : `（${NUMERALS[index] ?? index + 1}）${text}`),
  );
}

function closing(facts: Facts): string {
  const deadline = isCalendarDate(facts.rectificationDeadline)
    ? chineseDate(facts.rectificationDeadline)
    : TO_FILL;
  return `对本次通报存在问题的政府网站和政务新媒体，各地各部门要高度重视，立即采取有力措施进行整改，整改情况于${deadline}前书面反馈，我单位将对整改情况进行复核。`;
}
