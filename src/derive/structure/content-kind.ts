import type { KindVote } from './kind-vote.ts';
import type { TitleCount } from './title-kind.ts';

/** What a section's page holds, as far as its kind goes. */
export interface ContentSigns {
  /** The kind that most titles of its own lists are of. */
  readonly titles: TitleCount | null;
  /** Rows of a message board with times and answers. */
  readonly messages: number;
  readonly canWrite: boolean;
  /** Labels of guides (设定依据, 办理材料 …) on the page. */
  readonly guideLabels: number;
  /** People with a name and a post. */
  readonly people: number;
  /** 主要职责, 内设机构 … as headings of a page without a list. */
  readonly tellsFunctions: boolean;
}

const MESSAGES_MIN = 2;
const GUIDE_LABELS_MIN = 4;
const PEOPLE_MIN = 2;
/** Titles of one form that make a list one of that form. */
const TITLES_MIN = 4;
const TITLES_SHARE = 0.6;
/** News is written about everything: titles that sound like news say less than those of a form of their own. */
const NEWS_WEIGHT = 45;

/** What the content says of the kind: several votes where it holds several things. */
export function contentKind(signs: ContentSigns): readonly KindVote[] {
  const votes: KindVote[] = [];
  const add = (kind: KindVote['kind'], weight: number): void =>
    void votes.push({ kind, weight, from: 'content' });
  if (signs.messages >= MESSAGES_MIN) add('consultation', 80);
  else if (signs.canWrite) add('consultation', 45);
  if (signs.guideLabels >= GUIDE_LABELS_MIN) add('service', 75);
  if (signs.people >= PEOPLE_MIN) add('leaders', 75);
  if (signs.tellsFunctions) add('functions', 65);
  const { titles } = signs;
  if (titles && titles.count >= TITLES_MIN && titles.count >= titles.of * TITLES_SHARE) {
    const share = titles.count / titles.of;
    add(titles.kind, titles.kind === 'news' ? NEWS_WEIGHT : Math.round(40 + share * 35));
  }
  return votes;
}
