import {
  createFetcher,
  type Fetcher,
  type FetcherOptions,
  type FetchOptions,
  type FetchResult,
} from '../../lib/node/http/create-fetcher.ts';

export const TEST_NOW = '2020-09-17T04:00:00.000Z';

/** A fetcher that may visit 127.0.0.1 and does not wait between requests, unless told otherwise. */
export function testFetcher(options: Partial<FetcherOptions> = {}): Fetcher & AsyncDisposable {
  const fetcher = createFetcher({
    userAgent: 'Xunjian/test',
    resolve: [],
    allowAddresses: ['127.0.0.1'],
    pacePerAddressMs: 0,
    concurrentPerAddress: 100,
    now: () => TEST_NOW,
    ...options,
  });
  return { ...fetcher, [Symbol.asyncDispose]: () => fetcher.close() };
}

/** The same fetcher with a shorter patience, so that a hanging server costs a test milliseconds. */
export function impatient(fetcher: Fetcher, timeoutMs: number): Fetcher {
  return {
    fetch: (url: string, options: FetchOptions = {}): Promise<FetchResult> =>
      fetcher.fetch(url, { ...options, timeoutMs }),
    close: () => fetcher.close(),
  };
}
