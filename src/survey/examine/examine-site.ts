import { canonicalUrl, linkBase } from '../../derive/scan/canonical-url.ts';
import type { SiteLinks } from '../../domain/facts/link-facts.ts';
import type { SiteText } from '../../domain/facts/text-facts.ts';
import type { LinkSight } from '../../domain/link-check.ts';
import { readIgnoreFilter } from '../../wording/index.ts';
import { type JudgeLinksInput, judgeLinks } from '../links/judge-links.ts';
import { surveyedLinks } from '../links/survey-links.ts';
import { WaitingOnce } from '../links/waiting-once.ts';
import { finishedSurvey } from '../survey.repository.ts';
import { surveyDb } from '../survey-db.ts';
import { type SurveyDeps, type SurveyInput, surveySite } from '../survey-site.ts';
import { surveyedText } from '../text/survey-text.ts';
import type { WalkResult } from '../walk/walk-tally.ts';

export interface ExamineDeps extends SurveyDeps {
  /** The fetcher's own. */
  readonly userAgent: string;
  readonly isOwnLineDown: () => Promise<boolean>;
}

export interface ExamineInput
  extends Pick<SurveyInput, 'homeUrl' | 'budget' | 'honourRobots' | 'atOnce'>,
    Pick<JudgeLinksInput, 'later' | 'probeBudget' | 'lookLimitMs' | 'browser' | 'bodies'> {
  readonly roundId: number;
  readonly subjectId: number;
  /** Lexicon versions with which the threads of `deps.pages` check words; [] = they check none. */
  readonly lexicons: readonly string[];
}

/** What one walk through a whole site says of its links and of its words. */
export interface Examined {
  readonly surveyId: number;
  readonly result: WalkResult;
  readonly links: SiteLinks;
  /** Null when nobody checked words. */
  readonly text: SiteText | null;
}

/** Raised when the same page would be noted otherwise: nothing is then taken over from earlier surveys. */
const NOTES_VERSION = 1;

/**
 * Walks a site once for a round, and says of its links and words what `site links` and `site text` would say after a walk each. Safe
 * to run again: a survey that a killed process left goes on, one that is finished is only judged. An abort of `signal` is thrown.
 */
export async function examineSite(
  deps: ExamineDeps,
  input: ExamineInput,
  signal: AbortSignal,
): Promise<Examined> {
  const { homeUrl, roundId, subjectId, lexicons } = input;
  const db = surveyDb(deps.store);
  const reading = [`notes@${NOTES_VERSION}`, ...lexicons].join(' ');
  const fetcher = new WaitingOnce(deps.fetcher, input.lookLimitMs);
  const of = { homeUrl: canonicalHome(homeUrl), roundId, subjectId, reading };
  const before = await finishedSurvey(db, of);
  const { surveyId, result } =
    before === null
      ? await surveySite({ ...deps, fetcher }, { ...input, reading }, signal)
      : { surveyId: before.survey.id, result: before.result };
  const links = await linksOf(deps, input, { surveyId, result, waited: fetcher.waited }, signal);
  const text =
    lexicons.length === 0
      ? null
      : await surveyedText(db, {
          ...{ surveyId, lexicons, checkedAt: deps.now() },
          isIgnored: await readIgnoreFilter(deps, deps.now()),
          walk: result,
        });
  return { surveyId, result, links, text };
}

/** As the survey knows it; what cannot be read as an address, the survey refuses. */
function canonicalHome(homeUrl: string): string {
  const base = linkBase(homeUrl);
  return (base === null ? null : canonicalUrl(homeUrl, base)) ?? homeUrl;
}

async function linksOf(
  { store, fetcher, userAgent, now, isOwnLineDown }: ExamineDeps,
  input: ExamineInput,
  survey: { surveyId: number; result: WalkResult; waited: ReadonlyMap<string, LinkSight> },
  signal: AbortSignal,
): Promise<SiteLinks> {
  const found = await surveyedLinks(surveyDb(store), survey.surveyId, survey);
  const { summary } = await judgeLinks(
    { ...input, ...{ fetcher, userAgent, signal, now, isOwnLineDown } },
    found,
  );
  signal.throwIfAborted();
  return summary;
}
