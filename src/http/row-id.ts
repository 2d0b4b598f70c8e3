import { z } from 'zod';

/** What PostgreSQL's `integer` holds: a larger number is no row's, and the database would refuse it as an error of ours. */
const INTEGER_MAX = 2 ** 31 - 1;

/** Number of a row in a body. */
export const RowId = z.int().min(1).max(INTEGER_MAX);
/** Number of a row in an address. */
export const RowIdText = z.coerce.number().int().min(1).max(INTEGER_MAX);
/** The parameters of `/…/:id`. */
export const IdParams = z.strictObject({ id: RowIdText });
