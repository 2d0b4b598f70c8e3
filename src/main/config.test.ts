import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/pure/errors.ts';
import { readConfig } from './config.ts';

const S3 = {
  XUNJIAN_EVIDENCE_S3_ENDPOINT: 'https://s3.example.gov.cn',
  XUNJIAN_EVIDENCE_S3_BUCKET: 'evidence',
  XUNJIAN_EVIDENCE_S3_ACCESS_KEY: 'id',
  XUNJIAN_EVIDENCE_S3_SECRET_KEY: 'very-secret',
};

function refusal(environment: NodeJS.ProcessEnv): UserError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('这个设置应当被拒绝');
}

describe('settings of the evidence archive', () => {
  it('keep everything in the data folder when nothing is set', () => {
    const nothing = { keepRounds: null, keepDays: null, maxBytes: null, s3: null };
    expect(readConfig({}).evidence).toEqual(nothing);
  });

  it.each([
    ['500GB', 500e9],
    ['1.5 TB', 1.5e12],
    ['20mb', 20e6],
    ['12345', 12_345],
  ])('%s is %d bytes', (text, bytes) => {
    expect(readConfig({ XUNJIAN_EVIDENCE_MAX_BYTES: text }).evidence.maxBytes).toBe(bytes);
  });

  it('an S3 store, whose key never prints', () => {
    const { s3 } = readConfig(S3).evidence;
    expect(s3).toMatchObject({ bucket: 'evidence', region: 'us-east-1', prefix: '' });
    expect(s3?.secretKey.reveal()).toBe('very-secret');
    expect(inspect(s3) + JSON.stringify(s3)).not.toContain('very-secret');
  });

  it.each([
    [{ XUNJIAN_EVIDENCE_MAX_BYTES: 'viel' }, 'XUNJIAN_EVIDENCE_MAX_BYTES'],
    [{ XUNJIAN_EVIDENCE_KEEP_ROUNDS: '0' }, 'XUNJIAN_EVIDENCE_KEEP_ROUNDS'],
    [{ ...S3, XUNJIAN_EVIDENCE_S3_PREFIX: '../x' }, 'XUNJIAN_EVIDENCE_S3_PREFIX'],
    [{ ...S3, XUNJIAN_EVIDENCE_S3_SECRET_KEY: undefined }, 'XUNJIAN_EVIDENCE_S3_SECRET_KEY'],
  ])('%j is refused by name', (environment, name) => {
    const { details } = refusal(environment);
    expect(details.join()).toContain(name);
    expect(details.join()).not.toContain('very-secret');
  });
});
