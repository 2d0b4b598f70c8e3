/** The door of the survey of whole sites. */
export { siteRenderCommand } from './render/render-command.ts';
