/** The door of discovery. */
export { discoverCommand } from './discover-command.ts';
