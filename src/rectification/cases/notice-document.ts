import { sql } from 'kysely';
import { titleLines } from '../../documents/gb9704.ts';
import type { AnnexTable, OfficialDocument } from '../../documents/official-document.ts';
import { type Acting, assertSees } from '../../domain/acting.ts';
import { type CalendarDate, chineseDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import type { CaseRule, CaseSubject } from './case.ts';
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
  const { rows } = await sql<Omit<NoticeView, 'cases'>>`
    select n.id, n.number, n.issuer, r.period, r.label, u.id as "unitId", u.name as "unitName",
           n.noticed_on as "noticedOn", n.deadline_on as "deadlineOn", n.provisional
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
  return { ...notice, cases: cases as unknown as NoticedCase[] };
}

/** Where a unit answers, as its people find it in the console. */
const WHERE = '登录巡鉴平台“整改”一栏';

/** The notice in the form of an official document (GB/T 9704), with the table of its problems. */
export function noticeDocument(notice: NoticeView): OfficialDocument {
  const title = `关于${notice.label}政府网站与政务新媒体检查发现问题的整改通知`;
  const deadline = `${chineseDate(notice.deadlineOn)}${notice.provisional ? '（暂定，以当年公布的节假日安排为准）' : ''}`;
  const repeated = notice.cases.filter(({ marks }) => marks.consecutive > 1 || marks.relapsed);
  return {
    ...{ draftNotice: null, issuer: notice.issuer, documentNumber: notice.number },
    ...{ title, titleLines: titleLines(title), recipients: `${notice.unitName}：` },
    blocks: [
      body(
        `在${notice.label}检查中，你单位的网站和政务新媒体有${notice.cases.length}件问题（清单附后）。请按以下要求整改：`,
      ),
      body(`请在收到本通知后${WHERE}签收，逐件查明原因，明确责任人。`, '一、签收。'),
      body(
        `请在${deadline}以前完成整改，并${WHERE}填报整改情况、上传佐证材料，经本单位负责人审核后上报。`,
        '二、限期整改。',
      ),
      body('举一反三，检查所属其他网站和账号有无同类问题，一并整改。', '三、举一反三。'),
      body('上报以后将按原检查指标复核；没有改正的退回重改，逾期不报的将升级督办。', '四、复核。'),
      ...(repeated.length === 0
        ? []
        : [
            body(
              `其中${repeated.length}件此前已经通报，属屡改屡犯，请一并说明原因和防止再发生的措施。`,
              '五、屡改屡犯。',
            ),
          ]),
    ],
    signedOn: chineseDate(notice.noticedOn),
    annexes: [problems(notice)],
  };
}

const body = (text: string, lead = ''): OfficialDocument['blocks'][number] => ({
  ...{ kind: 'body', lead, text },
});

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
