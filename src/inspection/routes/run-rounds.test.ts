import { afterAll, beforeAll, expect, it } from 'vitest';
import { actorWith } from '../../testing/as-actor.ts';
import {
  newRound,
  type SmallProvince,
  smallProvince,
} from '../../testing/rounds/small-province.ts';

import { createLog, setLog } from '../../lib/node/log.ts';
setLog(createLog({ level: 'error', terminal: false, write: (l) => console.log(l), now: () => new Date() }));
let province: SmallProvince;
beforeAll(async () => {
  province = await smallProvince(() => actorWith());
});
afterAll(() => province.remove());
it('runs', async () => {
  const { app, web } = province;
  const headers = { host: '127.0.0.1' };
  const made = await app.inject({
    method: 'POST',
    url: '/api/v1/rounds',
    headers,
    payload: newRound(web),
  });
  console.log(made.statusCode, made.body);
  const t = performance.now();
  const ran = await app.inject({ method: 'POST', url: '/api/v1/rounds/2020Q3/run', headers });
  console.log(ran.statusCode, ran.body);
  await province.runner.idle();
  console.log(performance.now() - t, web.answered());
  const got = await app.inject({ url: '/api/v1/rounds/2020Q3', headers });
  console.log(got.statusCode, got.body);
  const list = await app.inject({ url: '/api/v1/findings?status=all&limit=200', headers });
  console.log(
    list.statusCode,
    list.json().total,
    (list.json().items ?? [list.json()])
      .map((i: any) => `${i.subject?.name} ${i.rule?.id} ${i.status} ${i.reason}`)
      .join('\n'),
  );
  expect(1).toBe(1);
});
