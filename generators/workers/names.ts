import { constantCase } from '../kit/identifiers.ts';
import { isPythonName } from '../kit/python.ts';

/** `process-order` → `process_order`, for modules and functions. */
export function moduleName(id: string): string {
  const name = constantCase(id).toLowerCase();
  if (/^\d/.test(name)) return `_${name}`;
  return isPythonName(name) ? name : `${name}_`;
}

/** `order.created` → `ORDER_CREATED`, for constants. */
export function constantName(id: string): string {
  const name = constantCase(id);
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Python package of a worker. */
export const packageOf = (service: string): string => `${moduleName(service)}_worker`;
