import { describe, expect, it } from 'vitest';
import { Secret } from '../../../lib/pure/secret.ts';
import { readDouyinCredential, writeDouyinCredential } from './douyin-credential.ts';

const WHOLE = {
  clientKey: 'tt10abc',
  accessToken: 'act.0f1e2d3c',
  accessExpiresAt: '2020-10-01T00:00:00.000Z',
  refreshToken: 'rft.a5b4c3d2',
  refreshExpiresAt: '2020-10-16T00:00:00.000Z',
};
const read = (text: string) => readDouyinCredential(new Secret(text));

describe('the credential of a Douyin account', () => {
  it.each<[string, object]>([
    ['whole', WHOLE],
    [
      'without a refresh token',
      { clientKey: 'k', accessToken: 'act.0f1e2d3c', accessExpiresAt: WHOLE.accessExpiresAt },
    ],
  ])('is written as it was read: %s', (_name, value) => {
    const written = writeDouyinCredential(read(JSON.stringify(value))!).reveal();
    expect(JSON.parse(written)).toEqual(value);
  });

  it('an access token alone is one that cannot be prolonged', () => {
    const credential = read(' act.0f1e2d3c ');
    expect(credential?.tokens.accessToken.reveal()).toBe('act.0f1e2d3c');
    expect(credential?.tokens.refreshToken).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['words', '请补充令牌 见附件'],
    ['broken JSON', '{"clientKey":'],
    ['JSON without a token', '{"clientKey":"k"}'],
    ['a date that is none', JSON.stringify({ ...WHOLE, accessExpiresAt: '明年' })],
  ])('%s is none', (_name, text) => {
    expect(read(text)).toBeNull();
  });

  it('never prints', () => {
    expect(JSON.stringify(read(JSON.stringify(WHOLE)))).not.toMatch(/0f1e2d3c|a5b4c3d2/);
  });
});
