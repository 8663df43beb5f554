import './json.ts';
import 'monaco-editor/languages/definitions/dockerfile/register';
import 'monaco-editor/languages/definitions/ini/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/markdown/register';
import 'monaco-editor/languages/definitions/python/register';
import 'monaco-editor/languages/definitions/shell/register';
import 'monaco-editor/languages/definitions/typescript/register';
import { useEffect, useRef } from 'react';
import { monaco } from './monaco.ts';
import { editorOptions } from './options.ts';
import { useEditorTheme } from './useEditorTheme.ts';
import styles from './YamlPanel.module.css';

interface FileViewProps {
  readonly path: string;
  /** Missing = there is nothing to compare with. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A file that is only looked at: its text, or what differs between two versions of it. */
export function FileView({ path, before, after }: FileViewProps) {
  useEditorTheme();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!container.current) return;
    const options = {
      ...editorOptions,
      readOnly: true,
      domReadOnly: true,
      tabFocusMode: true,
      renderLineHighlight: 'none',
    } as const;
    const model = modelOf(path, after, 'new');
    if (before === undefined) {
      const view = monaco.editor.create(container.current, { ...options, model, ariaLabel: path });
      return () => {
        view.dispose();
        model.dispose();
      };
    }
    const original = modelOf(path, before, 'old');
    const view = monaco.editor.createDiffEditor(container.current, {
      ...options,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: 720,
      hideUnchangedRegions: { enabled: true },
      renderOverviewRuler: false,
    });
    view.setModel({ original, modified: model });
    view.getOriginalEditor().updateOptions({ ariaLabel: `${path}, before` });
    view.getModifiedEditor().updateOptions({ ariaLabel: `${path}, after` });
    return () => {
      view.dispose();
      original.dispose();
      model.dispose();
    };
  }, [path, before, after]);
  return <div ref={container} className={styles.editor} data-value-editor data-testid="file-view" />;
}

/** One file may be shown in two places at a time. */
let models = 0;

/** Monaco finds the language by the name of the file. */
const modelOf = (path: string, text: string, version: string) =>
  monaco.editor.createModel(
    text,
    /(?:^|\/)\.env/.test(path) || path.endsWith('.conf') ? 'ini' : undefined,
    monaco.Uri.from({ scheme: 'generated', authority: `${version}-${++models}`, path: `/${path}` }),
  );
