/** The door of discovery. */
export { discoverCommand } from './discover-command.ts';
export { collectCommand } from './queue/collect-command.ts';
export { keepCollecting } from './queue/keep-collecting.ts';
export { registerDiscoveryRoutes } from './queue/routes.ts';
