import type { HttpServer } from '../../http/create-server.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  readonly body: any;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks the API as somebody (see `smallProvince`): `GET /api/v1/rounds`, `POST …` with a body. */
export async function ask(
  app: HttpServer,
  who: string,
  request: `${'GET' | 'POST'} ${string}`,
  payload?: object,
): Promise<Answer> {
  const [method, url] = request.split(' ') as ['GET' | 'POST', string];
  const headers = { host: '127.0.0.1', 'x-actor': encodeURIComponent(who) };
  const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    body: isJson ? answer.json() : null,
    bytes: answer.rawPayload,
    headers: answer.headers,
  };
}
