/** The door of the matrix: how accounts publish, how units compare, who is told before a limit. */

export { matrixCommands } from './commands.ts';
export { DEFAULT_MATRIX_POLICY, type MatrixPolicy } from './matrix-db.ts';
export { registerMatrixRoutes } from './routes.ts';
export { BY_CALENDAR, keepWatch, watchAccounts } from './watch-accounts.ts';
