import type { editor } from 'monaco-editor/editor/editor.api';
import { useEffect, useRef } from 'react';
import { equal } from '../../core/equal.ts';
import type { Schema } from '../../core/messages/schema.ts';
import { jsonText } from '../../core/text/json.ts';
import { describeJson, type JsonRole } from './json.ts';
import { monaco } from './monaco.ts';
import { editorOptions } from './options.ts';
import { useEditorTheme } from './useEditorTheme.ts';
import styles from './YamlPanel.module.css';

interface JsonEditorProps {
  readonly role: JsonRole;
  /** Message that it belongs to. */
  readonly of: string;
  readonly label: string;
  readonly value: unknown;
  /** What examples are to fit. */
  readonly schema?: Schema | undefined;
  readonly readOnly: boolean;
  /** The text has become another value. */
  readonly onChange: (value: unknown) => void;
  /** Why the text is no JSON at the moment, so that the value is not what it says. */
  readonly onError: (reason: string | undefined) => void;
}

/** One value of the design as JSON. What is typed is the value as soon as it can be read. */
export function JsonEditor({ role, of, label, value, schema, readOnly, onChange, onError }: JsonEditorProps) {
  useEditorTheme();
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<editor.IStandaloneCodeEditor>(undefined);
  const latest = useRef({ value, onChange, onError });
  useEffect(() => {
    latest.current = { value, onChange, onError };
  });

  useEffect(() => {
    if (!container.current) return;
    const uri = monaco.Uri.from({ scheme: 'contract', authority: role, path: `/${of}.json` });
    const model = monaco.editor.createModel(jsonText(latest.current.value), 'json', uri);
    const created = monaco.editor.create(container.current, {
      ...editorOptions,
      model,
      ariaLabel: label,
      quickSuggestions: { other: true, strings: true, comments: false },
      formatOnPaste: true,
      // A field among others: Tab leads on.
      tabFocusMode: true,
    });
    view.current = created;
    const typing = model.onDidChangeContent(() => {
      const read = parsed(model.getValue());
      latest.current.onError('reason' in read ? read.reason : undefined);
      if ('value' in read && !equal(read.value, latest.current.value)) latest.current.onChange(read.value);
    });
    return () => {
      view.current = undefined;
      typing.dispose();
      created.dispose();
      model.dispose();
    };
  }, [role, of, label]);

  useEffect(() => view.current?.updateOptions({ readOnly }), [readOnly]);
  useEffect(() => describeJson(schema), [schema]);
  // A change from elsewhere replaces the text; the one that was just typed here is what it says already.
  useEffect(() => {
    const model = view.current?.getModel();
    const read = model && parsed(model.getValue());
    if (model && !(read && 'value' in read && equal(read.value, value))) {
      if (read && 'reason' in read && view.current?.hasTextFocus()) return;
      model.setValue(jsonText(value));
    }
  }, [value]);
  return <div ref={container} className={styles.editor} data-value-editor data-testid={`json-${role}`} />;
}

function parsed(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
