/** The door of notices: what the program tells people, in the console and by other ways. */

export { notifyCommands } from './commands.ts';
export { defineNoticeKinds, type NoticeDraft } from './notice.ts';
export { queueNotices } from './queue-notices.ts';
export { registerInboxRoutes } from './routes.ts';
