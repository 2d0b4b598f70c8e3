/** The door of the bulletin. */
export { bulletinCommands } from './commands.ts';
export type { CountOwn } from './own-figures.ts';
export { registerBulletinRoutes } from './routes.ts';
