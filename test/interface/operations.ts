import { createServer, type HttpServer } from '../../src/http/create-server.ts';
import type { Identify } from '../../src/http/gate.ts';
import { registerRoutes } from '../../src/main/serve.ts';
import type { OpenApi, Schema } from '../../tools/generate/client-schema.ts';
import { interfaceDescription, STAND_INS } from '../../tools/generate/console-client.ts';

/** A JSON Schema with the limits and examples that our description writes. */
export interface InputSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly required?: readonly string[];
  readonly items?: InputSchema;
  readonly prefixItems?: readonly InputSchema[];
  readonly anyOf?: readonly InputSchema[];
  readonly oneOf?: readonly InputSchema[];
  readonly additionalProperties?: Schema;
  readonly propertyNames?: InputSchema;
  readonly example?: unknown;
}

export interface Parameter {
  readonly in: 'path' | 'query';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: InputSchema;
}

type Content = Readonly<Record<string, { readonly schema: InputSchema }>>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the interface as its description has it. */
export interface Operation {
  /** `POST /api/v1/findings/{id}/reviews` */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The media type and schema of what is sent, or null. */
  readonly body: { readonly type: string; readonly schema: InputSchema } | null;
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

const api: OpenApi = await interfaceDescription();

/** Every operation of the description, in its order: what a test walks, so that a new one cannot be left out. */
export const OPERATIONS: readonly Operation[] = Object.entries(api.paths ?? {}).flatMap(
  ([path, item]) => Object.entries(item).map(([method, given]) => operationOf(path, method, given)),
);

function operationOf(path: string, method: string, given: object): Operation {
  const {
    summary = '',
    description = '',
    tags = [],
    parameters = [],
    requestBody,
    responses = {},
  } = given as Partial<Operation> & { readonly requestBody?: { readonly content: Content } };
  const [content] = Object.entries(requestBody?.content ?? {});
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase() as Method,
    ...{ path, summary, description, tags, parameters, responses },
    body: content === undefined ? null : { type: content[0], schema: resolved(content[1].schema) },
  };
}

/** A schema behind a pointer, or itself. */
export function resolved(schema: InputSchema): InputSchema {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return schema;
  return (api.components?.schemas?.[name] ?? {}) as InputSchema;
}

/** The error codes that a description lists. */
export function codesOf({ description }: Operation): ReadonlySet<string> {
  return new Set(description.match(/\b[a-z]+(?:\.[a-zA-Z0-9-]+)+/g) ?? []);
}

/** The address of an operation, its path parameters filled in. */
export function addressOf(path: string, fill: (name: string) => string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(fill(name)));
}

/** A server with every route and nothing behind them: for what is refused before anything is done. */
export async function hollowServer(identify: Identify): Promise<HttpServer> {
  const app = await createServer(identify);
  registerRoutes(app, STAND_INS.deps, STAND_INS);
  await app.ready();
  return app;
}
