import type { FrozenRound } from '../inspection/index.ts';
import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { formatRatio } from '../scoring/index.ts';
import type { Bulletin, BulletinText, Issue, OrderedUnitRow, Paragraph } from './bulletin.ts';
import { TO_FILL } from './bulletin.ts';
import { composeProblems, GROUP_ROW } from './compose-problems.ts';
import type { Place } from './place.ts';
import { figure, joinRich, type Rich, type RowsRef, rich } from './rich-text.ts';
import { numeral, thisPeriod } from './text-words.ts';

/** What the text is written from: the finished tables, and the failing subjects in their order. */
export interface TextFacts extends Omit<Bulletin, 'text'> {
  readonly order: (failing: FrozenRound['failing']) => FrozenRound['failing'];
}

/** A paragraph whose figures say which rows they count. */
export interface RichParagraph extends Omit<Paragraph, 'text'> {
  readonly runs: Rich;
}

export interface RichText extends Omit<BulletinText, 'paragraphs'> {
  readonly paragraphs: readonly RichParagraph[];
}

/** The text in the founding document's order: 总体情况, 主要问题, 工作要求. */
export function composeText(
  facts: TextFacts,
  frozen: FrozenRound,
  issue: Issue,
  place: Place,
): RichText {
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
        : problems.map((theme, index) => platform(rich`（${numeral(index + 1)}）${theme}`))),
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

const asRich = (text: string | Rich): Rich => (typeof text === 'string' ? [{ text }] : text);
const heading = (text: string): RichParagraph => ({
  style: 'heading1',
  author: 'platform',
  runs: asRich(text),
});
const platform = (text: string | Rich): RichParagraph => ({
  style: 'body',
  author: 'platform',
  runs: asRich(text),
});
const office = (text: string): RichParagraph => ({
  style: 'body',
  author: 'office',
  runs: asRich(text),
});

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
  readonly running: RowsRef;
  readonly failing: RowsRef;
}

function overview(facts: TextFacts, frozen: FrozenRound, whole: string): Rich {
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
      running: { rows: 'sites' },
      failing: { rows: 'failing-sites' },
    },
    {
      total: facts.accountsTotal,
      rows: facts.accountsByUnit,
      rate: facts.printed.accountPassRate,
      what: '政务新媒体',
      noun: '政务新媒体',
      census: '普查',
      sampled: coverage.accounts.mode === 'sample',
      running: { rows: 'accounts' },
      failing: { rows: 'failing-accounts' },
    },
  ];
  const clauses = kinds.map((kind) => kindClause(kind, whole, ruleset.percent));
  return rich`${facts.periodLabel}，${organiser(facts)}组织${joinRich(clauses, '；')}。`;
}

function kindClause(
  kind: KindFacts,
  whole: string,
  percent: FrozenRound['round']['ruleset']['percent'],
): Rich {
  const { total, what, census, sampled } = kind;
  const running = rich`对${whole}正常运行的${figure(total.running, kind.running)}家${what}`;
  if (total.checked === 0) return rich`${running}未安排检查`;
  const checked = { ...kind.running, checked: true };
  const ratio = formatRatio(total.checked, total.running, percent);
  const done = sampled
    ? rich`${running}抽查${figure(total.checked, checked)}家，抽查比例${figure(ratio, checked)}`
    : rich`${running}进行${census}`;
  if (total.failing === 0)
    return rich`${done}，未发现突出问题，总体合格率${figure(kind.rate, checked)}`;
  const rate = figure(kind.rate, kind.failing);
  return rich`${done}，发现${figure(total.failing, kind.failing)}家存在问题，总体合格率${rate}${soundClause(kind, percent.hundred)}`;
}

/** A place of which something was checked, and nothing failed; groups of departments are no places. */
export function isSoundPlace(row: OrderedUnitRow): boolean {
  return row.checked > 0 && row.failing === 0 && !GROUP_ROW.test(row.unit);
}

function soundClause({ rows, noun, running }: KindFacts, hundred: string): Rich {
  const sound = rows.filter(isSoundPlace).map((row) => row.unit);
  if (sound.length === 0) return [];
  const rate = figure(hundred, { ...running, checked: true, allSound: true });
  return rich`，其中${sound.join('、')}${noun}检查合格率${rate}`;
}

const REQUIREMENTS = [
  '压实安全责任。各地各部门要严格执行信息先审后发，健全值班值守、安全巡防和监测预警机制，发现问题及时处置，确保政府网站和政务新媒体平稳运行。',
  '提升网站建设管理水平。对照检查指标逐项自查，重点解决内容更新不及时、栏目空白、互动渠道和办事服务不完善等问题，持续优化服务功能。',
  '规范政务新媒体管理。落实开设、变更、关停、注销全程备案，按月核对系统填报信息，对无力维护的账号及时清理整合。',
] as const;

/** The office's requirements, or ours; numbered （一）（二） unless they are already. */
function requirements(issue: Issue): RichParagraph[] {
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
