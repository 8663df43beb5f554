/**
 * A text of a rule. Prometheus expands Go templates in it
 * (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#templating), so text of the design is quoted.
 */
export type Said = string & { readonly said: true };

/** Text with what is put in quoted, unless it is a label of the alerting series. */
export function said(parts: TemplateStringsArray, ...values: readonly (string | number | Label)[]): Said {
  const quoted = values.map((value) => (value instanceof Label ? value.template : verbatim(String(value))));
  return String.raw({ raw: parts }, ...quoted) as Said;
}

/** Any text as it is. */
export const verbatim = (text: string): Said => text.replaceAll('{{', '{{ "{{" }}') as Said;

class Label {
  readonly template: string;
  constructor(name: string) {
    this.template = `{{ $labels.${name} }}`;
  }
}

/** Labels that rules of the library name. */
export const label = {
  service: new Label('service'),
  broker: new Label('broker'),
  producer: new Label('producer'),
  consumer: new Label('consumer'),
  outcome: new Label('outcome'),
} as const;
