import { expect, it } from 'vitest';
import { receivedResponse } from '../../testing/received-response.ts';
import { withoutSecrets } from './without-secrets.ts';

const TOKEN = '72_abc/def+ghi';

it('takes every secret out of address, status line, headers and body, and nothing else', () => {
  const response = receivedResponse({
    url: `https://api.example/cgi-bin/x?access_token=${encodeURIComponent(TOKEN)}&a=1`,
    statusMessage: `Bad ${TOKEN}`,
    rawHeaders: ['Location', `/y?access_token=${TOKEN}`, 'X-Other', 'Ã¤'],
    body: `{"errmsg":"令牌 ${TOKEN} 与 s3cret 无效"}`,
  });
  const clean = withoutSecrets(response, ['s3cret', TOKEN, encodeURIComponent(TOKEN), '']);
  expect(clean.url).toBe('https://api.example/cgi-bin/x?access_token=REDACTED&a=1');
  expect(clean.statusMessage).toBe('Bad REDACTED');
  expect(clean.rawHeaders).toEqual(['Location', '/y?access_token=REDACTED', 'X-Other', 'Ã¤']);
  expect(Buffer.from(clean.body).toString()).toBe('{"errmsg":"令牌 REDACTED 与 REDACTED 无效"}');
});

it('leaves a body without secrets as it is, to the byte', () => {
  const body = Buffer.from([0xff, 0x00, 0x41, 0x80]);
  expect(withoutSecrets(receivedResponse({ body }), ['s3cret']).body).toBe(body);
});
