/** Takes numbers in turn; what a style draws from them stays the same when a test shrinks. */
export class Choices {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers.length > 0 ? numbers : [0];
  }

  /** A number from 0 to `count` - 1. */
  next(count: number): number {
    const number = this.#numbers[this.#at++ % this.#numbers.length] ?? 0;
    return number % count;
  }
}

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** Writes a value as YAML, each part in one of the styles that people use. All comments are different. */
export class Printer {
  readonly #choices: Choices;
  readonly #step: string;
  readonly #loose: boolean;
  #comments = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
    this.#step = choices.next(2) === 0 ? '  ' : '    ';
    this.#loose = choices.next(2) === 0;
  }

  document(value: Readonly<Record<string, Value>>): string {
    const lines = this.#blockMap(value, '', 0);
    const text = lines.join('\n') + (this.#choices.next(4) === 0 ? '' : '\n');
    return (this.#choices.next(6) === 0 ? '\ufeff' : '') + (this.#choices.next(4) === 0 ? crlf(text) : text);
  }

  #blockMap(map: Readonly<Record<string, Value>>, indent: string, depth: number): string[] {
    return Object.entries(map).flatMap(([key, value]) => [
      ...this.#above(indent),
      ...this.#entry(`${indent}${this.#key(key)}:`, value, indent, depth),
    ]);
  }

  #entry(key: string, value: Value, indent: string, depth: number): string[] {
    const inner = indent + this.#step;
    if (typeof value !== 'object') {
      if (typeof value === 'string' && value.includes(' ') && depth > 1 && this.#choices.next(3) === 0)
        return [`${key} ${this.#choices.next(2) ? '|-' : '>-'}`, `${inner}${value}`];
      return [`${key} ${this.#scalar(value)}${this.#behind()}`];
    }
    const items = Array.isArray(value) ? value : Object.values(value);
    const flow = items.length === 0 || (depth > 0 && this.#choices.next(3) === 0);
    if (flow) return [`${key} ${this.#flow(value)}${this.#behind()}`];
    if (depth > 0 && this.#choices.next(4) === 0) return this.#flowLines(key, value, indent);
    if (!Array.isArray(value))
      return [`${key}${this.#behind()}`, ...this.#blockMap(value as Record<string, Value>, inner, depth + 1)];
    const dash = this.#loose ? inner : indent;
    return [
      `${key}${this.#behind()}`,
      ...value.flatMap((item: Value) => [
        ...this.#above(dash),
        `${dash}- ${typeof item === 'object' ? this.#flow(item) : this.#scalar(item)}${this.#behind()}`,
      ]),
    ];
  }

  /** A flow collection with an entry on each line. */
  #flowLines(key: string, value: Value, indent: string): string[] {
    const list = Array.isArray(value);
    const entries = Object.entries(value as object).map(([name, item]: [string, Value]) =>
      list ? this.#flow(item) : `${this.#key(name)}: ${this.#flow(item)}`,
    );
    const trailing = this.#choices.next(2) === 0;
    const inner = indent + this.#step;
    return [
      `${key} ${list ? '[' : '{'}`,
      ...entries.flatMap((entry, i) => [
        ...this.#above(inner),
        `${inner}${entry}${i < entries.length - 1 || trailing ? ',' : ''}${this.#behind()}`,
      ]),
      `${indent || ' '}${list ? ']' : '}'}`,
    ];
  }

  #flow(value: Value): string {
    if (typeof value !== 'object') return this.#scalar(value);
    const pad = this.#choices.next(2) === 0 ? ' ' : '';
    if (Array.isArray(value)) return `[${value.map((item: Value) => this.#flow(item)).join(', ')}]`;
    const entries = Object.entries(value).map(([key, item]) => `${this.#key(key)}: ${this.#flow(item)}`);
    return entries.length === 0 ? '{}' : `{${pad}${entries.join(', ')}${pad}}`;
  }

  #key(key: string): string {
    return [key, key, key, `"${key}"`, `'${key}'`][this.#choices.next(5)] ?? key;
  }

  #scalar(value: string | number | boolean): string {
    if (typeof value !== 'string') return String(value);
    const plain = /^[a-z][a-z0-9 ]*$/.test(value);
    return [JSON.stringify(value), `'${value.replaceAll("'", "''")}'`, plain ? value : JSON.stringify(value)][
      this.#choices.next(3)
    ] as string;
  }

  #above(indent: string): string[] {
    const kind = this.#choices.next(8);
    if (kind === 0) return [`${indent}${this.#comment()}`];
    return kind === 1 ? [''] : [];
  }

  #behind(): string {
    const kind = this.#choices.next(8);
    if (kind === 0) return ` ${this.#comment()}`;
    return kind === 1 ? '  ' : kind === 2 ? `\t${this.#comment()}` : '';
  }

  #comment(): string {
    return `# comment ${this.#comments++}.`;
  }
}

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
