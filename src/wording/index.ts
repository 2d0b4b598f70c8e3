/** The door of wording: lexicons, their versions, what was decided to be ignored, and the check of texts. */
export { textCheck } from './text-command.ts';
