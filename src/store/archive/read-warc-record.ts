import { gunzipSync } from 'node:zlib';
import { sha256 } from './warc-record.ts';

/** A record read back: its fields by lower-cased name, the HTTP head when it has one, and the payload. */
export interface WarcRecord {
  readonly type: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Status line and headers as stored, without the empty line; '' where the block is no HTTP message. */
  readonly httpHead: string;
  /** Empty for a revisit. */
  readonly payload: Buffer;
}

export type WarcReading =
  | { readonly ok: true; readonly record: WarcRecord }
  /** `why` is Chinese, for people. */
  | { readonly ok: false; readonly why: string };

/** Unpacked size of one record at the most: a guard against a damaged or planted file. */
const RECORD_BYTES_MAX = 64 * 1024 * 1024;
const FIELDS_MAX = 100;
const HEAD_END = '\r\n\r\n';

/** Reads one gzip member and proves what it says of itself: length, block digest, payload digest. Never throws. */
export function readWarcMember(member: Uint8Array): WarcReading {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(member, { maxOutputLength: RECORD_BYTES_MAX });
  } catch {
    return { ok: false, why: '压缩数据损坏，或解开后过大' };
  }
  return readWarcRecord(bytes);
}

function readWarcRecord(bytes: Buffer): WarcReading {
  const headEnd = bytes.indexOf(HEAD_END);
  const lines = headEnd < 0 ? [] : bytes.toString('utf8', 0, headEnd).split('\r\n');
  if (lines[0] !== 'WARC/1.1' || lines.length > FIELDS_MAX)
    return { ok: false, why: '不是 WARC/1.1 记录' };
  const fields = new Map<string, string>();
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    if (colon <= 0) return { ok: false, why: '记录的字段写法不对' };
    fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const start = headEnd + HEAD_END.length;
  const length = Number(fields.get('content-length') ?? Number.NaN);
  if (!Number.isInteger(length) || start + length + HEAD_END.length !== bytes.byteLength)
    return { ok: false, why: '记录的长度与内容不符' };
  if (bytes.toString('latin1', start + length) !== HEAD_END)
    return { ok: false, why: '记录没有正常结束' };
  return checkBlock(fields, bytes.subarray(start, start + length));
}

function checkBlock(fields: Map<string, string>, block: Buffer): WarcReading {
  if (fields.get('warc-block-digest') !== `sha256:${sha256(block)}`)
    return { ok: false, why: '内容与记录的摘要（WARC-Block-Digest）不符' };
  const type = fields.get('warc-type') ?? '';
  const isHttp = (fields.get('content-type') ?? '').startsWith('application/http');
  const cut = isHttp ? block.indexOf(HEAD_END) : -1;
  if (isHttp && cut < 0) return { ok: false, why: '记录里没有完整的 HTTP 头' };
  const httpHead = isHttp ? block.toString('latin1', 0, cut) : '';
  const payload = isHttp ? block.subarray(cut + HEAD_END.length) : block;
  const isWhole = type === 'response' || type === 'resource';
  if (isWhole && fields.get('warc-payload-digest') !== `sha256:${sha256(payload)}`)
    return { ok: false, why: '正文与记录的摘要（WARC-Payload-Digest）不符' };
  return { ok: true, record: { type, fields, httpHead, payload } };
}

/** The payload digest of a record in hex, or '' when it has none. */
export function payloadDigest(record: WarcRecord): string {
  return (record.fields.get('warc-payload-digest') ?? '').replace(/^sha256:/, '');
}
