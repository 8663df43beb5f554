import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { brokerLabels } from '../../core/kinds/brokers.ts';
import { catalogue, isRuleId } from '../../core/review/catalogue.ts';
import { useHost } from '../panels/hostContext.ts';
import { useApp } from '../store/store.ts';
import styles from './Dialogs.module.css';
import { type PagePart, pageOf } from './rulePages.ts';

const fixes = {
  auto: 'applied on request, needs no decision',
  suggest: 'offered with a preview',
  none: 'none; a person must decide',
} as const;

/** What a rule looks at, which outage it prevents, examples and sources. */
export function ExplainDialog() {
  const rule = useApp((state) => state.explained);
  const explain = useApp((state) => state.explain);
  return (
    <Modal opened={rule !== undefined} onClose={() => explain(undefined)} title={rule} size={720}>
      {rule !== undefined && isRuleId(rule) && <Explanation key={rule} rule={rule} />}
    </Modal>
  );
}

function Explanation({ rule }: { readonly rule: keyof typeof catalogue }) {
  const { meta } = catalogue[rule];
  const host = useHost();
  const [parts, setParts] = useState<readonly PagePart[]>([]);
  useEffect(() => {
    let wanted = true;
    void pageOf(rule).then((found) => wanted && setParts(found));
    return () => {
      wanted = false;
    };
  }, [rule]);
  const brokers =
    meta.brokers === 'all' ? 'all brokers' : meta.brokers.map((kind) => brokerLabels[kind]).join(', ');
  return (
    <div className={styles.page}>
      <h3>{meta.title}</h3>
      <p className={styles.facts}>
        {meta.severity} · {brokers} · fix: {fixes[meta.fix]}
      </p>
      <Text text={meta.docs.what} />
      <h4>Which outage it prevents</h4>
      <Text text={meta.docs.why} />
      {parts.map(({ title, blocks }) => (
        <section key={title}>
          <h4>{title}</h4>
          {blocks.map(({ code, text }) =>
            code ? <pre key={text}>{text}</pre> : <Text key={text} text={text} />,
          )}
        </section>
      ))}
      {meta.sources.length > 0 && <h4>Sources</h4>}
      {meta.sources.map((url) => (
        <button key={url} type="button" onClick={() => void host.appOpenExternal({ url })}>
          {url.replace(/^https:\/\/(www\.)?/, '')}
        </button>
      ))}
    </div>
  );
}

/** A paragraph, in which `code` is set as such. */
const Text = ({ text }: { readonly text: string }) => (
  <p>
    {text.split('`').map((part, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no identity but their place
      index % 2 === 1 ? <code key={index}>{part}</code> : part,
    )}
  </p>
);
