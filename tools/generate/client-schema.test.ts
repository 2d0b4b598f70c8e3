import { describe, expect, it } from 'vitest';
import { clientSchema, type OpenApi, type Schema, typeOf } from './client-schema.ts';

describe('the type of a schema', () => {
  it.each<[string, Schema, string]>([
    ['anything', true, 'unknown'],
    ['nothing', false, 'never'],
    ['a string', { type: 'string' }, 'string'],
    ['bytes', { type: 'string', format: 'binary' }, 'Blob'],
    ['a whole number', { type: 'integer' }, 'number'],
    ['a constant', { const: 'site' }, '"site"'],
    ['a closed list', { type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
    ['a string or null', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    ['a string or null, in one word', { type: ['string', 'null'] }, 'string | null'],
    ['a string or null, the old way', { type: 'string', nullable: true }, 'string | null'],
    ['a list', { type: 'array', items: { type: 'number' } }, 'Array<number>'],
    [
      'a pair',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
      '[string, number]',
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'number' } },
      'Record<string, number>',
    ],
    ['a map of anything', { type: 'object' }, 'Record<string, unknown>'],
    ['an empty object', { type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [
      'an object',
      {
        type: 'object',
        properties: { id: { type: 'number' }, 'a-b': { type: 'string' } },
        required: ['id'],
      },
      "{\n  id: number;\n  'a-b'?: string;\n}",
    ],
    ['both', { allOf: [{ type: 'string' }, { type: 'number' }] }, '(string) & (number)'],
    ['another', { $ref: '#/components/schemas/Site' }, "components['schemas']['Site']"],
  ])('%s', (_name, schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it.each<[Schema, string]>([
    [{ $ref: 'other.json#/Site' }, 'outside of components'],
    [{ type: 'file' }, 'file'],
  ])('%j is refused by name', (schema, words) => {
    expect(() => typeOf(schema)).toThrow(words);
  });
});

const ok = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const API: OpenApi = {
  paths: {
    '/healthz': { get: { responses: { 200: ok({ type: 'string' }) } } },
    '/api/v1/sites/{id}': {
      delete: { parameters: [{ in: 'path', name: 'id', required: true }], responses: { 204: {} } },
      get: {
        parameters: [
          { in: 'path', name: 'id', required: true, schema: { type: 'integer' } },
          { in: 'query', name: 'asOf', schema: { type: 'string' } },
        ],
        responses: { 404: ok({ type: 'null' }), 200: ok({ $ref: '#/components/schemas/Site' }) },
      },
    },
    '/api/v1/sites': {
      post: {
        requestBody: { required: true, content: ok({ type: 'string' }).content },
        responses: {},
      },
    },
  },
  components: {
    schemas: {
      Unused: { type: 'string' },
      Verdict: { type: 'string' },
      Site: { type: 'object', properties: { verdict: { $ref: '#/components/schemas/Verdict' } } },
    },
  },
};

it('describes the paths of the first version and the schemas that they reach, in one order', () => {
  const text = clientSchema(API);
  expect(text).toBe(clientSchema(structuredClone(API)));
  expect(text.indexOf("'/api/v1/sites'")).toBeLessThan(text.indexOf("'/api/v1/sites/{id}'"));
  expect(text).toContain('path: { id: number; };');
  expect(text).toContain('query?: { asOf?: string; };');
  expect(text).toContain("requestBody: { content: { 'application/json': string; } };");
  expect(text).toContain('204: { content: { [type: string]: unknown } };');
  expect(text).toContain("    Site: { verdict?: components['schemas']['Verdict']; };");
  expect(text).not.toMatch(/healthz|Unused/);
});
