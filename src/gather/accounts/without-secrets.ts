import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** What stands in an archived address, header or body where a secret of ours was. */
const REDACTED = 'REDACTED';

/**
 * The response as it may be archived: every given secret is taken out of address, headers and body, whatever echoed it.
 * The payload's digest is that of the body as archived.
 */
export function withoutSecrets(
  response: ReceivedResponse,
  secrets: readonly string[],
): ReceivedResponse {
  const used = secrets.filter((secret) => secret !== '');
  const clean = (text: string): string =>
    used.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  return {
    ...response,
    url: clean(response.url),
    statusMessage: clean(response.statusMessage),
    rawHeaders: response.rawHeaders.map(clean),
    body: cleanBody(response.body, used),
  };
}

/** latin1 keeps every byte, and the secrets are ASCII; an untouched body is given back as it is. */
function cleanBody(body: Uint8Array, secrets: readonly string[]): Uint8Array {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!secrets.some((secret) => buffer.includes(secret))) return body;
  const text = secrets.reduce(
    (rest, secret) => rest.replaceAll(Buffer.from(secret).toString('latin1'), REDACTED),
    buffer.toString('latin1'),
  );
  return Buffer.from(text, 'latin1');
}
