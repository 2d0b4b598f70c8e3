import { Keys, sealingOf } from '../identity/index.ts';

/** Seals under the key that every test's installation has. */
export const TEST_SEALING = sealingOf(new Keys(Buffer.alloc(32, 7)));
