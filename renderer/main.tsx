import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { electronHost } from './host/electron.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const host = electronHost() ?? (await import('./host/web.ts')).webHost();
createRoot(root).render(
  <StrictMode>
    <App host={host} />
  </StrictMode>,
);
