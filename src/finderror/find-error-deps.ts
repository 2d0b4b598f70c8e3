import type { StoreDeps } from '../store/store.ts';

/** What the room needs; `main` brings it. */
export interface FindErrorDeps extends StoreDeps {
  readonly findError: {
    /** Messages that the public form takes a day; 0 = it is closed. */
    readonly formPerDay: number;
    /** Days that name and contact of whoever wrote are kept after the answer. */
    readonly keepDays: number;
    /** For the digests of addresses that wrote: none is kept as it is. */
    readonly writerKey: () => Uint8Array;
  };
}
