import { createHash } from 'node:crypto';
import { type Category, type ComparedLine, questionOf } from '../compare.ts';

/** Lines on which a city is asked something. */
export type AskedCategory = Exclude<Category, 'both'>;

/** `open`: nobody answered; `returned`: the province asks back; `answered`: the province is to look; `accepted`: nothing is open. */
export const QUESTION_STANDS = ['open', 'returned', 'answered', 'accepted'] as const;
export type QuestionStand = (typeof QUESTION_STANDS)[number];

/** Why: the answers that a city may choose from, by what it is asked. `other` says nothing without words. */
export const REASONS: Readonly<Record<AskedCategory, Readonly<Record<string, string>>>> = {
  provinceOnly: {
    arose: '检查时还没有出现',
    overlooked: '检查时没有看出来',
    omitted: '看到了，没有填报',
    disputed: '核对后认为不是问题',
    other: '其他',
  },
  toPair: {
    same: '是同一个问题',
    different: '不是同一个问题',
    other: '其他',
  },
  notChecked: {
    found: '已补查，问题存在',
    notFound: '已补查，没有发现问题',
    notOurs: '不属于本单位，或已关停',
    other: '其他',
  },
  cityOnly: {
    mended: '报送以后已经改好',
    stands: '问题还在，请省里再看',
    mistaken: '填报有误，不是问题',
    other: '其他',
  },
};

/** All reasons with their words: of one id the words differ by what is asked. */
export const reasonWords = (category: AskedCategory, reason: string): string =>
  REASONS[category][reason] ?? '';

/** Whether the city can say anything: of what the province did not look at, nothing is asked. */
export function isAsked<Line extends ComparedLine>(
  line: Line,
): line is Line & { readonly category: AskedCategory } {
  if (line.category === 'cityOnly' && line.province === 'notChecked') return false;
  return questionOf(line) !== null;
}

const KEY_CHARACTERS = 32;
export const QUESTION_KEY = /^[0-9a-f]{32}$/;

/** Names a question by what is asked, so that it is the same one in the next version of a city's file. */
export function questionKey(
  line: Pick<ComparedLine, 'category' | 'kind' | 'subjectId' | 'ruleIds' | 'cityWords'>,
): string {
  const { category, kind, subjectId, ruleIds, cityWords } = line;
  const asked = [category, kind, subjectId, [...ruleIds].sort(), [...cityWords].sort()];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, KEY_CHARACTERS);
}

export const STAND_WORDS: Readonly<Record<QuestionStand, string>> = {
  open: '待答复',
  returned: '省里追问，待答复',
  answered: '已答复，待省里认可',
  accepted: '已认可',
};

/** Questions that wait for the city. */
export const isToAnswer = (stand: QuestionStand | null): boolean =>
  stand === 'open' || stand === 'returned';

export type QuestionCounts = Readonly<Record<QuestionStand, number>>;

export function countStands(stands: readonly (QuestionStand | null)[]): QuestionCounts {
  const count = (wanted: QuestionStand): number => stands.filter((each) => each === wanted).length;
  return {
    ...{ open: count('open'), returned: count('returned') },
    ...{ answered: count('answered'), accepted: count('accepted') },
  };
}
