import type { Instant } from './dates.ts';

/** Bytes that we made of answers (a page after its scripts, its picture), as the archive keeps them: no answer of the other side. */
export interface MadeResource {
  /** Address of the page that they show. */
  readonly url: string;
  readonly madeAt: Instant;
  /** Media type, e.g. `image/png`. */
  readonly type: string;
  readonly body: Uint8Array;
  /** What made them, e.g. `Chromium 156.0.8078.108`. */
  readonly maker: string;
}
