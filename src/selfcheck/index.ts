/** The door of city self-checks (市级自查): asked for, imported, submitted, compared with the province's round. */

export { selfCheckClock } from './chase-units.ts';
export { selfCheckCommands } from './commands.ts';
export { registerSelfCheckRoutes } from './routes/index.ts';
