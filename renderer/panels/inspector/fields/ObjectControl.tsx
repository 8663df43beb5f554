import type { Attribute } from '../../../../core/kinds/attribute.ts';
import styles from './Field.module.css';
import { checkPart, sectionOf, subfieldsOf } from './subfields.ts';
import type { ControlProps } from './types.ts';
import { YamlLink } from './YamlLink.tsx';

/** The parts of an object, each a field of its own; free JSON is edited in the file. */
export function ObjectControl(props: ControlProps) {
  const { address, path, value, attribute, Part } = props;
  const all = path.length === 1 ? subfieldsOf(sectionOf(address), String(path[0])) : [];
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  // Parts of other brokers are left out, unless the file has them.
  const parts = all.filter(
    ({ name }) => attribute.parts === undefined || name in attribute.parts || object[name] !== undefined,
  );
  if (parts.length === 0) {
    const count = Object.keys(object).length;
    return (
      <YamlLink
        {...props}
        text={count === 0 ? 'Write in YAML' : `${count} ${count === 1 ? 'entry' : 'entries'}`}
      />
    );
  }
  return (
    <div className={styles.nested}>
      {parts.map((part) => (
        <Part
          key={part.name}
          address={address}
          path={[...path, part.name]}
          attribute={partAttribute(attribute, part.doc, part.editor, value, part.name)}
          value={object[part.name]}
          disabled={props.disabled}
        />
      ))}
    </div>
  );
}

/** Default and source of a part, where its kind states them. */
function described({ parts }: Attribute, name: string): Pick<Attribute, 'default' | 'source'> {
  const { default: fallback, source } = parts?.[name] ?? {};
  return { ...(fallback && { default: fallback }), ...(source && { source }) };
}

/** A part as an attribute: judged by the schema of the whole, with the rest as it is. */
const partAttribute = (
  whole: Attribute,
  doc: string,
  editor: Attribute['editor'],
  value: unknown,
  name: string,
): Attribute => ({
  ...described(whole, name),
  doc,
  group: whole.group,
  editor,
  schema: {
    safeParse: (part: unknown) => {
      const message = checkPart(whole, value, name, part);
      return message === undefined
        ? { success: true, data: part }
        : { success: false, error: { issues: [{ message }] } };
    },
  } as Attribute['schema'],
});
