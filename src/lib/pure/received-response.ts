import type { Instant } from './dates.ts';

/** Why a body is not whole (WARC 1.1 §5.13): cut at our limit, cut off by the other side, or not read at all. */
export type BodyCut = 'length' | 'disconnect' | 'unspecified';

/** One HTTP response as it came in, as the archive keeps it. Secrets of ours are already taken out of `url`, headers and body. */
export interface ReceivedResponse {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'HEAD';
  /** The address that answered; null when it is not known. */
  readonly address: string | null;
  /** When the request was sent. */
  readonly receivedAt: Instant;
  readonly status: number;
  /** `1.1` or `1.0`. */
  readonly httpVersion: string;
  readonly statusMessage: string;
  /** Names and values in turn, in the order and the letters received; each character is one byte. */
  readonly rawHeaders: readonly string[];
  /** After transfer decoding and content decoding; empty when the body was not read. */
  readonly body: Uint8Array;
  readonly cut: BodyCut | null;
}
