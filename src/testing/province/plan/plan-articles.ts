import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import type { ArticlePlan } from '../../platforms/article/write-article.ts';
import type { Draw } from '../sites/draw.ts';
import { planPost } from './plan-posts.ts';

export const ARTICLE_HOST = 'mp.weixin.province.test';

export interface ArticlesWish {
  /** Unlike any other account's. */
  readonly token: string;
  readonly name: string;
  readonly accountId: string;
  /** The newest article that a link leads to; null = no link leads to one any more. */
  readonly newest: CalendarDate | null;
  readonly today: CalendarDate;
}

/** Articles of an official account to which links were found; of some only a notice is left. */
export function planArticles(draw: Draw, wish: ArticlesWish): ArticlePlan[] {
  const dates = wish.newest === null ? [] : [wish.newest, addDays(wish.newest, -draw.int(3, 40))];
  const shown = dates.map((on, at) => articleOf(draw, wish, { on, at, state: 'shown' }));
  const gone = draw.chance(wish.newest === null ? 1 : 0.5)
    ? [goneOf(draw, wish, wish.newest === null ? ['deleted', 'verify'] : ['deleted', 'violating'])]
    : [];
  return [...gone, ...shown];
}

/** Taken back by its author, or kept from us by the platform. */
function goneOf(
  draw: Draw,
  wish: ArticlesWish,
  states: readonly ArticlePlan['state'][],
): ArticlePlan {
  const on = addDays(wish.today, -draw.int(1, 10));
  return articleOf(draw, wish, { on, at: 9, state: draw.pick(states) });
}

function articleOf(
  draw: Draw,
  wish: ArticlesWish,
  { on, at, state }: { on: CalendarDate; at: number; state: ArticlePlan['state'] },
): ArticlePlan {
  const { title, time } = planPost(draw, on);
  const [first, number] = [wish.token.slice(0, 20), BigInt(`0x${wish.token}`).toString()];
  return {
    path: `/s/${first}${at}x`,
    biz: Buffer.from(number.slice(0, 10)).toString('base64'),
    ghId: /^gh_[0-9a-z]{6,40}$/.test(wish.accountId)
      ? wish.accountId
      : `gh_${wish.token.slice(0, 12)}`,
    nickname: wish.name,
    title,
    on,
    time,
    state,
    form: draw.chance(0.25) ? 'pictures' : 'text',
  };
}
