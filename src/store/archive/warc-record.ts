import { createHash, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { MadeResource } from '../../lib/pure/made-resource.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** WARC/1.1 (ISO 28500:2017) records, unpacked; one gzip member each is the caller's work (Annex D). */

const CRLF = '\r\n';
/** Codings that the fetcher takes off; the header that names one no longer describes the stored body. */
const DECODED = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);
const RECORD_END = Buffer.from(CRLF + CRLF);
const REVISIT_PROFILE = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest';

/** The stored response that a revisit stands for. */
export interface RevisitOrigin {
  readonly url: string;
  readonly receivedAt: string;
}

/** SHA-256 in hex. */
export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** A `response` record: head as received, body after decoding. `payload` = SHA-256 (hex) of the body. */
export function responseRecord(response: ReceivedResponse, payload: string): Buffer {
  const head = Buffer.from(httpHead(response, response.body.byteLength), 'latin1');
  const fields = [
    ['WARC-Type', 'response'],
    ...commonFields(response, payload, sha256(head, response.body)),
    ...(response.cut === null ? [] : [['WARC-Truncated', response.cut]]),
    ['Content-Type', 'application/http;msgtype=response'],
    ['Content-Length', String(head.byteLength + response.body.byteLength)],
  ];
  return Buffer.concat([warcHead(fields), head, response.body, RECORD_END]);
}

/**
 * A `resource` record (§6.4): bytes without an HTTP message, for nobody sent them. The address says so too: a tool that plays
 * records back must not take a picture for the page.
 */
export function resourceRecord(resource: MadeResource, payload: string): Buffer {
  const { url, madeAt, type, body, maker } = resource;
  const fields = [
    ['WARC-Type', 'resource'],
    ['WARC-Record-ID', `<urn:uuid:${randomUUID()}>`],
    ['WARC-Date', madeAt],
    ['WARC-Target-URI', fieldValue(`urn:view:${url}`)],
    ['WARC-Block-Digest', `sha256:${payload}`],
    ['WARC-Payload-Digest', `sha256:${payload}`],
    // Not in the standard, which lets readers skip it.
    ['X-Made-By', fieldValue(maker)],
    ['Content-Type', fieldValue(type)],
    ['Content-Length', String(body.byteLength)],
  ];
  return Buffer.concat([warcHead(fields), body, RECORD_END]);
}

/** A `revisit` record: the head again, the body by reference to the same payload in the same round (§6.7.2). */
export function revisitRecord(
  response: ReceivedResponse,
  payload: string,
  origin: RevisitOrigin,
  bodyBytes = response.body.byteLength,
): Buffer {
  const head = Buffer.from(httpHead(response, bodyBytes), 'latin1');
  const fields = [
    ['WARC-Type', 'revisit'],
    ...commonFields(response, payload, sha256(head)),
    ['WARC-Profile', REVISIT_PROFILE],
    ['WARC-Refers-To-Target-URI', fieldValue(origin.url)],
    ['WARC-Refers-To-Date', origin.receivedAt],
    ['Content-Type', 'application/http;msgtype=response'],
    ['Content-Length', String(head.byteLength)],
  ];
  return Buffer.concat([warcHead(fields), head, RECORD_END]);
}

/** The `warcinfo` record that a segment begins with. */
export function infoRecord(at: string, name: string, software: string): Buffer {
  const block = Buffer.from(
    [
      `software: ${fieldValue(software)}`,
      'format: WARC File Format 1.1',
      'conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      'description: bodies are stored after content decoding; replaced headers carry the prefix X-Orig-',
      '',
    ].join(CRLF),
  );
  const fields = [
    ['WARC-Type', 'warcinfo'],
    ['WARC-Record-ID', `<urn:uuid:${randomUUID()}>`],
    ['WARC-Date', at],
    ['WARC-Filename', name],
    ['WARC-Block-Digest', `sha256:${sha256(block)}`],
    ['Content-Type', 'application/warc-fields'],
    ['Content-Length', String(block.byteLength)],
  ];
  return Buffer.concat([warcHead(fields), block, RECORD_END]);
}

function commonFields(response: ReceivedResponse, payload: string, block: string): string[][] {
  return [
    ['WARC-Record-ID', `<urn:uuid:${randomUUID()}>`],
    ['WARC-Date', response.receivedAt],
    ['WARC-Target-URI', fieldValue(response.url)],
    ...(response.address !== null && isIP(response.address) !== 0
      ? [['WARC-IP-Address', response.address]]
      : []),
    // Not in the standard, which lets readers skip it: without it an answer to a POST looks like one to a GET.
    ...(response.method === 'GET' ? [] : [['X-Request-Method', response.method]]),
    ['WARC-Block-Digest', `sha256:${block}`],
    ['WARC-Payload-Digest', `sha256:${payload}`],
  ];
}

function warcHead(fields: readonly string[][]): Buffer {
  let text = `WARC/1.1${CRLF}`;
  for (const [name, value] of fields) text += `${name}: ${value}${CRLF}`;
  return Buffer.from(text + CRLF);
}

/** The head as received, but for the three headers that would misdescribe the decoded body. */
function httpHead(response: ReceivedResponse, bodyBytes: number): string {
  const { rawHeaders } = response;
  let text = `HTTP/${response.httpVersion} ${response.status} ${fieldValue(response.statusMessage)}${CRLF}`;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, fieldValue(rawHeaders[at + 1]!)];
    text += `${misdescribes(name.toLowerCase(), value) ? 'X-Orig-' : ''}${name}: ${value}${CRLF}`;
  }
  return `${text}Content-Length: ${bodyBytes}${CRLF}${CRLF}`;
}

function misdescribes(name: string, value: string): boolean {
  if (name === 'content-length' || name === 'transfer-encoding') return true;
  return name === 'content-encoding' && DECODED.has(value.trim().toLowerCase());
}

/** A line break inside a value would begin a field of its own. */
function fieldValue(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ');
}
