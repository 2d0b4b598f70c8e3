import type { KeyObject } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { macOf } from './audit-keys.ts';

/** The thread that computes the hashes of a verification while the other one reads rows. */
export interface HashWork {
  /** The texts of rows, all under the key with this id. */
  readonly runs: readonly { readonly keyId: string; readonly texts: readonly string[] }[];
}

const keys = workerData as ReadonlyMap<string, KeyObject>;

parentPort?.on('message', ({ runs }: HashWork) => {
  parentPort?.postMessage(
    runs.flatMap(({ keyId, texts }) => {
      const key = keys.get(keyId)!;
      return texts.map((text) => macOf(key, text));
    }),
  );
});
