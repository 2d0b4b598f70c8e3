import { expect, it } from 'vitest';
import { inputOf, valuesOf } from './channel-values.ts';

const FORMER = {
  ...{ id: 3, kind: 'webhook' as const, name: '督查系统', unitId: 7, enabled: true, kinds: null },
  ...{ host: null, port: null, secure: null, allowsPlain: null, user: null, from: null },
  ...{ hasSecret: true, quietFrom: '20:00', quietTo: '08:00' },
  ...{ workdaysOnly: true, resendsUncertain: false, pausedUntil: null, pausedWhy: null },
};

it('a channel that is changed without its secret keeps it: an empty secret is not sent', () => {
  const sent = inputOf({ ...valuesOf(FORMER), name: ' 督查系统 ', key: ' ', url: '' });
  expect(sent).toEqual({
    ...{ kind: 'webhook', name: '督查系统', unitId: 7, enabled: true, kinds: null },
    ...{ quietFrom: '20:00', quietTo: '08:00', workdaysOnly: true, resendsUncertain: false },
  });
  expect(inputOf({ ...valuesOf(FORMER), key: '新的密钥-2026' })).toMatchObject({
    key: '新的密钥-2026',
  });
});

it('a mail server that is changed keeps how it is reached and who signs in', () => {
  const former = { ...FORMER, kind: 'email' as const, host: 'smtp.test', port: 587, user: 'xj' };
  expect(inputOf(valuesOf({ ...former, allowsPlain: true, from: 'a@b.cn' }))).toMatchObject({
    ...{ host: 'smtp.test', port: 587, user: 'xj', allowsPlain: true, from: 'a@b.cn' },
  });
});

it('a mail server is sent with its port, a robot without', () => {
  const mail = { ...valuesOf(null), name: '邮箱', host: 'smtp.test', from: 'a@b.cn' };
  expect(inputOf(mail)).toMatchObject({ port: 465, host: 'smtp.test' });
  expect(inputOf({ ...mail, kind: 'wecom' })).not.toHaveProperty('port');
});
