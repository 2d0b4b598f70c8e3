import { flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

// Workers of the tests are ended by a signal, and would take what they compiled with them.
afterAll(() => flushCompileCache());
