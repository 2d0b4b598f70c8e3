import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.ts';

it('a secret never prints', () => {
  const secret = new Secret('hunter2');
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ nested: { secret } }),
    Object.keys(secret).join(),
  ];
  expect(printed.join(' ')).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});
