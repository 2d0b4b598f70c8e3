import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/pure/errors.ts';
import { placeOf } from './app-deps.ts';
import { readConfig } from './config.ts';

const URL = 'postgresql://u:geheim@db:6432/x';

describe('where the data are', () => {
  it.each([
    ['nothing set', {}, undefined, null, resolve('data', 'evidence')],
    ['DATABASE_URL', { DATABASE_URL: URL }, undefined, 'db:6432', resolve('data', 'evidence')],
    [
      'DATABASE_URL beside a folder of the environment',
      { DATABASE_URL: URL, XUNJIAN_DATA: '/srv/x' },
      undefined,
      'db:6432',
      '/srv/x/evidence',
    ],
    ['--data beside DATABASE_URL', { DATABASE_URL: URL }, '别处', null, '/home/别处/evidence'],
    [
      'an evidence folder',
      { DATABASE_URL: URL, XUNJIAN_EVIDENCE_DIR: '/srv/e' },
      undefined,
      'db:6432',
      '/srv/e',
    ],
    ['an empty DATABASE_URL', { DATABASE_URL: '' }, undefined, null, resolve('data', 'evidence')],
  ])('%s', (_name, environment, named, database, evidenceDir) => {
    const place = placeOf(readConfig(environment), named, '/home');
    expect(place.database?.shown.includes(database ?? '?') ?? null).toBe(database && true);
    expect(place.evidenceDir).toBe(evidenceDir);
    expect(place.dataDir).toBe(named === undefined ? place.dataDir : join('/home', named));
  });
});

describe('settings of the database', () => {
  it('are read, and print without the password', () => {
    const config = readConfig({ DATABASE_URL: URL, XUNJIAN_DATABASE_POOL: '3' });
    expect(config.database).toMatchObject({ poolSize: 3, retrySeconds: 180 });
    expect(`${inspect(config, { depth: 9 })}${JSON.stringify(config)}`).not.toContain('geheim');
  });

  it.each([
    [{ DATABASE_URL: 'mysql://u:geheim@db/x' }, 'config.invalid'],
    [{ DATABASE_URL: 'geheim' }, 'config.invalid'],
    [{ XUNJIAN_DATABASE_POOL: '0' }, 'config.invalid'],
    [{ XUNJIAN_DATABASE_RETRY_SECONDS: 'lange' }, 'config.invalid'],
  ])('%j is refused', (environment, code) => {
    try {
      readConfig(environment);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code });
      expect(inspect(error)).not.toContain('geheim');
      expect(error).toBeInstanceOf(UserError);
    }
  });
});
