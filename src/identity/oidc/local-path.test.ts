import { expect, it } from 'vitest';
import { localPath } from './local-path.ts';

it.each([
  [undefined, '/'],
  ['/findings?kind=site#top', '/findings?kind=site#top'],
  ['/名录', '/%E5%90%8D%E5%BD%95'],
  ['findings', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/\n/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['/%2f%2fevil.example', '/%2f%2fevil.example'],
  ['javascript:alert(1)', '/'],
  ['/api/v1/session/oidc/start', '/'],
  ['/login?to=/login', '/'],
  ['/a/../api/v1/session', '/'],
  ['/passwords', '/passwords'],
  [`/${'a'.repeat(600)}`, '/'],
])('%j leads to %s', (wanted, path) => expect(localPath(wanted)).toBe(path));
