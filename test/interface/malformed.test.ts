import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpServer } from '../../src/http/create-server.ts';
import { actorWith } from '../../src/testing/as-actor.ts';
import {
  addressOf,
  codesOf,
  hollowServer,
  type InputSchema,
  OPERATIONS,
  type Operation,
  type Parameter,
  resolved,
} from './operations.ts';

// What does not fit its description is refused before anything is done: behind these routes there is nothing.
let app: HttpServer;
beforeAll(async () => {
  app = await hollowServer(async () => actorWith({ userId: 1 }));
});
afterAll(() => app.close());

const OVERSIZE = 'x'.repeat(1024 * 1024 + 1);
const UNHEARD = 'nosuchfield';

interface Sent {
  readonly address?: string;
  readonly payload?: string;
  readonly type?: string;
}
interface Refused {
  readonly status: number;
  readonly code: string;
  readonly field?: string;
}

let sender = 0;

/** Everybody has an address of his own, so that no limit on tries gets in the way. */
async function send(
  operation: Operation,
  { address = wellAddressed(operation), payload, type = 'application/json' }: Sent,
): Promise<Refused> {
  sender += 1;
  const answer = await app.inject({
    method: operation.method,
    url: address,
    remoteAddress: `10.2.${sender >> 8}.${sender & 255}`,
    headers: { host: '127.0.0.1', ...(payload === undefined ? {} : { 'content-type': type }) },
    ...(payload === undefined ? {} : { payload }),
  });
  const isProblem = String(answer.headers['content-type']).startsWith('application/json');
  const { code = '', field, message = '' } = isProblem ? answer.json() : {};
  // People read the message.
  if (answer.statusCode < 500) expect(message).toMatch(/[一-龥]/);
  return { status: answer.statusCode, code, ...(field === undefined ? {} : { field }) };
}

/** A value of a parameter that is let through. */
function fitting({ schema: given }: Parameter): string {
  const schema = resolved(given);
  if (schema.example !== undefined) return String(schema.example);
  if (schema.enum !== undefined) return String(schema.enum[0]);
  if (schema.const !== undefined) return String(schema.const);
  if (schema.format === 'date') return '2020-09-30';
  if (schema.format === 'uuid') return '0f8f6a5e-6f55-4f0e-9a52-2b1b6b0a4a11';
  if (schema.pattern?.includes('[0-9a-f]') === true) return 'a'.repeat(64);
  return [schema.type].flat().includes('string') ? '2020Q3' : '1';
}

function wellAddressed(
  { path, parameters }: Operation,
  query: Readonly<Record<string, string>> = {},
): string {
  const filled = addressOf(path, (name) => fitting(parameters.find((each) => each.name === name)!));
  const needed = parameters
    .filter((each) => each.in === 'query' && each.required === true)
    .map((each): [string, string] => [each.name, fitting(each)]);
  const asked = new URLSearchParams({ ...Object.fromEntries(needed), ...query });
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}

/** A value that a parameter does not take; null when it takes any. */
function unfitting({ schema: given }: Parameter): string | null {
  const schema = resolved(given);
  if (schema.maxLength !== undefined) return '长'.repeat(schema.maxLength + 1);
  return schema.type === undefined && schema.enum === undefined && schema.const === undefined
    ? null
    : '@@';
}

/** A value of a type that a field does not take. */
function wrongTyped(given: InputSchema): unknown {
  const schema = resolved(given);
  const schemas = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(resolved);
  const types = new Set(
    schemas.flatMap((each) =>
      each.type === undefined ? typeof (each.const ?? each.enum?.[0]) : [each.type].flat(),
    ),
  );
  return types.has('string') ? { wrong: true } : 'wrong';
}

/** Copies of an example, each with one field too many: at its top, and in every object inside. Maps take any name. */
function withUnheard(value: unknown, given: InputSchema = {}): unknown[] {
  const { properties = {}, items, additionalProperties = false } = resolved(given);
  if (Array.isArray(value))
    return value.flatMap((each, at) =>
      withUnheard(each, items).map((other) => value.with(at, other)),
    );
  if (typeof value !== 'object' || value === null) return [];
  return [
    ...(additionalProperties === false ? [{ ...value, [UNHEARD]: 1 }] : []),
    ...Object.entries(value).flatMap(([name, each]) =>
      withUnheard(each, properties[name]).map((other) => ({ ...value, [name]: other })),
    ),
  ];
}

const INTERFACE = OPERATIONS.filter(({ path }) => path.startsWith('/api/v1/'));
/** The provider of the sign-in adds what it likes to its answer. */
const TAKES_ANY_QUERY = 'GET /api/v1/session/oidc/callback';
const named = (operations: readonly Operation[]) =>
  operations.map((operation) => [operation.name, operation] as const);

describe.each(named(INTERFACE))('%s', (name, operation) => {
  const refused = (code: string, status = 400) => expect.objectContaining({ status, code });

  it('refuses a parameter that it does not have', async () => {
    if (name === TAKES_ANY_QUERY) return expect(operation.parameters).toHaveLength(3);
    const address = wellAddressed(operation, { [UNHEARD]: '1' });
    expect(await send(operation, { address, ...bodyOf(operation) })).toEqual(
      refused('http.unknown-field'),
    );
    expect(codesOf(operation)).toContain('http.unknown-field');
  });

  const queried = operation.parameters.filter((each) => each.in === 'query');
  it.each(queried.map((each) => [each.name, each] as const))(
    'refuses a wrong %s',
    async (field, parameter) => {
      const value = unfitting(parameter);
      if (value === null) return expect(name).toBe(TAKES_ANY_QUERY);
      const address = wellAddressed(operation, { [field]: value });
      expect(await send(operation, { address, ...bodyOf(operation) })).toEqual({
        ...{ status: 400, code: 'http.bad-request', field },
      });
    },
  );

  const inPath = operation.parameters.filter((each) => each.in === 'path');
  it.each(inPath.map((each) => [each.name, each] as const))(
    'refuses a wrong {%s}',
    async (field, parameter) => {
      const { type } = resolved(parameter.schema);
      const wrong = type === 'string' ? '长'.repeat(120) : String(2 ** 53);
      const address = addressOf(operation.path, (each) =>
        each === field
          ? wrong
          : fitting(operation.parameters.find((other) => other.name === each)!),
      );
      const answer = await send(operation, { address, ...bodyOf(operation) });
      expect([answer.status, answer.code]).toBeOneOf([
        [400, 'http.bad-request'],
        [414, 'http.too-large'],
      ]);
    },
  );
});

const bodyOf = ({ body }: Operation): Sent =>
  body?.type === 'application/json' ? { payload: JSON.stringify(body.schema.example) } : {};

const CHANGES = INTERFACE.filter(({ method }) => method !== 'GET');

describe.each(named(CHANGES.filter(({ body }) => body?.type === 'application/json')))(
  'what %s is sent',
  (_name, operation) => {
    const { schema } = operation.body!;
    const { example, properties = {}, required = [] } = schema;
    const sent = (payload: unknown) => send(operation, { payload: JSON.stringify(payload) });

    it('is refused with a field that it does not have, wherever it stands', async () => {
      const all = withUnheard(example, schema);
      expect(all.length).toBeGreaterThan(0);
      for (const payload of all)
        expect([payload, await sent(payload)]).toEqual([
          payload,
          { status: 400, code: 'http.unknown-field', field: UNHEARD },
        ]);
    });

    it.each(Object.entries(properties))('is refused with a wrong %s', async (field, given) => {
      const payload = { ...(example as object), [field]: wrongTyped(given) };
      const answer = await sent(payload);
      expect([answer.status, answer.code]).toEqual([400, 'http.bad-request']);
      expect(answer.field?.split('.')[0]).toBe(field);
    });

    it.each(required)('is refused without %s', async (field) => {
      const { [field]: _, ...rest } = example as Record<string, unknown>;
      expect(await sent(rest)).toEqual({ status: 400, code: 'http.bad-request', field });
    });

    it.each([
      ['an array', '[]', 400, 'http.bad-request'],
      ['no JSON', '{', 400, 'http.bad-request'],
      ['nothing', '', 400, 'http.bad-request'],
      ['a prototype', '{"__proto__":{"x":1}}', 400, 'http.bad-request'],
      ['too much', JSON.stringify({ [UNHEARD]: OVERSIZE }), 413, 'http.too-large'],
    ])('is refused as %s', async (_what, payload, status, code) => {
      const answer = await send(operation, { payload });
      expect([answer.status, answer.code]).toEqual([status, code]);
      expect(codesOf(operation)).toContain(code);
    });

    it('is refused as anything but JSON', async () => {
      const payload = JSON.stringify(example);
      for (const type of ['text/xml', 'application/x-www-form-urlencoded'])
        expect(await send(operation, { payload, type })).toEqual({
          status: 415,
          code: 'http.media-type',
        });
    });
  },
);

describe.each(named(CHANGES.filter(({ body }) => body?.type !== 'application/json')))(
  '%s takes no JSON',
  (_name, operation) => {
    it.each([
      ['a field', JSON.stringify({ [UNHEARD]: 1 }), 400],
      ['too much', JSON.stringify({ [UNHEARD]: OVERSIZE }), 413],
    ])('%s is refused', async (_what, payload, status) => {
      const answer = await send(operation, { payload });
      expect(answer.status).toBe(status);
      expect(answer.code).toMatch(/^http\.(unknown-field|bad-request|too-large)$/);
    });
  },
);

it('what is no address at all is told so in the same shape', async () => {
  const answer = await app.inject({ url: '/api/v1/sites/%zz', headers: { host: '127.0.0.1' } });
  expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'http.bad-request' }]);
});
