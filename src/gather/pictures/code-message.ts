import type { CodeReading } from './read-codes.ts';

/** A picture on its way to a thread, and what came of it. */
export interface CodeRequest {
  readonly id: number;
  readonly bytes: Uint8Array;
}
export interface CodeReply {
  readonly id: number;
  readonly reading: CodeReading;
}
