import { temporaryStore } from '../../src/testing/temporary-store.ts';
import { describeYear } from './simulated-year.ts';

// On PostgreSQL: so many cases are no longer the embedded database's.
describeYear(400, () => temporaryStore('postgres'));
