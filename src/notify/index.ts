import type { HttpServer } from '../http/create-server.ts';
import type { NotifyDeps } from './channel.ts';
import { registerChannelRoutes } from './channel-routes.ts';
import { registerInboxRoutes } from './routes.ts';
import { registerTemplateRoutes } from './template-routes.ts';

/** The door of notices: what the program tells people, in the console and by other ways. */
export { type NotifyDeps, resealChannels } from './channel.ts';
export { notifyCommands } from './commands.ts';
export { keepDelivering } from './deliver/deliver-notices.ts';
export { defineNoticeKinds, type NoticeDraft } from './notice.ts';
export { queueNotices } from './queue-notices.ts';
export { wordLetters } from './templates/in-force.ts';
export {
  always,
  content,
  defineTemplate,
  when,
  wordedBy,
  wordsOf,
} from './templates/subjects.ts';
export type { FieldValues, Worded } from './templates/template.ts';

export function registerNotifyRoutes(app: HttpServer, deps: NotifyDeps): void {
  registerInboxRoutes(app, deps);
  registerChannelRoutes(app, deps);
  registerTemplateRoutes(app, deps);
}
