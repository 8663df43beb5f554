import type { Channel, Design, ElementAddress, ElementOf, Queue } from '../design/design.ts';
import type { Graph, Named } from '../design/graph.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import type { Section } from '../kinds/registry.ts';
import type { Patch } from '../text/patch.ts';
import { z } from '../zod.ts';

export const severities = ['error', 'warn', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Facts about a rule that `explain`, the reference pages and SARIF show. */
export interface RuleMeta {
  /** The highest severity of its findings. */
  readonly severity: Severity;
  /** Brokers whose designs it can find something in. */
  readonly brokers: readonly BrokerKind[] | 'all';
  /**
   * `auto`: the fix is applied by `--fix`; it repairs the design without a decision. `suggest`: the fix is offered with
   * a preview. `none`: a person must decide.
   */
  readonly fix: 'auto' | 'suggest' | 'none';
  /** Whether it finds something only where the author has asked for it, so that no preset leaves it out. */
  readonly isAsked?: boolean;
  readonly title: string;
  readonly docs: {
    /** What the rule looks at and when it reports. */
    readonly what: string;
    /** Which outage it prevents. */
    readonly why: string;
  };
  /** Documents that the rule's facts come from. */
  readonly sources: readonly string[];
}

/** A message as a template: `{name}` is filled from the data of the finding. */
export interface MessageTemplate {
  /** What is wrong, in one sentence with the names and numbers of the design. */
  readonly message: string;
  /** What happens in production because of it. */
  readonly consequence: string;
}
export type MessageTemplates = Readonly<Record<string, MessageTemplate>>;

type Slots<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
type DataOf<T extends MessageTemplate> = Readonly<
  Record<Slots<T['message']> | Slots<T['consequence']>, string | number>
>;

export interface FixProposal {
  /** What the fix does, as a menu entry. */
  readonly label: string;
  readonly patches: () => readonly Patch[];
}

/** Attribute of a kind, such as `consumers.sideEffects`. */
export type AttributeName = `${Section}.${string}`;

/** A finding as a rule states it; the runner adds texts, severity and position. */
export interface Reported {
  readonly at: ElementAddress;
  /** Dotted path of the attribute below the element. */
  readonly field?: string | undefined;
  readonly messageId: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly fix?: FixProposal | undefined;
  /** Where it is milder than the rule's own severity. */
  readonly severity?: Severity;
}

type ReportOf<M extends MessageTemplates> = {
  readonly [Id in keyof M & string]: Omit<Reported, 'messageId' | 'data'> & {
    readonly messageId: Id;
    readonly data: DataOf<M[Id]>;
  };
}[keyof M & string];

/** What a check works with. */
export interface RuleContext<Options, M extends MessageTemplates, Needs extends AttributeName> {
  readonly graph: Graph;
  /** The design with its shorthand written out, as `graph.design`. */
  readonly design: Design;
  readonly options: Options;
  report(finding: ReportOf<M>): void;
  /** States that the rule cannot decide about an element until an attribute is given. */
  unknown(question: { readonly at: ElementAddress; readonly attribute: Needs }): void;
  /** States that the element passes only because of what the generator does where the attribute is missing. */
  passByDefault(pass: { readonly at: ElementAddress; readonly attribute: AttributeName }): void;
}

/** What rules judge one by one: the elements of a section, or channels of all four sections. */
export type Subjects = { readonly [S in Section]: Named<ElementOf<S>> } & {
  readonly channels: Channel;
  /** Channels that hold neither what others could not process nor what waits: one in six where shorthand is used. */
  readonly workChannels: Channel;
  /** Channels that stand in the file; what shorthand implies is judged by rules about the shorthand. */
  readonly drawnChannels: Channel;
  /** The queues among them. */
  readonly drawnQueues: Named<Queue>;
};

export interface RuleDefinition<
  Id extends string = string,
  Options = unknown,
  M extends MessageTemplates = MessageTemplates,
  Needs extends AttributeName = AttributeName,
> {
  readonly id: Id;
  readonly meta: RuleMeta;
  /** Made when it is asked for: most reviews set no options, and to make the schemas of all rules takes long. */
  readonly options: () => z.ZodType<Options>;
  /** What the schema gives where nobody sets an option; to make a schema for that takes as long as to judge thousands. */
  readonly standard?: Options;
  readonly messages: M;
  /** Attributes that only the author can know; where one is missing the answer is unknown. */
  readonly needs: readonly Needs[];
  /**
   * Judges subjects one by one: it is called for every element of the section. After an edit it is asked again only
   * where its answer may have changed, so it must depend on nothing but its arguments.
   */
  readonly each?: {
    readonly [S in keyof Subjects]?: (context: RuleContext<Options, M, Needs>, subject: Subjects[S]) => void;
  };
  /** Judges the design as a whole; it is asked again after every edit of a section that it looks at. */
  readonly check?: (context: RuleContext<Options, M, Needs>) => void;
}

/** A rule with its message, option and attribute names forgotten, as the runner sees it. */
export interface AnyRule extends Omit<RuleDefinition, 'check' | 'each'> {
  readonly each?: { readonly [S in keyof Subjects]?: (context: never, subject: never) => void };
  readonly check?: (context: never) => void;
}

/** For a rule that has none. */
export const noOptions = () => z.strictObject({});

export const defineRule = <
  const Id extends string,
  Options,
  const M extends MessageTemplates,
  const Needs extends AttributeName = never,
>(
  rule: RuleDefinition<Id, Options, M, Needs>,
): RuleDefinition<Id, Options, M, Needs> => rule;
