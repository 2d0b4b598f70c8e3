import { expect, it } from 'vitest';
import { ownAddress } from './own-address.ts';

it.each([
  [undefined, '/'],
  ['/findings?period=2020Q3', '/findings?period=2020Q3'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?to=/login', '/'],
  ['/api/v1/session', '/'],
])('after signing in, %s leads to %s', (to, address) => {
  expect(ownAddress(to)).toBe(address);
});
