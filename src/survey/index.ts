/** The door of the survey of whole sites. */
export { checkLinks } from './links/check-links.ts';
export { siteLinksCommand } from './links/links-command.ts';
export { siteRenderCommand } from './render/render-command.ts';
export { sharedTurns } from './shared-pace.ts';
export { siteSurveyCommand } from './survey-command.ts';
export { siteTextCommand } from './text/text-command.ts';
