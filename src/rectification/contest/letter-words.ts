import { type Kysely, sql } from 'kysely';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { always, content, defineTemplate, type FieldValues } from '../../notify/index.ts';
import { deadlineText } from '../cases/notice-words.ts';
import { chosenLetters, keepWords, type WhichLetters } from '../letter-words.ts';

export const CONTEST_LETTER = 'contest.document';

/** Where an objection is lodged, and evidence is looked at. */
const WHERE = '登录巡鉴平台，在“问题”中打开';

defineTemplate(CONTEST_LETTER, {
  name: '申辩告知书（公文）',
  form: 'letter',
  fields: {
    label: { kind: 'words', words: '检查的批次', sample: '2026年第三季度' },
    unit: { kind: 'words', words: '收文单位', sample: '岳阳市' },
    number: { kind: 'words', words: '文号', sample: '申辩告知〔2026〕3号' },
    issuer: { kind: 'words', words: '发文单位', sample: '湖南省' },
    deadline: { kind: 'words', words: '可以申辩的最后一天', sample: '2026年11月30日' },
    provisional: { kind: 'flag', words: '期限是暂定的', sample: false },
    findings: { kind: 'count', words: '要核对的问题件数', sample: 3 },
  },
  content: content(
    [always('关于{label}政府网站与政务新媒体检查发现问题征求意见的函')],
    [
      always(
        '在{label}检查中，初步发现你单位的网站和政务新媒体有{findings}件问题（清单附后）。结果公布以前，请核对：',
      ),
      always(
        `清单列出了每件问题的位置和摘录；${WHERE}相应编号，可看存档的原文。`,
        '一、核对证据。',
      ),
      always(
        `对其中任何一件有异议的，请在{deadline}以前${WHERE}相应编号，写明事实和理由提出申辩，可以附佐证材料。`,
        '二、提出异议。',
      ),
      always(
        '到期没有提出的，按无异议办理；此后、公布以前提出的，注明逾期，照样答复。',
        '三、期满以后。',
      ),
    ],
  ),
  examples: async (db, limit) =>
    (await lettersOf(db, { limit })).map(({ id, ...letter }) => ({
      ...{ key: String(id), label: `${letter.number}（${letter.unitName}）` },
      values: contestLetterValues(letter),
    })),
});

export interface ContestLetterFacts {
  readonly label: string;
  readonly unitName: string;
  readonly number: string;
  readonly issuer: string;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
  readonly findings: number;
}

/** What the words of a letter may name. */
export function contestLetterValues(given: ContestLetterFacts): FieldValues {
  const { label, unitName: unit, number, issuer, deadlineOn, provisional, findings } = given;
  const deadline = deadlineText(deadlineOn, provisional);
  return { label, unit, number, issuer, deadline, provisional, findings };
}

/** The newest letters, or those of these ids. */
async function lettersOf<Tables>(db: Kysely<Tables>, which: WhichLetters) {
  const { rows } = await sql<ContestLetterFacts & { readonly id: number }>`
    select l.id, l.number, l.issuer, r.label, u.name as "unitName", l.deadline_on as "deadlineOn", l.provisional,
           (select count(*)::int from contest_letter_finding f where f.letter_id = l.id) as findings
      from contest_letter l join round r on r.id = l.round_id join unit u on u.id = l.unit_id
     ${chosenLetters(which, 'l')}`.execute(db);
  return rows;
}

/** Words the letters of these ids: {@link keepWords}. */
export async function keepContestLetterWords<Tables>(
  trx: Kysely<Tables>,
  ids: readonly number[],
  at: Instant,
): Promise<void> {
  const letters = await lettersOf(trx, { ids });
  const worded = letters.map((letter) => ({ ...letter, values: contestLetterValues(letter) }));
  await keepWords(trx, { kind: CONTEST_LETTER, table: 'contest_letter' }, worded, at);
}
