import type { FrozenRound } from '../inspection/index.ts';
import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { formatRatio } from '../scoring/index.ts';
import type { Bulletin, BulletinText, Issue, OrderedUnitRow, Paragraph } from './bulletin.ts';
import { TO_FILL } from './bulletin.ts';
import { composeProblems, GROUP_ROW } from './compose-problems.ts';
import type { Place } from './place.ts';
import { numeral, thisPeriod } from './text-words.ts';

/** What the text is written from: the finished tables, and the failing subjects in their order. */
export interface TextFacts extends Omit<Bulletin, 'text'> {
  readonly order: (failing: FrozenRound['failing']) => FrozenRound['failing'];
}

/** The text in the founding document's order: 总体情况, 主要问题, 工作要求. */
export function composeText(
  facts: TextFacts,
  frozen: FrozenRound,
  issue: Issue,
  place: Place,
): BulletinText {
  const { whole, recipients } = place;
  const problems = composeProblems(facts, frozen);
  return {
    recipients,
    paragraphs: [
      platform(opening(facts, whole)),
      heading('一、总体情况'),
      platform(overview(facts, frozen, whole)),
      ...(issue.praise ?? []).map(office),
      heading('二、发现的主要问题'),
      ...(problems.length === 0
        ? [platform(`${thisPeriod(facts.period)}检查未发现存在突出问题的政府网站和政务新媒体。`)]
        : problems.map((theme, index) => platform(`（${numeral(index + 1)}）${theme}`))),
      heading('三、下一步工作要求'),
      ...requirements(issue),
      platform(closing(facts)),
      office(contactLine(facts.contact)),
    ],
    annexTitles: [
      `${whole}政府网站检查情况`,
      '检查发现存在突出问题的政府网站名单',
      `${whole}政务新媒体检查情况`,
      '检查发现存在突出问题的政务新媒体名单',
    ],
  };
}

const heading = (text: string): Paragraph => ({ style: 'heading1', author: 'platform', text });
const platform = (text: string): Paragraph => ({ style: 'body', author: 'platform', text });
const office = (text: string): Paragraph => ({ style: 'body', author: 'office', text });

/** Who organised the check: the issuing office by name once it is known. */
function organiser({ issuer }: TextFacts): string {
  return issuer === TO_FILL ? '我单位' : issuer;
}

function opening(facts: TextFacts, whole: string): string {
  return `根据《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）要求，${organiser(facts)}组织开展了${facts.periodLabel}${whole}政府网站与政务新媒体检查工作，现将有关情况通报如下。`;
}

interface KindFacts {
  readonly total: TextFacts['sitesTotal'];
  readonly rows: readonly OrderedUnitRow[];
  readonly rate: string;
  /** 政府网站 in full, 网站 in the list of places. */
  readonly what: string;
  readonly noun: string;
  /** How a census of the kind is called. */
  readonly census: string;
  readonly sampled: boolean;
}

function overview(facts: TextFacts, frozen: FrozenRound, whole: string): string {
  const { coverage, ruleset } = frozen.round;
  const kinds: KindFacts[] = [
    {
      total: facts.sitesTotal,
      rows: facts.sitesByUnit,
      rate: facts.printed.sitePassRate,
      what: '政府网站',
      noun: '网站',
      census: '全覆盖检查',
      sampled: coverage.sites.mode === 'sample',
    },
    {
      total: facts.accountsTotal,
      rows: facts.accountsByUnit,
      rate: facts.printed.accountPassRate,
      what: '政务新媒体',
      noun: '政务新媒体',
      census: '普查',
      sampled: coverage.accounts.mode === 'sample',
    },
  ];
  const clauses = kinds.map((kind) => kindClause(kind, whole, ruleset.percent));
  return `${facts.periodLabel}，${organiser(facts)}组织${clauses.join('；')}。`;
}

function kindClause(
  { total, rows, rate, what, noun, census, sampled }: KindFacts,
  whole: string,
  percent: FrozenRound['round']['ruleset']['percent'],
): string {
  const running = `对${whole}正常运行的${total.running}家${what}`;
  if (total.checked === 0) return `${running}未安排检查`;
  const done = sampled
    ? `${running}抽查${total.checked}家，抽查比例${formatRatio(total.checked, total.running, percent)}`
    : `${running}进行${census}`;
  if (total.failing === 0) return `${done}，未发现突出问题，总体合格率${rate}`;
  const sound = rows
    .filter((row) => row.checked > 0 && row.failing === 0 && !GROUP_ROW.test(row.unit))
    .map((row) => row.unit);
  const named =
    sound.length === 0 ? '' : `，其中${sound.join('、')}${noun}检查合格率${percent.hundred}`;
  return `${done}，发现${total.failing}家存在问题，总体合格率${rate}${named}`;
}

const REQUIREMENTS = [
  '压实安全责任。各地各部门要严格执行信息先审后发，健全值班值守、安全巡防和监测预警机制，发现问题及时处置，确保政府网站和政务新媒体平稳运行。',
  '提升网站建设管理水平。对照检查指标逐项自查，重点解决内容更新不及时、栏目空白、互动渠道和办事服务不完善等问题，持续优化服务功能。',
  '规范政务新媒体管理。落实开设、变更、关停、注销全程备案，按月核对系统填报信息，对无力维护的账号及时清理整合。',
] as const;

/** The office's requirements, or ours; numbered （一）（二） unless they are already. */
function requirements(issue: Issue): Paragraph[] {
  const given = issue.requirements ?? [];
  const [texts, paragraph] =
    given.length > 0 ? [given, office] : [REQUIREMENTS as readonly string[], platform];
  return texts.map((text, index) =>
    paragraph(
      /^（[一二三四五六七八九十]+）/.test(text) ? text : `（${numeral(index + 1)}）${text}`,
    ),
  );
}

function closing(facts: TextFacts): string {
  const failing = [
    ...(facts.sitesTotal.failing > 0 ? ['政府网站'] : []),
    ...(facts.accountsTotal.failing > 0 ? ['政务新媒体'] : []),
  ];
  if (failing.length === 0)
    return '各地各部门要继续对照检查指标抓好日常自查，巩固工作成效，防止问题发生。';
  const deadline = isCalendarDate(facts.rectificationDeadline)
    ? chineseDate(facts.rectificationDeadline)
    : facts.rectificationDeadline;
  return `对此次通报存在问题的${failing.join('和')}，各地各部门要高度重视，立即采取有力措施进行整改，整改情况于${deadline}前书面反馈${organiser(facts)}，整改结果将予复核。`;
}

function contactLine(contact: string): string {
  const line = /^联系/.test(contact) ? contact : `联系人：${contact}`;
  return /[。！]$/.test(line) ? line : `${line}。`;
}
