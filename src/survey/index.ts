/** The door of the survey of whole sites. */
export { newestSurveys, surveyedLinksTo } from './account-links.ts';
export { carryRecords } from './examine/carry-records.ts';
export { type Examined, examineSite } from './examine/examine-site.ts';
export { openSurveyTools, type SurveyTools } from './examine/survey-tools.ts';
export { checkLinks } from './links/check-links.ts';
export { FAILING_BODIES_MAX, FailingBodies } from './links/failing-bodies.ts';
export { linkBrowser } from './links/link-browser.ts';
export { siteLinksCommand } from './links/links-command.ts';
export { openOutside, PACE_PER_ADDRESS_MS, typedRules } from './open-outside.ts';
export { expiredSurveys, NO_ROUND, purgeSurveys } from './purge-surveys.ts';
export { siteRenderCommand } from './render/render-command.ts';
export { renderSite } from './render/render-site.ts';
export type { KeptBytes } from './render/rendered-page.ts';
export { RESOLVE_OPTION } from './site-opening.ts';
export {
  otherRoundOf,
  releaseSurveys,
  type SurveyRecord,
  surveyOfRound,
} from './survey.repository.ts';
export { siteSurveyCommand } from './survey-command.ts';
export { openTitleChecker, type TitleChecker } from './text/check-titles.ts';
export { siteTextCommand } from './text/text-command.ts';
