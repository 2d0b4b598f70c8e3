import type { WalkedPageWithBody } from '../../domain/walk.ts';
import type { WalkBudget } from '../walk/walk-budget.ts';
import { walkSite } from '../walk/walk-site.ts';
import type { WalkResult } from '../walk/walk-tally.ts';
import { HomePromises } from './home-promises.ts';
import { type JudgedLinks, type JudgeLinksInput, judgeLinks } from './judge-links.ts';
import { LinkBook } from './link-book.ts';
import { NotingFrontier } from './noting-frontier.ts';
import { WaitingOnce } from './waiting-once.ts';
import { WalkNotes } from './walk-notes.ts';

export interface CheckLinksInput extends JudgeLinksInput {
  readonly walkBudget?: Partial<WalkBudget>;
  readonly honourRobots?: boolean;
  /** Requests of the walk under way at once. */
  readonly atOnce?: number;
}

export interface LinkCheck extends JudgedLinks {
  readonly walk: WalkResult;
  /** Why the home page brought nothing (Chinese); null when it was read or nothing more is known. */
  readonly homeReason: string | null;
}

/** Checks all links of a site: walks it in memory, and judges what it found. An abort of `signal` is thrown. */
export async function checkLinks(input: CheckLinksInput): Promise<LinkCheck> {
  const [book, notes, promises] = [new LinkBook(), new WalkNotes(), new HomePromises()];
  const frontier = new NotingFrontier();
  const { homeUrl, signal, now, walkBudget, honourRobots, atOnce } = input;
  const fetcher = new WaitingOnce(input.fetcher, input.lookLimitMs);
  let homeReason: string | null = null;
  const walk = await walkSite({
    ...{ homeUrl, fetcher, signal, now, frontier },
    ...(walkBudget ? { budget: walkBudget } : {}),
    ...(honourRobots === undefined ? {} : { honourRobots }),
    ...(atOnce === undefined ? {} : { atOnce }),
    onPage: (page) => {
      if (page.depth === 0 && page.outcome !== 'page') homeReason ??= whyNoHome(page);
      book.take(page, page.links);
      notes.take(page);
      promises.take(page);
      input.onProgress?.(book.pages, 0);
    },
  });
  const { waited } = fetcher;
  const { refusals } = frontier;
  const judged = await judgeLinks(input, { book, notes, promises, refusals, waited, walk });
  return { ...judged, walk, homeReason };
}

const whyNoHome = ({ reason, status }: WalkedPageWithBody): string | null =>
  reason ?? (status === null ? null : `返回 ${status}`);
