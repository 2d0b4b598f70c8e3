import { type Kysely, sql } from 'kysely';
import { type CalendarDate, chineseDate, type Instant } from '../../lib/pure/dates.ts';
import { always, content, defineTemplate, type FieldValues, when } from '../../notify/index.ts';
import { chosenLetters, keepWords, type WhichLetters } from '../letter-words.ts';
import type { RepeatMarks } from './repeat-marks.ts';

export const NOTICE_LETTER = 'rectify.letter';

/** Where a unit answers, as its people find it in the console. */
const WHERE = '登录巡鉴平台“整改”一栏';

defineTemplate(NOTICE_LETTER, {
  name: '整改通知书（公文）',
  form: 'letter',
  fields: {
    label: { kind: 'words', words: '检查的批次', sample: '2026年第三季度' },
    unit: { kind: 'words', words: '收文单位', sample: '岳阳市' },
    number: { kind: 'words', words: '文号', sample: '整改通知〔2026〕3号' },
    issuer: { kind: 'words', words: '发文单位', sample: '湖南省' },
    deadline: { kind: 'words', words: '整改期限', sample: '2026年12月21日' },
    provisional: { kind: 'flag', words: '期限是暂定的', sample: false },
    cases: { kind: 'count', words: '问题的件数', sample: 3 },
    repeated: { kind: 'count', words: '其中屡改屡犯的件数', sample: 1 },
  },
  content: content(
    [always('关于{label}政府网站与政务新媒体检查发现问题的整改通知')],
    [
      always(
        '在{label}检查中，你单位的网站和政务新媒体有{cases}件问题（清单附后）。请按以下要求整改：',
      ),
      always(`请在收到本通知后${WHERE}签收，逐件查明原因，明确责任人。`, '一、签收。'),
      always(
        `请在{deadline}以前完成整改，并${WHERE}填报整改情况、上传佐证材料，经本单位负责人审核后上报。`,
        '二、限期整改。',
      ),
      always('举一反三，检查所属其他网站和账号有无同类问题，一并整改。', '三、举一反三。'),
      always(
        '上报以后将按原检查指标复核；没有改正的退回重改，逾期不报的将升级督办。',
        '四、复核。',
      ),
      when(
        'repeated > 0',
        '其中{repeated}件此前已经通报，属屡改屡犯，请一并说明原因和防止再发生的措施。',
        '五、屡改屡犯。',
      ),
    ],
  ),
  examples: async (db, limit) =>
    (await lettersOf(db, { limit })).map(({ id, number, unitName, ...rest }) => ({
      ...{ key: String(id), label: `${number}（${unitName}）` },
      values: letterValues({ number, unitName, ...rest }),
    })),
});

interface LetterFacts {
  readonly label: string;
  readonly unitName: string;
  readonly number: string;
  readonly issuer: string;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
  readonly cases: number;
  readonly repeated: number;
}

/** What the words of a notice may name. */
export function letterValues(given: LetterFacts): FieldValues {
  const { label, unitName: unit, number, issuer, deadlineOn, provisional, cases, repeated } = given;
  return {
    label,
    unit,
    number,
    issuer,
    deadline: deadlineText(deadlineOn, provisional),
    provisional,
    cases,
    repeated,
  };
}

/** The day in a letter; without a published calendar it is said to be provisional. */
export const deadlineText = (on: CalendarDate, provisional: boolean): string =>
  `${chineseDate(on)}${provisional ? '（暂定，以当年公布的节假日安排为准）' : ''}`;

export const countsOf = (cases: readonly { readonly marks: RepeatMarks }[]) => ({
  cases: cases.length,
  repeated: cases.filter(({ marks }) => marks.consecutive > 1 || marks.relapsed).length,
});

/** The newest notices, or those of these ids. */
async function lettersOf<Tables>(db: Kysely<Tables>, which: WhichLetters) {
  const { rows } = await sql<LetterFacts & { readonly id: number }>`
    select n.id, n.number, n.issuer, r.label, u.name as "unitName", n.deadline_on as "deadlineOn", n.provisional,
           counted.cases, counted.repeated
      from rectification_notice n join round r on r.id = n.round_id join unit u on u.id = n.unit_id
      cross join lateral (
        select count(*)::int as cases,
               count(*) filter (where (c.marks->>'consecutive')::int > 1 or (c.marks->>'relapsed')::boolean)::int as repeated
          from rectification_case c where c.notice_id = n.id) counted
     ${chosenLetters(which, 'n')}`.execute(db);
  return rows;
}

/** Words the notices of these ids: {@link keepWords}. */
export async function keepLetterWords<Tables>(
  trx: Kysely<Tables>,
  ids: readonly number[],
  at: Instant,
): Promise<void> {
  const letters = await lettersOf(trx, { ids });
  const worded = letters.map((letter) => ({ ...letter, values: letterValues(letter) }));
  await keepWords(trx, { kind: NOTICE_LETTER, table: 'rectification_notice' }, worded, at);
}
