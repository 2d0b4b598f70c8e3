import { describe, expect, it } from 'vitest';
import type { LinkSight } from '../../domain/link-check.ts';
import { receivedResponse } from '../../testing/received-response.ts';
import { FAILING_BODIES_MAX, FailingBodies } from './failing-bodies.ts';

/** An intake that says what it was given. */
function intake() {
  const given: string[] = [];
  return {
    given,
    add: ({ url }: { url: string }): string => {
      given.push(url);
      return `sha of ${url}`;
    },
    addMade: ({ url, maker }: { url: string; maker: string }): string => {
      given.push(`${maker} ${url}`);
      return `sha of drawn ${url}`;
    },
  };
}

const body = new TextEncoder().encode('没有');
const answerOf = (...urls: string[]): LinkSight => ({
  ...{ kind: 'first', asked: urls[0]!, url: urls.at(-1)!, hops: [], status: 404, failure: null },
  ...{ contentType: 'text/html', cut: false, jumpPage: null, retryAfterMs: null, outside: false },
  ...{ at: '2020-09-17T04:00:00.000Z', body },
  received: urls.map((url) => receivedResponse({ url, body })),
});

describe('the answers of broken links', () => {
  it('are kept with what led to them; a drawn page with who drew it', () => {
    const to = intake();
    const bodies = new FailingBodies(to);
    expect(bodies.keep(answerOf('/a', '/b'))).toBe('sha of /b');
    const { received: _none, ...drawn } = answerOf('/c');
    expect(bodies.keep({ ...drawn, maker: 'Chromium 1' })).toBe('sha of drawn /c');
    expect(to.given).toEqual(['/a', '/b', 'Chromium 1 /c']);
    expect(bodies.snapshots).toEqual(['sha of /b', 'sha of drawn /c']);
  });

  it('are none where nothing came', () => {
    const bodies = new FailingBodies(intake());
    expect(bodies.keep({ ...answerOf('/a'), body: new Uint8Array(0) })).toBeNull();
    const { received: _none, ...unnoted } = answerOf('/a');
    expect(bodies.keep(unnoted)).toBeNull();
    expect([bodies.snapshots, bodies.leftOut]).toEqual([[], 0]);
  });

  it('are so many and so large at the most, and what is left out is counted', () => {
    const many = new FailingBodies(intake());
    for (let at = 0; at < FAILING_BODIES_MAX + 3; at += 1) many.keep(answerOf(`/${at}`));
    expect([many.snapshots.length, many.leftOut]).toEqual([FAILING_BODIES_MAX, 3]);
    const large = new FailingBodies(intake());
    const big = receivedResponse({ url: '/big', body: new Uint8Array(40 * 1024 * 1024) });
    const kept = ['/1', '/2'].map((url) => large.keep({ ...answerOf(url), received: [big] }));
    expect([kept, large.leftOut]).toEqual([['sha of /big', null], 1]);
  });
});
