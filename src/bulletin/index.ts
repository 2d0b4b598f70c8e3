/** The door of the bulletin. */
export { type BulletinDeps, bulletinCommands } from './commands.ts';
export { registerBulletinRoutes } from './routes.ts';
