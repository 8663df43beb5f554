import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ContractTab } from '../../store/state/view.ts';
import { useApp } from '../../store/store.ts';
import styles from './Contracts.module.css';
import { ExamplesTab } from './ExamplesTab.tsx';
import type { ContractFacts } from './facts.ts';
import { SchemaTab } from './SchemaTab.tsx';
import { UsersTab } from './UsersTab.tsx';
import { VersionsTab } from './VersionsTab.tsx';

const views = {
  schema: SchemaTab,
  examples: ExamplesTab,
  versions: VersionsTab,
  users: UsersTab,
} as const satisfies Record<ContractTab, (props: { readonly facts: ContractFacts }) => ReactNode>;
const tabs = Object.keys(views) as readonly ContractTab[];

/** The contract of one message: what it holds, and who relies on it. */
export function Contract({ facts }: { readonly facts: ContractFacts }) {
  const tab = useApp((state) => state.contractTab);
  const show = useApp((state) => state.showContract);
  const { id, message, users, examples, checks } = facts;
  const misfits = examples.status === 'checked' && examples.verdicts.some(({ fits }) => !fits);
  const breaking = checks.some(({ isAsked, verdict }) => isAsked && verdict === 'breaking');
  const titles: Record<ContractTab, ReactNode> = {
    schema: 'Schema',
    examples: <Count title="Examples" count={message.examples?.length ?? 0} isWrong={misfits} />,
    versions: <Count title="Versions" count={1 + (message.versions?.length ?? 0)} isWrong={breaking} />,
    users: <Count title="Used by" count={users.producers.length + users.consumers.length} isWrong={false} />,
  };
  const View = views[tab];
  return (
    <Tabs
      value={tab}
      onChange={(next) => show(tabs.find((one) => one === next) ?? 'schema')}
      keepMounted={false}
      classNames={{ root: styles.contract, list: styles.tabs, tab: styles.tab, panel: styles.view }}
    >
      <div className={styles.top}>
        <h3 className={styles.title} title={id}>
          {id}
        </h3>
        <Tabs.List aria-label={`Contract of ${id}`}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {titles[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </div>
      <Tabs.Panel value={tab}>
        <View facts={facts} />
      </Tabs.Panel>
    </Tabs>
  );
}

const Count = ({ title, count, isWrong }: { title: string; count: number; isWrong: boolean }) => (
  <>
    {title} <b className={isWrong ? styles.wrong : styles.count}>{count}</b>
  </>
);
