import type { ReceivedResponse } from '../lib/pure/received-response.ts';

/** A response as a gatherer hands it to the archive; name what matters to the test. */
export function receivedResponse(
  given: Partial<Omit<ReceivedResponse, 'body'>> & { body?: string | Uint8Array } = {},
): ReceivedResponse {
  const { body = '', ...rest } = given;
  return {
    url: 'http://www.example.gov.cn/',
    method: 'GET',
    address: '192.0.2.7',
    receivedAt: '2020-09-17T01:02:03.456Z',
    status: 200,
    httpVersion: '1.1',
    statusMessage: 'OK',
    rawHeaders: ['Content-Type', 'text/html; charset=utf-8'],
    cut: null,
    ...rest,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  };
}
