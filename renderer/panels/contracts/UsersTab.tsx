import { IconArrowNarrowRight } from '@tabler/icons-react';
import type { User } from '../../../core/messages/usage.ts';
import { useApp } from '../../store/store.ts';
import contracts from './Contracts.module.css';
import type { ContractFacts } from './facts.ts';
import styles from './Users.module.css';

/** Who sends the message, and whom it reaches. */
export const UsersTab = ({ facts: { users, version } }: { readonly facts: ContractFacts }) => (
  <div className={styles.users}>
    <UserList title="Sent by" users={users.producers} version={version} none="No producer sends it." />
    <UserList title="Handled by" users={users.consumers} version={version} none="It reaches no consumer." />
  </div>
);

interface UserListProps {
  readonly title: string;
  readonly users: readonly User[];
  readonly version: number;
  readonly none: string;
}

function UserList({ title, users, version, none }: UserListProps) {
  const select = useApp((state) => state.select);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {users.length === 0 && <p className={contracts.note}>{none}</p>}
      <ul>
        {users.map(({ address, id, service, channel, accepts }) => (
          <li key={address}>
            <button type="button" onClick={() => select([address], 'panel')}>
              <span className={styles.user}>{id}</span>
              <span className={styles.of}>
                {service !== id && `${service} `}
                {channel !== undefined && (
                  <>
                    <IconArrowNarrowRight size={13} aria-label={accepts ? 'from' : 'to'} /> {channel}
                  </>
                )}
              </span>
              {accepts && (
                <span className={accepts.includes(version) ? styles.accepts : styles.refuses}>
                  reads v{accepts.join(', v')}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
