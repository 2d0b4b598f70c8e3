import { sql } from 'kysely';
import { titleLines } from '../../documents/gb9704.ts';
import type { AnnexTable, OfficialDocument } from '../../documents/official-document.ts';
import { type Acting, assertSees } from '../../domain/acting.ts';
import { type CalendarDate, chineseDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type Worded, wordsOf } from '../../notify/index.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import type { CaseRule, CaseSubject } from './case.ts';
import { countsOf, letterValues, NOTICE_LETTER } from './notice-words.ts';
import type { RepeatMarks } from './repeat-marks.ts';

/** A notice of rectification (整改通知书) as it was made: later steps of its cases change nothing of it. */
export interface NoticeView {
  readonly id: number;
  readonly number: string;
  readonly issuer: string;
  readonly period: string;
  readonly label: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly noticedOn: CalendarDate;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
  /** As they were sent. */
  readonly words: Worded;
  readonly cases: readonly NoticedCase[];
}

export interface NoticedCase {
  readonly id: number;
  readonly kind: 'site' | 'account';
  readonly subject: CaseSubject;
  readonly rule: CaseRule;
  readonly marks: RepeatMarks;
}

/** Problems of one unit in one round: more would be no notice but a book. */
const CASES_MAX = 5_000;

/** Throws {@link UserError} `rectification.notice-unknown`, also for what lies outside of somebody's sight. */
export async function readNotice(
  { store }: Pick<RectificationDeps, 'store'>,
  acting: Acting,
  noticeId: number,
): Promise<NoticeView> {
  const unknown = (): UserError =>
    new UserError('rectification.notice-unknown', '没有这份整改通知。');
  const db = rectificationDb(store.db);
  const { rows } = await sql<
    Omit<NoticeView, 'cases' | 'words'> & { readonly words: Worded | null }
  >`
    select n.id, n.number, n.issuer, r.period, r.label, u.id as "unitId", u.name as "unitName",
           n.noticed_on as "noticedOn", n.deadline_on as "deadlineOn", n.provisional, n.words
      from rectification_notice n join round r on r.id = n.round_id join unit u on u.id = n.unit_id
     where n.id = ${noticeId}`.execute(db);
  const notice = rows[0];
  if (notice === undefined) throw unknown();
  assertSees(acting, notice.unitId, unknown);
  const cases = await db
    .selectFrom('rectification_case')
    .select(['id', 'kind', 'subject', 'rule', 'marks'])
    .where('notice_id', '=', noticeId)
    .orderBy('id')
    .limit(CASES_MAX)
    .execute();
  const noticed = cases as unknown as NoticedCase[];
  // Notices that were made before templates were kept have the program's own words.
  const words =
    notice.words ?? wordsOf(NOTICE_LETTER, letterValues({ ...notice, ...countsOf(noticed) }));
  return { ...notice, words, cases: noticed };
}

/** The notice in the form of an official document (GB/T 9704), with the table of its problems. */
export function noticeDocument(notice: NoticeView): OfficialDocument {
  const { title, paragraphs } = notice.words;
  return {
    ...{ draftNotice: null, issuer: notice.issuer, documentNumber: notice.number },
    ...{ title, titleLines: titleLines(title), recipients: `${notice.unitName}：` },
    blocks: paragraphs.map(({ lead, text }) => ({ kind: 'body', lead, text })),
    signedOn: chineseDate(notice.noticedOn),
    annexes: [problems(notice)],
  };
}

function problems({ cases }: NoticeView): AnnexTable {
  return {
    title: '问题清单',
    columns: [
      { head: '序号', width: 6, isCount: true },
      { head: '网站或账号', width: 24 },
      { head: '标识码、账号', width: 18 },
      { head: '问题', width: 20 },
      { head: '依据', width: 22 },
      { head: '此前情况', width: 14 },
    ],
    rows: cases.map(({ kind, subject, rule, marks }, at) => [
      String(at + 1),
      kind === 'site' ? subject.name : `${subject.name}\n（${subject.place}）`,
      ...[subject.identity, rule.label, rule.clause, marksWords(marks)],
    ]),
    ...{ hasTotal: false, note: '' },
  };
}

/** What of the past is said in a notice. */
export function marksWords(marks: RepeatMarks): string {
  return [
    ...(marks.consecutive > 1 ? [`连续${marks.consecutive}期`] : []),
    ...(marks.relapsed ? ['改后又犯'] : []),
    ...(marks.unmendedSince === null ? [] : [`${chineseDate(marks.unmendedSince)}通知后未改`]),
    ...(marks.remindersIgnored ? ['多次催办未报'] : []),
  ].join('，');
}
