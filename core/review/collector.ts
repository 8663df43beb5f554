import type { ElementAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import type { Part, Parts } from '../kinds/attribute.ts';
import { kinds, type Section } from '../kinds/registry.ts';
import { redacted } from '../redact.ts';
import type { SourceMap } from '../text/source.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { placeOf } from './place.ts';
import type { DefaultPass, Finding, Open, Unknown } from './report.ts';
import type { AnyRule, AttributeName, Reported, RuleContext, Severity } from './rule.ts';
import { mildest, severityAt } from './severity.ts';

/** What a rule states its answers to. */
export type Sink = Pick<RuleContext<never, never, never>, 'unknown' | 'passByDefault'> & {
  report(finding: Reported): void;
};

/** Severity that a configuration gives a rule on an element, or where no other is given. */
export type LevelOf = (ruleId: string, element: ElementAddress | 'design') => Severity | 'off' | undefined;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type ByElement = Map<ElementAddress, Finding[]>;
type Pass = DefaultPass & { readonly elements: ElementAddress[] };

/** Takes what rules state and turns it into the parts of a report. */
export class Collector {
  readonly #graph: Graph;
  readonly #source: SourceMap;
  readonly #level: LevelOf | undefined;
  readonly #findings: Finding[] = [];
  readonly #builtIn: ByElement = new Map();
  readonly #unknowns = new Map<AttributeName, { rules: Set<string>; elements: Set<Finding['element']> }>();
  readonly #passes: Pass[] = [];
  readonly open: Open[] = [];

  constructor(graph: Graph, source: SourceMap, level?: LevelOf) {
    this.#graph = graph;
    this.#source = source;
    this.#level = level;
  }

  /** The reporting functions that one rule gets. */
  for(rule: AnyRule): Sink {
    const known: ByElement = new Map();
    const passes = new Map<AttributeName, Pass>();
    return {
      report: (reported) => this.#add(rule.id, rule, reported, known, true),
      unknown: ({ at, attribute }) => {
        if (this.#isOff(rule.id, at)) return;
        const entry = this.#unknowns.get(attribute) ?? { rules: new Set(), elements: new Set() };
        entry.rules.add(rule.id);
        entry.elements.add(at);
        this.open.push({ ruleId: rule.id, element: this.#graph.origins.get(at)?.address ?? at, attribute });
        this.#unknowns.set(attribute, entry);
      },
      passByDefault: ({ at, attribute }) => {
        if (this.#isOff(rule.id, at)) return;
        let pass = passes.get(attribute);
        if (!pass) {
          pass = { ...standardOf(rule.id, attribute), elements: [] };
          passes.set(attribute, pass);
          this.#passes.push(pass);
        }
        pass.elements.push(at);
      },
    };
  }

  /** Adds a finding of the runner itself, which is as severe everywhere. */
  add(ruleId: string, entry: Pick<CatalogueEntry, 'meta' | 'messages'>, reported: Reported): void {
    this.#add(ruleId, entry, reported, this.#builtIn, false);
  }

  /** Adds a finding; the same finding on several elements that one shorthand implies counts once. */
  #add(
    ruleId: string,
    { meta, messages }: Pick<CatalogueEntry, 'meta' | 'messages'>,
    reported: Reported,
    known: ByElement,
    relaxes: boolean,
  ): void {
    const template = messages[reported.messageId];
    if (!template) throw new Error(`${ruleId}: no message ${reported.messageId}`);
    const origin = this.#graph.origins.get(reported.at);
    const element = origin?.address ?? reported.at;
    const field = origin?.field ?? reported.field;
    const level = this.#level?.(ruleId, element);
    if (level === 'off') return;
    const stated = mildest(level ?? meta.severity, reported.severity);
    const message = redacted(fill(template.message, reported.data));
    const others = known.get(element);
    if (others?.some((other) => isAlike(other, ruleId, reported.messageId, field, message))) return;
    const { severity, relaxed }: Pick<Finding, 'severity' | 'relaxed'> = relaxes
      ? severityAt(this.#graph, element, stated)
      : { severity: stated };
    const { line, column, endLine, endColumn } = placeOf(this.#source, element, field);
    // Written out, since copies by spread take several times as long.
    const finding: Writable<Finding> = {
      ruleId,
      messageId: reported.messageId,
      severity,
      element,
      message,
      consequence: redacted(fill(template.consequence, reported.data)),
      line,
      column,
      endLine,
      endColumn,
    };
    if (relaxed !== undefined) finding.relaxed = relaxed;
    if (field !== undefined) finding.field = field;
    if (reported.fix)
      finding.fix = { label: reported.fix.label, patches: reported.fix.patches, safe: meta.fix === 'auto' };
    this.#findings.push(finding);
    if (others) others.push(finding);
    else known.set(element, [finding]);
  }

  #isOff(ruleId: string, at: ElementAddress): boolean {
    return this.#level?.(ruleId, this.#graph.origins.get(at)?.address ?? at) === 'off';
  }

  findings(): readonly Finding[] {
    return this.#findings;
  }

  get unknowns(): readonly Unknown[] {
    return [...this.#unknowns]
      .map(([attribute, { rules, elements }]) => ({
        attribute,
        doc: attributeOf(attribute)?.doc ?? '',
        rules: [...rules].sort(),
        elements: [...elements],
      }))
      .sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
  }

  get passedByDefault(): readonly DefaultPass[] {
    return this.#passes;
  }
}

/** What is generated where an attribute is missing on which a rule relies. */
function standardOf(ruleId: string, attribute: AttributeName): Omit<DefaultPass, 'elements'> {
  const standard = attributeOf(attribute)?.default;
  if (!standard) throw new Error(`${ruleId}: ${attribute} has no generated default`);
  return { ruleId, attribute, value: standard.value, why: standard.why };
}

const isAlike = (
  finding: Finding,
  ruleId: string,
  messageId: string,
  field: string | undefined,
  message: string,
): boolean =>
  finding.message === message &&
  finding.messageId === messageId &&
  finding.field === field &&
  finding.ruleId === ruleId;

const attributes = new Map<AttributeName, Part | undefined>();

/** The attribute behind a name such as `consumers.ack` or `queues.deadLetter.redrive`. */
function attributeOf(name: AttributeName): Part | undefined {
  if (attributes.has(name)) return attributes.get(name);
  const [section, ...path] = name.split('.') as [Section, ...string[]];
  let parts: Parts | undefined = kinds[section].attributes;
  let part: Part | undefined;
  for (const key of path) {
    part = parts?.[key];
    parts = part?.parts;
  }
  attributes.set(name, part);
  return part;
}

const templates = new Map<string, readonly string[]>();

/** A template with its slots filled; texts and names of slots take turns in what it is split into. */
function fill(template: string, data: Reported['data']): string {
  let pieces = templates.get(template);
  if (!pieces) {
    pieces = template.split(/\{(\w+)\}/);
    templates.set(template, pieces);
  }
  let text = '';
  let isSlot = false;
  for (const piece of pieces) {
    text += isSlot ? (data[piece] ?? `{${piece}}`) : piece;
    isSlot = !isSlot;
  }
  return text;
}
