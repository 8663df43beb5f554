import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { ConfigurationError } from '../core/errors.ts';
import type { BindingDeclaration, ExchangeDeclaration, QueueDeclaration, Topology } from '../core/types.ts';
import { connectOptions, type RabbitConfig } from './config.ts';

const timeoutMs = 30_000;

/**
 * Exchanges, queues and bindings of the virtual host, from the HTTP API of the management plugin
 * (https://www.rabbitmq.com/docs/management#http-api). The user needs the tag `management` or a higher one.
 * @throws ConfigurationError when the API refuses; the socket's error when nobody answers
 */
export async function listTopology(config: RabbitConfig & { managementUrl: string }): Promise<Topology> {
  const { vhost = '/', username = '', password = '' } = connectOptions(config);
  const { ca, cert, key } = config;
  const get = async <T>(what: string, columns: string): Promise<readonly T[]> => {
    const url = apiUrl(config.managementUrl, what, vhost, columns);
    const options = {
      auth: `${username}:${password}`,
      timeout: timeoutMs,
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    };
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const body = await text(response);
    if (response.statusCode !== 200)
      throw new ConfigurationError(
        `The management API of RabbitMQ answers ${response.statusCode} to ${username} for the virtual host ${vhost}.`,
      );
    return JSON.parse(body) as readonly T[];
  };
  const [exchanges, queues, bindings] = await Promise.all([
    get<ExchangeDeclaration>('exchanges', 'name,type,durable,auto_delete,internal,arguments'),
    get<QueueDeclaration>('queues', 'name,durable,auto_delete,arguments'),
    get<BindingDeclaration>('bindings', 'source,destination,destination_type,routing_key,arguments'),
  ]);
  return { exchanges, queues, bindings };
}

function apiUrl(base: string, what: string, vhost: string, columns: string): URL {
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol))
    throw new ConfigurationError(
      'The management URL of RabbitMQ must start with http:// or https:// and name a host.',
    );
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/api/${what}/${encodeURIComponent(vhost)}`;
  url.search = `?columns=${columns}`;
  return url;
}
