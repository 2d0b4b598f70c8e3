import { describe, expect, it } from 'vitest';
import { codesOf, type InputSchema, OPERATIONS, type Operation, resolved } from './operations.ts';

// The description is a contract: programs are written against it without asking us.
const EMPTY_ANSWERS = new Set(['204', '303']);
const INT_MAX = 2 ** 31 - 1;

it('describes every operation once', () => {
  expect(OPERATIONS.length).toBeGreaterThan(80);
  expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length);
});

/** Answers that show nothing of what they look like. */
function bareAnswers({ responses }: Operation): string[] {
  return Object.entries(responses)
    .filter(([status, { content = {} }]) => {
      if (EMPTY_ANSWERS.has(status)) return false;
      const schemas = Object.values(content).map(({ schema }) => schema);
      return (
        schemas.length === 0 || schemas.some((schema) => resolved(schema).example === undefined)
      );
    })
    .map(([status]) => status);
}

/** Parts of an input that may be of any size. */
function unbounded(given: InputSchema, at: string): string[] {
  const schema = resolved(given);
  const types = [schema.type ?? []].flat();
  const isListed = schema.enum !== undefined || schema.const !== undefined;
  const isShort =
    isListed ||
    [schema.maxLength, schema.pattern, schema.format].some((each) => each !== undefined);
  const isNumber = types.includes('integer') || types.includes('number');
  return [
    ...(types.includes('string') && !isShort ? [at] : []),
    ...(isNumber && !isListed && !((schema.maximum ?? Number.POSITIVE_INFINITY) <= INT_MAX)
      ? [at]
      : []),
    ...(types.includes('array') && schema.prefixItems === undefined && schema.maxItems === undefined
      ? [at]
      : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      unbounded(each, `${at}.${name}`),
    ),
    ...[schema.items ?? [], schema.prefixItems ?? [], schema.anyOf ?? [], schema.oneOf ?? []]
      .flat()
      .flatMap((each) => unbounded(each, at)),
  ];
}

describe.each(OPERATIONS.map((operation) => [operation.name, operation] as const))(
  '%s',
  (_name, operation) => {
    it('says in Chinese what it does and where it belongs', () => {
      expect(operation.summary).toMatch(/[一-龥]/);
      expect(operation.tags.length).toBeGreaterThan(0);
    });

    it('lists its error codes and describes their answers', () => {
      expect([...codesOf(operation)].length).toBeGreaterThan(0);
      const refusals = Object.keys(operation.responses).filter((status) => /^[45]/.test(status));
      expect(refusals.length).toBeGreaterThan(0);
      if (operation.path.startsWith('/api/v1/')) {
        expect(codesOf(operation)).toContain('http.bad-request');
        expect(refusals).toEqual(expect.arrayContaining(['400', '403', '429']));
      }
      if (operation.body !== null) expect(refusals).toEqual(expect.arrayContaining(['413', '415']));
    });

    it('shows an example of everything that it takes and answers', () => {
      expect(Object.keys(operation.responses).some((status) => /^[23]/.test(status))).toBe(true);
      expect(bareAnswers(operation)).toEqual([]);
      if (operation.body !== null) expect(operation.body.schema.example).toBeDefined();
    });

    it('takes nothing without a limit', () => {
      const body = operation.body?.type === 'application/json' ? [operation.body.schema] : [];
      const faults = [
        ...operation.parameters.flatMap(({ name, schema }) => unbounded(schema, name)),
        ...body.flatMap((schema) => unbounded(schema, 'body')),
      ];
      expect(faults).toEqual([]);
    });
  },
);
