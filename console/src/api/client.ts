import createClient from 'openapi-fetch';
import { ApiError } from './api-error.ts';
import type { paths } from './schema.generated.ts';
import type { AnswerOf, BodyOf, ParamsOf, PathOf } from './types.ts';

type Sending = 'post' | 'put' | 'patch' | 'delete';

const client = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

/** The answer of the session endpoint carries it; every change of a signed-in browser must show it. */
let csrf = '';

export function rememberCsrf(value: string): void {
  csrf = value;
}

export function csrfHeaders(): Record<string, string> {
  return { 'x-csrf-token': csrf };
}

/** Reads an endpoint; throws {@link ApiError} for whatever is not a good answer. */
export function fetchAnswer<P extends PathOf<'get'>>(
  path: P,
  params: ParamsOf<P>,
  signal?: AbortSignal,
): Promise<AnswerOf<P>> {
  return settle(client.GET(path as never, { params, signal } as never) as Promise<Fetched>);
}

/** Changes something; throws {@link ApiError}. Uploads go through {@link sendFiles}. */
export function sendChange<M extends Sending, P extends PathOf<M>>(
  method: M,
  path: P,
  given: { params?: Omit<ParamsOf<P, M>, 'query'>; body?: BodyOf<P, M> } = {},
): Promise<AnswerOf<P, M>> {
  const verb = method.toUpperCase() as 'POST';
  return settle(
    client[verb](path as never, { ...given, headers: csrfHeaders() } as never) as Promise<Fetched>,
  );
}

/** Uploads files as a form (multipart/form-data, field `files`); throws {@link ApiError}. */
export function sendFiles<P extends PathOf<'post'>>(
  path: P,
  files: readonly File[],
  params: {
    readonly path?: Readonly<Record<string, number>>;
    readonly query?: Readonly<Record<string, string>>;
  } = {},
): Promise<AnswerOf<P, 'post'>> {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  const bodySerializer = (body: FormData) => body;
  const options = { params, body: form, bodySerializer, headers: csrfHeaders() };
  return settle(client.POST(path as never, options as never) as Promise<Fetched>);
}

interface Fetched {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

async function settle<T>(call: Promise<Fetched>): Promise<T> {
  let fetched: Fetched;
  try {
    fetched = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw ApiError.offline(error);
  }
  if (fetched.response.ok) return fetched.data as T;
  throw ApiError.from(fetched.response, fetched.error);
}
