/** The door of courtesy: who we are to the sites that we visit. */
export { allowKitCommand } from './commands.ts';
export type { CrawlerIdentity } from './crawler-identity.ts';
export { ABOUT_PATH, registerCourtesyRoutes } from './routes.ts';
