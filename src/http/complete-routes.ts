import type { FastifySchema, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import type { HttpServer } from './create-server.ts';
import { describeRefusals } from './describe-refusals.ts';
import { Problem } from './problem.ts';

/** The interface for programs; what else the server answers (files, health) describes itself. */
const INTERFACE = '/api/v1/';
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);
const NO_QUERY = z.strictObject({});

type Described = Pick<RouteOptions, 'method' | 'url' | 'config'> & {
  readonly schema?: FastifySchema | undefined;
};

/**
 * Makes every route of the interface say, and keep to, what none of them should have to repeat: that it takes no query and no body
 * that it does not describe, and which refusals the kit itself may give for it.
 */
export function completeRoutes(app: HttpServer): void {
  app.addHook('onRoute', (route) => {
    if (!isOfInterface(route)) return;
    const { schema = {} } = route;
    route.schema = {
      ...schema,
      querystring: schema.querystring ?? NO_QUERY,
      response: { ...statusesOf(route), ...(schema.response as object | undefined) },
    };
  });
  app.addHook('preValidation', async ({ routeOptions, body }) => {
    const { url = '', schema } = routeOptions;
    if (!url.startsWith(INTERFACE) || schema?.body !== undefined) return;
    const fields = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    if (fields.length > 0)
      throw new UserError('http.unknown-field', '这个地址不接受请求内容。', {
        field: fields[0]!,
        details: fields.slice(0, FIELDS_NAMED),
      });
  });
}

/** A refusal names this many of the fields that it refuses. */
const FIELDS_NAMED = 20;

const isOfInterface = ({ url, schema }: Described): boolean =>
  url.startsWith(INTERFACE) && (schema as { hide?: boolean } | undefined)?.hide !== true;

const takesBody = ({ method, schema }: Described): boolean =>
  schema?.body !== undefined && ![method].flat().some((each) => WITHOUT_BODY.has(each));

const isChange = ({ method }: Described): boolean =>
  ![method].flat().some((each) => WITHOUT_BODY.has(each));

function statusesOf(route: Described): Record<number, z.ZodType> {
  return {
    400: Problem,
    403: Problem,
    429: Problem,
    ...(route.config?.access === 'public' ? {} : { 401: Problem }),
    ...(takesBody(route) ? { 413: Problem, 415: Problem } : {}),
  };
}

/** The refusals that the kit itself may give for a route, by code. */
export function kitRefusals(route: Described): Readonly<Record<string, string>> {
  const access = route.config?.access ?? 'signedIn';
  return {
    'http.bad-request': '参数或内容不合要求，field 是第一处',
    'http.unknown-field': '有这里没有的参数或字段',
    'http.forbidden': '不是对本机或所设公开地址的访问，或来自其他网站',
    'http.too-many': '请求太频繁',
    ...(takesBody(route)
      ? { 'http.too-large': '内容太大', 'http.media-type': '内容不是 JSON' }
      : {}),
    ...(access === 'public' ? {} : { 'identity.signed-out': '没有登录' }),
    ...(access !== 'public' && isChange(route)
      ? { 'identity.csrf': '浏览器的改动没有带 x-csrf-token' }
      : {}),
    ...(access === 'public' || access === 'signedIn'
      ? {}
      : {
          'identity.forbidden': `没有权限（${access}）`,
          'identity.second-factor': '管理员还没有开启两步验证',
        }),
  };
}

/** As `jsonSchemaTransform`, with the kit's own refusals after the route's in its description. */
export function describeRoute(
  document: Parameters<typeof jsonSchemaTransform>[0] & { readonly route?: RouteOptions },
): ReturnType<typeof jsonSchemaTransform> {
  const described = jsonSchemaTransform(document);
  const { route } = document;
  const schema = described.schema as { description?: string; hide?: boolean } | undefined;
  if (!schema || schema.hide === true || !route || !isOfInterface(route)) return described;
  const own = schema.description === undefined ? [] : [schema.description];
  const common = `各接口共有的${describeRefusals(kitRefusals(route))}`;
  return { ...described, schema: { ...schema, description: [...own, common].join('\n\n') } };
}
