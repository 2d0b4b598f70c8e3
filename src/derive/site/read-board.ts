import { type AnyNode, type Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { findDates } from './find-dates.ts';
import { isElement, linearText, type TextRun } from './linear-text.ts';
import { pageChrome } from './page-chrome.ts';
import { absoluteUrl } from './page-links.ts';

/** A row of a message board, or what a message's own page says. Null = not said. */
export interface MessageReading {
  readonly title: string;
  readonly url: string | null;
  readonly askedOn: CalendarDate | null;
  readonly repliedOn: CalendarDate | null;
  readonly answered: boolean | null;
}

const ANSWERED =
  /^(已|有)?(回复|答复|办结|办理|处理|反馈|回应|解决|完成|办复|回答)(完毕|完成|成功)?$/u;
const ANSWERED_STATUS =
  /^(已(回复|答复|办结|办理|处理|反馈|回应|解决|完成|办复|回答|处置|审结|归档|公开|评价|转办并回复)\S{0,2}|办结|办理完毕|处理完毕|回复完毕|不予受理|不受理|无效|重复(信件|件)?|结案|采纳|部分采纳)$/u;
const OPEN_STATUS =
  /^((未|待|尚未|没有|等待|暂未|暂无|需)(回复|答复|办理|处理|办结|回应|受理|反馈|审核|解决|回答)|(正在|在)?(处理|办理|受理|转办|审核|流转|交办)中|正在(处理|办理|受理)|已(受理|转办|转交|接收|提交|交办|签收|收到|分办)|暂无回复|无回复|待办|处理过程中)$/u;
const ASK_TIME =
  /^(留言|写信|来信|提交|咨询|提问|投诉|信件|反映|登记|收信|发信|申请|诉求|建议|提出|网民|受理|发布|发表|发件|创建|问题|信访)?(时间|日期)$/u;
const SURE_ASK_TIME =
  /^(留言|写信|来信|提交|咨询|提问|投诉|信件|反映|收信|发信|诉求|建议)(时间|日期)$/u;
const REPLY_TIME = /^(回复|答复|办理|办结|处理|反馈|回信|办复|回应|办毕|完成|解答)(时间|日期)$/u;
const STATUS =
  /^(办理|处理|回复|答复|信件|受理|办件|当前|留言|处置|反馈|咨询|来信)?(状态|进度)$|^是否(回复|答复|办结|处理)$|^(办理|处理|回复|答复|受理)(情况|结果)$/u;
const TITLE = /(标题|主题|题目|问题|名称|内容|来信|信件|留言|咨询|诉求)/u;
const NOT_TITLE = /时间|日期|编号|单位|部门|状态|类型|类别|姓名|人$|电话|序号|情况|进度|回复|答复/u;
const REPLY_TEXT =
  /^(回复|答复|办理|处理|反馈|官方|部门|单位|回信|解答|信件|留言|政府)?(回复|答复|反馈|解答)?(内容|意见|结果|情况|信息|回复|答复|正文)?$/u;
const REPLY_WORD = /回复|答复|反馈|解答|办理(结果|情况|意见)|处理(结果|情况|意见)/u;
const MAX_ROWS = 600;

const labelOf = (text: string): string =>
  text.normalize('NFKC').replace(/[\s:【】[\]()<>|*]/gu, '');

/** Whether a status word says answered (true) or open (false); null when it is no status. */
export function readStatus(text: string): boolean | null {
  const word = labelOf(text);
  if (word === '' || word.length > 8) return null;
  if (OPEN_STATUS.test(word)) return false;
  return ANSWERED_STATUS.test(word) || (ANSWERED.test(word) && word.startsWith('已')) ? true : null;
}

/**
 * Rows of a message board: tables with heads (标题, 写信时间, 办理状态 …), or list rows that carry a status or labelled
 * times. Rows without any of these are not messages for this reader. Dates after `today` are kept out.
 */
export function readBoard(
  document: Document,
  pageUrl: string,
  today: CalendarDate,
): readonly MessageReading[] {
  const skip = pageChrome(document);
  const tables = DomUtils.getElementsByTagName('table', document).filter(
    (table) => !skip.has(table),
  );
  const rows = tables.flatMap((table) => readTable(table, pageUrl));
  if (rows.length > 0) return tidy(rows, today);
  return tidy(readRows(document, skip, pageUrl), today);
}

function tidy(rows: readonly MessageReading[], today: CalendarDate): readonly MessageReading[] {
  return rows
    .filter((row) => row.title !== '' && (row.askedOn === null || row.askedOn <= today))
    .slice(0, MAX_ROWS);
}

interface Columns {
  readonly title: number;
  readonly ask: number;
  readonly reply: number;
  readonly status: number;
}

function readTable(table: Element, pageUrl: string): readonly MessageReading[] {
  const rows = DomUtils.getElementsByTagName('tr', table)
    .map(cellsOf)
    .filter((cells) => cells.length >= 2);
  const head = rows.findIndex((cells) => columnsOf(cells) !== null);
  if (head < 0) return [];
  const columns = columnsOf(rows[head]!)!;
  return rows.slice(head + 1).map((cells) => readCells(cells, columns, pageUrl));
}

const cellsOf = (row: Element): readonly Element[] =>
  row.children.filter(
    (cell): cell is Element => isElement(cell) && (cell.name === 'td' || cell.name === 'th'),
  );

/** Which columns hold what; null when the row is not the head of a message table. */
function columnsOf(cells: readonly Element[]): Columns | null {
  const labels = cells.map((cell) => labelOf(DomUtils.textContent(cell)));
  const reply = labels.findIndex((label) => REPLY_TIME.test(label));
  const status = labels.findIndex((label) => STATUS.test(label));
  const ask = labels.findIndex((label, index) => index !== reply && ASK_TIME.test(label));
  const title = labels.findIndex((label) => TITLE.test(label) && !NOT_TITLE.test(label));
  if (title < 0 || ask < 0) return null;
  const sure =
    reply >= 0 ||
    status >= 0 ||
    SURE_ASK_TIME.test(labels[ask]!) ||
    /来信|信件|留言|咨询/u.test(labels[title]!);
  return sure ? { title, ask, reply, status } : null;
}

function readCells(cells: readonly Element[], columns: Columns, pageUrl: string): MessageReading {
  const text = (index: number): string =>
    index >= 0 && cells[index] ? DomUtils.textContent(cells[index]) : '';
  const repliedOn = findDates(text(columns.reply))[0] ?? null;
  const status = statusOfCell(cells[columns.status]);
  const emptyReply = columns.reply >= 0 && repliedOn === null && cells[columns.reply] !== undefined;
  const title = cells[columns.title];
  return {
    title: title ? titleOf(title) : '',
    url: linkOf(title ?? null, pageUrl) ?? linkOf(cells[0]?.parent ?? null, pageUrl),
    askedOn: findDates(text(columns.ask))[0] ?? null,
    repliedOn,
    answered: repliedOn ? true : (status ?? (emptyReply && columns.status < 0 ? false : null)),
  };
}

function statusOfCell(cell: Element | undefined): boolean | null {
  if (!cell) return null;
  const text = labelOf(DomUtils.textContent(cell));
  const image = DomUtils.getElementsByTagName('img', cell, true, 1)[0]?.attribs;
  const word = text || labelOf(image?.alt || image?.title || '');
  if (/^(是|有)$/u.test(word)) return true;
  if (/^(否|无)$/u.test(word)) return false;
  return readStatus(word);
}

const titleOf = (element: Element): string => {
  const link = DomUtils.getElementsByTagName('a', element, true, 1)[0];
  const text = link
    ? link.attribs.title || DomUtils.textContent(link)
    : DomUtils.textContent(element);
  return cutText(text.replace(/\s+/gu, ' ').trim(), 200);
};

function linkOf(node: AnyNode | null, pageUrl: string): string | null {
  if (!node) return null;
  const links = DomUtils.getElementsByTagName('a', [node]);
  for (const link of links) {
    const raw = /^(javascript:|#|$)/iu.test(link.attribs.href ?? '')
      ? (/['"]([^'"]*[/.?][^'"]*)['"]/u.exec(
          `${link.attribs.onclick ?? ''} ${link.attribs.href ?? ''}`,
        )?.[1] ?? '')
      : link.attribs.href!;
    const url = absoluteUrl(raw, pageUrl);
    if (url) return url;
  }
  return null;
}

/** Links of one row: its title, the office, the answer. A block with more is a list, no row. */
const MAX_ROW_LINKS = 3;
/** Text of one run that is searched for labels. */
const MAX_RUN_TEXT = 2000;
const ROW_TAGS = new Set(['li', 'tr', 'dl', 'div', 'article', 'section', 'tbody', 'table']);

/** The smallest blocks that hold a title, a date and a status or a labelled time. */
function readRows(
  document: Document,
  skip: ReadonlySet<AnyNode>,
  pageUrl: string,
): readonly MessageReading[] {
  const rows: MessageReading[] = [];
  const visit = (node: AnyNode): boolean => {
    if (skip.has(node) || !('children' in node) || rows.length >= MAX_ROWS) return false;
    if (
      isElement(node) &&
      (node.name === 'script' || node.name === 'style' || node.name === 'form')
    )
      return false;
    const pairs = isElement(node) && node.name === 'dl' ? pairsOf(node) : [];
    const inner = (pairs.length > 0 ? pairs : node.children).map(visit).some((found) => found);
    if (inner || !isElement(node) || !ROW_TAGS.has(node.name)) return inner;
    const row = readRow(node, skip, pageUrl);
    if (row) rows.push(row);
    return row !== null;
  };
  visit(document);
  return rows;
}

const HAS_ASK_TIME =
  /(留言|写信|来信|提交|咨询|提问|投诉|反映|收信|发信|诉求|建议)(时间|日期)\s*[:：]?\s*20\d{2}/u;

/**
 * The terms of a definition list, each with what is said of it, as rows of their own when several tell when they were asked:
 * `dt dd dt dd` is two messages. A list of labels (`dt 留言时间 dd 2020-05-01`) is one.
 */
function pairsOf(list: Element): readonly Element[] {
  const pairs: AnyNode[][] = [];
  for (const child of list.children) {
    if (isElement(child) && child.name === 'dt') pairs.push([child]);
    else pairs.at(-1)?.push(child);
  }
  const rows = pairs.map((children) => new Element('dl', {}, children));
  return rows.filter((row) => HAS_ASK_TIME.test(DomUtils.textContent(row))).length > 1 ? rows : [];
}

function readRow(
  element: Element,
  skip: ReadonlySet<AnyNode>,
  pageUrl: string,
): MessageReading | null {
  const text = DomUtils.textContent(element);
  if (text.length > 6000 || findDates(text).length === 0) return null;
  if (DomUtils.getElementsByTagName('a', element, true, MAX_ROW_LINKS + 1).length > MAX_ROW_LINKS)
    return null;
  const runs = linearText(element, skip);
  const said = readRuns(runs);
  const labelled = said.askedOn !== null || said.repliedOn !== null;
  if (!labelled && said.answered === null) return null;
  const link = DomUtils.getElementsByTagName('a', element, true, 1)[0];
  const title = link ? titleOf(element) : (titleRun(runs) ?? '');
  if (title === '') return null;
  const plain = findDates(
    runs
      .map((run) => run.text)
      .filter((line) => line !== title)
      .join(' '),
  );
  const askedOn = said.askedOn ?? plain.find((date) => date !== said.repliedOn) ?? null;
  return {
    title,
    url: linkOf(element, pageUrl),
    askedOn,
    repliedOn: said.repliedOn,
    answered: said.repliedOn ? true : said.answered,
  };
}

function titleRun(runs: readonly TextRun[]): string | null {
  const title = runs.find(
    (run) =>
      run.text.length >= 4 &&
      !/^\S{0,2}(标题|主题|题目)$/u.test(labelOf(run.text)) &&
      readStatus(run.text) === null &&
      findDates(run.text).length === 0,
  );
  if (title) return cutText(title.text, 200);
  // Title and time in one run: `留言标题：路灯不亮　留言时间：2020-05-01`.
  const [, named] =
    /(?:标题|主题|题目)\s*[:：]\s*(.*?)\s*\S{2,4}(?:时间|日期)\s*[:：]/u.exec(
      runs[0]?.text ?? '',
    ) ?? [];
  return named ? cutText(named, 200) : null;
}

interface Said {
  askedOn: CalendarDate | null;
  /** `askedOn` stood behind a label that only letters have (留言时间, not 发布时间). */
  asked: boolean;
  repliedOn: CalendarDate | null;
  answered: boolean | null;
  /** A label of the reply's text was seen, and what stood behind it. */
  reply: string | null;
}

const PAIR = /([\p{Script=Han}]{2,8})\s*[：:]\s*([^：:]*?)(?=[\p{Script=Han}]{2,8}\s*[：:]|$)/gu;

/** Labelled times and status words of runs, wherever they stand. */
function readRuns(runs: readonly TextRun[]): Said {
  const said: Said = { askedOn: null, asked: false, repliedOn: null, answered: null, reply: null };
  for (const [index, run] of runs.entries()) {
    const next = runs[index + 1]?.text ?? '';
    const whole = labelOf(run.text);
    takePair(said, whole, next);
    for (const [, label, value] of run.text
      .slice(0, MAX_RUN_TEXT)
      .replace(/(\d)[：:](?=\d)/gu, '$1.')
      .matchAll(PAIR)) {
      takePair(said, labelOf(label!), value!.trim() === '' ? next : value!);
    }
    for (const [at, word] of run.words.entries()) {
      takePair(said, labelOf(word), run.words[at + 1] ?? next);
      if (run.text.length <= 120)
        said.answered ??= readStatus(word.replace(/^\S*?(状态|进度|情况)[：:]/u, ''));
    }
  }
  return said;
}

/** A time stands alone behind its label; a date inside a sentence is none. */
const timeOf = (value: string): CalendarDate | null =>
  /^[\s(（[【]*20\d{2}/u.test(value) && value.trim().length <= 40
    ? (findDates(value)[0] ?? null)
    : null;

function takePair(said: Said, label: string, value: string): void {
  if (label === '' || label.length > 10) return;
  if (REPLY_TIME.test(label)) said.repliedOn ??= timeOf(value);
  else if (ASK_TIME.test(label) && (SURE_ASK_TIME.test(label) || said.askedOn === null)) {
    const date = timeOf(value);
    if (date && (said.askedOn === null || SURE_ASK_TIME.test(label))) said.askedOn = date;
    said.asked ||= date !== null && SURE_ASK_TIME.test(label);
  } else if (STATUS.test(label)) said.answered ??= readStatus(value.split(/\s/u)[0] ?? '');
  else if (REPLY_TEXT.test(label) && REPLY_WORD.test(label))
    said.reply = said.reply || value.trim();
}

/** What a message's own page says. `replyShown` tells whether the page has a place for the reply at all. */
export interface MessagePage extends Omit<MessageReading, 'title' | 'url'> {
  readonly replyShown: boolean;
  /** The page says that it is a letter: a time of asking by that name, a status, or a place for the reply. */
  readonly isLetter: boolean;
}

const NO_REPLY = /^(暂无|无|未|尚未|待|等待|暂未)(回复|答复)?|正在(办理|处理|受理)|^(办理|处理)中/u;

/** Reads the page of one message: times, status, reply. */
export function readMessagePage(document: Document): MessagePage {
  const runs = linearText(document, pageChrome(document));
  const said = readRuns(runs);
  const words = said.reply !== null && said.reply !== '' && !NO_REPLY.test(said.reply);
  const replyShown = said.reply !== null || said.repliedOn !== null;
  const answered = said.repliedOn
    ? true
    : (said.answered ?? (words ? true : said.reply !== null ? false : null));
  const isLetter = said.asked || said.answered !== null || replyShown;
  return { askedOn: said.askedOn, repliedOn: said.repliedOn, answered, replyShown, isLetter };
}
