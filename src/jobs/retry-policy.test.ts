import { expect, it } from 'vitest';
import { Defect, TransientError, UserError } from '../lib/pure/errors.ts';
import { decideRetry } from './retry-policy.ts';

it.each([
  ['a passing error', new TransientError('a', '忙'), 1, 'retry'],
  ['a passing error, for the twentieth time', new TransientError('a', '忙'), 20, 'give-up'],
  ['what a person must put right', new UserError('a', '错'), 1, 'give-up'],
  ['a defect, once', new Defect('坏'), 1, 'retry'],
  ['a defect, twice', new Defect('坏'), 2, 'give-up'],
  ['anything else, once', 'boom', 1, 'retry'],
])('%s', (_name, error, tried, decision) => {
  expect(decideRetry(error, tried)).toBe(decision);
});
