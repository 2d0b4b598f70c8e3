/** The door of the bulletin. */
export { bulletinCommands } from './commands.ts';
export { registerBulletinRoutes } from './routes.ts';
