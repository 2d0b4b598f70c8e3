import { temporaryStore } from '../../src/testing/temporary-store.ts';
import { describeYear } from './simulated-year.ts';

describeYear(1_000, temporaryStore);
