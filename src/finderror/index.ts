/** The door of 我为政府网站找错: messages taken in, handed to units, answered, counted. */

export { keepChasing } from './chase-messages.ts';
export { findErrorClock, KEEP_DAYS_MAX, KEEP_DAYS_MIN } from './clear-reporters.ts';
export { findErrorCommands } from './commands.ts';
export { countFindError, keepsMessages } from './count-find-error.ts';
export type { FindErrorDeps } from './find-error-deps.ts';
export { openMessagesOf } from './open-of-site.ts';
export { registerFindErrorRoutes } from './routes.ts';
